"""An administrator who speaks as the group is asked who it is: whichever administrator presses gives the order."""

from handlers.frame.context import Talk
from handlers.frame.orders import Order, pack
from handlers.saying.answers import answer, phrase
from rules.conduct.effects import Button

CONFIRM = "confirm.anonymous"
# With the message it answers an order can be longer than anybody should confirm unread.
LONGEST_NOTE = 2000


async def ask_who(talk: Talk, order: Order) -> None:
    """Ask for one press; the order waits with the button, and nothing is done before."""
    note = pack(order)
    if len(note) > LONGEST_NOTE:
        await answer(talk, phrase("too_long"))
        return
    button = Button(label=phrase("button_confirm"), action=CONFIRM, audience="leaders", note=note)
    await answer(talk, phrase("confirm_anonymous", command=order.name), ((button,),))
