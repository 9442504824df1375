"""/roster: who is expected in the group; counted, looked through, taken over as a file, removed after a question."""

from bot import audit, sheets
from bot.joining.card import phrase as in_join
from bot.storage import roster as stored
from bot.storage.buttons import ButtonRow
from bot.storage.roster import RosterRow
from handlers.frame.awaiting import expect_file
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.joining.questions import policy_of
from handlers.reading.targets import group_row
from handlers.saying import files
from handlers.saying.pages import page_of
from handlers.saying.panels import Made, back, open_panel, panel, show
from handlers.saying.times import moment
from rules.conduct.effects import Button, Phrase

PANEL = "roster"
IMPORT, EXPORT, LOOK, REMOVE, SURE = "roster.import", "roster.export", "roster.look", "roster.remove", "roster.sure"
HEADER = ("code", "username", "name", "note", "come", "come_at")
ON_A_PAGE = 20
ALL = "all"


async def roster(talk: Talk, _: Order) -> None:
    await open_panel(talk, PANEL)
    if talk.private:
        await expect_file(talk, IMPORT)


def button(key: str, action: str, *, ref: int = 0, note: str = "", n: int = 0) -> Button:
    return Button(in_join(f"button_{key}", n=n), action, "leaders", ref=ref, note=note)


@panel(PANEL, "join.roster", "leaders")
async def page(talk: Talk) -> Made:
    counted = await stored.counts(talk.unit, group_row(talk).id)
    lines = [in_join("panel_roster", n=counted.listed, come=counted.come) if counted.listed else in_join("roster_none")]
    lines += [] if (await policy_of(talk)).mode == "roster" else [in_join("roster_off", group=group_row(talk).id)]
    first = (button("import", IMPORT),)
    if not counted.listed:
        return lines, (first, (back(),))
    second = (button("export", EXPORT), button("remove", REMOVE))
    return lines, ((*first, button("list", LOOK)), second, (back(),))


@press(LOOK)
async def look(talk: Talk, pressed: ButtonRow) -> None:
    found = await stored.listed(talk.unit, group_row(talk).id)
    shown, turn = page_of(found, pressed.ref, ON_A_PAGE, LOOK)
    await show(talk, [line(each) for each in shown] or [in_join("roster_none")], (*turn, (back(PANEL),)))


def line(row: RosterRow) -> Phrase:
    who = " ".join(filter(None, (row.code, row.username and f"@{row.username}", row.name, row.note)))
    return in_join("roster_come" if row.used_by else "roster_expected", who=who)


@press(EXPORT)
async def export(talk: Talk, _: ButtonRow) -> None:
    group = group_row(talk)
    found = await stored.listed(talk.unit, group.id)
    table = sheets.write(HEADER, [row_of(talk, each) for each in found])
    if await files.send(talk, "roster.csv", table, [in_join("roster_exported", n=len(found))]):
        await audit.done(talk.unit, talk.actor, EXPORT, talk.at, group_id=group.id, after={"lines": len(found)})


def row_of(talk: Talk, row: RosterRow) -> tuple[object, ...]:
    at = moment(talk, row.used_at) if row.used_at else ""
    return row.code, row.username, row.name, row.note, row.used_by or "", at


@press(REMOVE)
async def remove(talk: Talk, _: ButtonRow) -> None:
    """Nobody who is in the group is touched; what goes is said first."""
    counted = await stored.counts(talk.unit, group_row(talk).id)
    rest = counted.listed - counted.come
    choices = ((button("remove_rest", SURE, n=rest),),) if 0 < rest < counted.listed else ()
    rows = (*choices, (button("remove_all", SURE, note=ALL, n=counted.listed),), (back(PANEL),))
    await show(talk, [in_join("roster_remove", n=counted.listed, rest=rest)], rows)


@press(SURE)
async def removed(talk: Talk, pressed: ButtonRow) -> None:
    group = group_row(talk)
    n = await stored.remove(talk.unit, group.id, come=pressed.note == ALL)
    await audit.done(talk.unit, talk.actor, REMOVE, talk.at, group_id=group.id, after={"lines": n})
    await show(talk, [in_join("roster_removed", n=n)], ((back(PANEL),),))
