"""/inbox: the questions that wait for whoever asks, with their buttons, where no member of the group sees them."""

from bot.powers import AUDIENCES, LEADERS
from bot.roles import roles_of
from bot.storage import tickets
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.arrival.setup import asks_for_setup
from handlers.conduct.cards import buttons_on, state_of
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
    open_ones = await answerable(talk)
    leads = await roles_of(talk.unit, talk.actor, group.id) & LEADERS
    unset = talk.private and leads and await asks_for_setup(talk)
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
        words = (*ticket.words, *await state_of(talk, ticket))
        await whisper(talk, words, buttons_on(talk, ticket), ticket.decision_id)
    if not talk.private:
        await receipt(talk)


async def answerable(talk: Talk) -> list[TicketRow]:
    """What this person may answer: the oldest promise first, then what was promised nobody, in the order it came."""
    group, held = group_row(talk), await roles_of(talk.unit, talk.actor, group_row(talk).id)
    found = await tickets.pending(talk.unit, [group.id])
    mine = [each for each in found if held & AUDIENCES[each.audience] and each.not_by != talk.actor.user_id]
    return sorted(mine, key=lambda each: (not each.due_at, each.due_at, each.id))


@panel("inbox", "menu.inbox", "staff")
async def inbox_panel(talk: Talk) -> Made:
    group = group_row(talk)
    found = await answerable(talk)
    if not found:
        return [in_menu("inbox_empty", title=group.title)], ((back(),),)
    look = Button(label=in_menu("inbox_show"), action=WAITING, audience="staff")
    late = sum(0 < each.due_at <= talk.actor.at for each in found)
    words = [in_menu("inbox_head", title=group.title, n=len(found)), *([in_menu("inbox_late", n=late)] if late else [])]
    return words, ((look,), (back(),))


@press(WAITING)
async def show_waiting(talk: Talk, _: ButtonRow) -> None:
    await inbox(talk, Order("inbox"))
