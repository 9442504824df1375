"""Who waits to be let in, for leaders who look: counted, named, each with the answers and the buttons of the card."""

from bot.joining import deciding
from bot.joining.card import KIND, buttons_of
from bot.joining.card import phrase as in_join
from bot.storage import joinrequests, roster, tickets
from bot.storage.buttons import ButtonRow
from bot.storage.joinrequests import RequestRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.frame.second import confirmed
from handlers.joining import early
from handlers.joining.ordering import PANEL
from handlers.joining.questions import policy_of
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows
from handlers.saying.pages import page_of
from handlers.saying.panels import Made, back, opens, panel, show
from rules.conduct.effects import Button

ON_A_PAGE = 8
SHOW, PAGE, ALL_ASK, ALL = "join.show", "join.page", "join.all_ask", "join.all"
# So many that pressing on each is no way; at most so many in one transaction.
MANY, AT_ONCE = 5, 100


@panel(PANEL, "join.panel", "leaders")
async def page(talk: Talk) -> Made:
    return await listed(talk, 0)


async def listed(talk: Talk, number: int) -> Made:
    group, policy = group_row(talk), await policy_of(talk)
    if policy.mode == "off":
        return [in_join("panel_off", group=group.id)], ((back(),),)
    found, asking = await joinrequests.waiting(talk.unit, group.id), await joinrequests.asking(talk.unit, group.id)
    counted = await roster.counts(talk.unit, group.id)
    lines = [in_join("panel_waiting" if found else "panel_nobody", n=len(found))]
    lines += [in_join("panel_asking", n=len(asking))] if asking else []
    lines += [in_join("panel_roster", n=counted.listed, come=counted.come)] if counted.listed else []
    shown, turn = page_of([*found, *asking], number, ON_A_PAGE, PAGE)
    rows: Rows = tuple(
        (Button(in_join(label_of(each), number=each.id, name=each.name), SHOW, "leaders", ref=each.id),)
        for each in shown
    )
    many = ((Button(in_join("button_all"), ALL_ASK, "leaders"),),) if len(found) >= MANY else ()
    return lines, (*rows, *turn, *many, (opens("roster"), back()))


def label_of(row: RequestRow) -> str:
    return "button_one_asking" if row.state == "asking" else "button_one"


@press(PAGE)
async def turned(talk: Talk, button: ButtonRow) -> None:
    await show(talk, *await listed(talk, button.ref))


@press(SHOW)
async def one(talk: Talk, button: ButtonRow) -> None:
    """Its card, in place of the list."""
    row = await joinrequests.get(talk.unit, button.ref)
    if row is not None and row.state == "asking" and row.group_id == group_row(talk).id:
        await early.once_more(talk, row)
        return
    ticket = await tickets.get(talk.unit, row.ticket_id) if row is not None else None
    if row is None or ticket is None or row.state != "waiting" or ticket.kind != KIND:
        await show(talk, *await listed(talk, 0))
        return
    await show(talk, ticket.words, (*buttons_of(ticket), (back(PANEL),)))


@press(ALL_ASK)
async def all_asked(talk: Talk, _: ButtonRow) -> None:
    """Whoever is on the roster is left out: they were expected."""
    found = await strangers(talk)
    n, last = len(found), max((each.id for each in found), default=0)
    sure = Button(in_join("button_all_sure", n=n), ALL, "leaders", ref=last)
    await show(talk, [in_join("all_ask", n=n)], (*(((sure,),) if n else ()), (back(PANEL),)))


@press(ALL)
async def all_declined(talk: Talk, button: ButtonRow) -> None:
    """Each is a decision of its own, told kindly and audited; of many a second person must say yes.

    Whoever asked after the question was shown is not among them.
    """
    found = [each for each in await strangers(talk) if each.id <= button.ref]
    policy, by = await policy_of(talk), talk.actor
    group = group_row(talk)
    if not await confirmed(talk, f"{ALL}:{group.id}", len(found)):
        return
    n = 0
    for row in found[:AT_ONCE]:
        n += await deciding.decline(
            talk.unit, group, row, policy, by=by.user_id, reason="desk", at=talk.at, who=by.name
        )
    await show(talk, [in_join("all_done", n=n), *(await listed(talk, 0))[0]], ((back(PANEL),),))


async def strangers(talk: Talk) -> list[RequestRow]:
    found = await joinrequests.waiting(talk.unit, group_row(talk).id)
    return [each for each in found if not each.roster_id]
