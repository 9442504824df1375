"""The press that confirms an anonymous administrator's order: given by whoever presses, in their own name, once."""

from bot.roles import authorize
from bot.storage import buttons
from bot.storage.buttons import ButtonRow
from handlers.frame.anonymous import CONFIRM
from handlers.frame.context import Talk
from handlers.frame.obey import obey
from handlers.frame.orders import unpack
from handlers.frame.presses import press
from handlers.routing.commands import COMMANDS
from handlers.saying.answers import act, alert, phrase
from rules.conduct.effects import Delete


@press(CONFIRM)
async def confirm(talk: Talk, button: ButtonRow) -> None:
    """Whoever presses gives the order in their own name; the question disappears, so it is given once."""
    order = unpack(button.note)
    decision = await authorize(talk.unit, talk.actor, COMMANDS[order.name].action, talk.place)
    if not decision.allowed:
        await alert(talk, phrase(f"press_{decision.why}"))
        return
    if not await buttons.use(talk.unit, button.id):
        await alert(talk, phrase("card_answered"))
        return
    await obey(talk, order, COMMANDS[order.name])
    await act(talk, Delete(message_ids=(talk.message_id,), own=True))
