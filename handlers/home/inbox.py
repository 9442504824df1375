"""/inbox: the questions that wait for a leader, with their buttons, where no member of the group sees them."""

from bot.storage import tickets
from bot.storage.buttons import ButtonRow
from handlers.arrival.setup import asks_for_setup
from handlers.conduct.card_buttons import buttons_of
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, has_started, phrase, receipt, whisper
from handlers.saying.panels import Made, back, in_menu, panel
from rules.conduct.effects import Button

MOST_SHOWN, WAITING = 10, "menu.waiting"


async def inbox(talk: Talk, _: Order) -> None:
    group = group_row(talk)
    open_ones = await tickets.pending(talk.unit, [group.id])
    unset = talk.private and await asks_for_setup(talk)
    if unset and not open_ones:
        return
    if not open_ones:
        await answer(talk, phrase("inbox_empty"))
        return
    if not await has_started(talk, talk.actor.user_id):
        await answer(talk, phrase("inbox_in_private", n=len(open_ones), bot=talk.services.me.username))
        return
    await whisper(talk, [phrase("inbox_head", title=group.title, n=len(open_ones))])
    for ticket in open_ones[:MOST_SHOWN]:
        await whisper(talk, ticket.words, buttons_of(ticket), ticket.decision_id)
    if not talk.private:
        await receipt(talk)


@panel("inbox", "menu.inbox", "leaders")
async def inbox_panel(talk: Talk) -> Made:
    group = group_row(talk)
    found = await tickets.pending(talk.unit, [group.id])
    if not found:
        return [in_menu("inbox_empty", title=group.title)], ((back(),),)
    look = Button(label=in_menu("inbox_show"), action=WAITING, audience="leaders")
    return [in_menu("inbox_head", title=group.title, n=len(found))], ((look,), (back(),))


@press(WAITING)
async def show_waiting(talk: Talk, _: ButtonRow) -> None:
    await inbox(talk, Order("inbox"))
