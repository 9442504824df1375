"""Who waits to be let in, for leaders who look: counted, named, each with the answers and the buttons of the card."""

from bot.joining.card import KIND, buttons_of
from bot.joining.card import phrase as in_join
from bot.storage import joinrequests, roster, tickets
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.joining.ordering import PANEL
from handlers.joining.questions import policy_of
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows
from handlers.saying.pages import page_of
from handlers.saying.panels import Made, back, opens, panel, show
from rules.conduct.effects import Button

ON_A_PAGE = 8
SHOW, PAGE = "join.show", "join.page"


@panel(PANEL, "join.panel", "leaders")
async def page(talk: Talk) -> Made:
    return await listed(talk, 0)


async def listed(talk: Talk, number: int) -> Made:
    group, policy = group_row(talk), await policy_of(talk)
    if policy.mode == "off":
        return [in_join("panel_off")], ((back(),),)
    found = await joinrequests.waiting(talk.unit, group.id)
    asking, counted = await joinrequests.asking(talk.unit, group.id), await roster.counts(talk.unit, group.id)
    lines = [in_join("panel_waiting" if found else "panel_nobody", n=len(found))]
    lines += [in_join("panel_asking", n=asking)] if asking else []
    lines += [in_join("panel_roster", n=counted.listed, come=counted.come)] if counted.listed else []
    shown, turn = page_of(found, number, ON_A_PAGE, PAGE)
    rows: Rows = tuple(
        (Button(in_join("button_one", number=each.id, name=each.name), SHOW, "leaders", ref=each.id),) for each in shown
    )
    return lines, (*rows, *turn, (opens("roster"), back()))


@press(PAGE)
async def turned(talk: Talk, button: ButtonRow) -> None:
    await show(talk, *await listed(talk, button.ref))


@press(SHOW)
async def one(talk: Talk, button: ButtonRow) -> None:
    """Its card, in place of the list."""
    row = await joinrequests.get(talk.unit, button.ref)
    ticket = await tickets.get(talk.unit, row.ticket_id) if row is not None else None
    if row is None or ticket is None or row.state != "waiting" or ticket.kind != KIND:
        await show(talk, *await listed(talk, 0))
        return
    await show(talk, ticket.words, (*buttons_of(ticket), (back(PANEL),)))
