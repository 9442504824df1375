"""/shift: who looks after the group at which hours of the week; a private card goes to whoever is on shift first."""

from bot import audit
from bot.storage import shifts
from bot.storage.buttons import ButtonRow
from bot.storage.shifts import ShiftRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import find, group_row
from handlers.reading.weekhours import Hours, hours_of, wrong_with
from handlers.saying.answers import plain, reply
from handlers.saying.panels import Made, back, open_panel, panel
from handlers.team.naming import in_team
from handlers.team.team import PANEL, SHIFTS, mention
from rules.conduct.effects import Button

REMOVE = ("remove", "删除", "去掉")
MOST_OF_A_GROUP = 100


async def shift(talk: Talk, order: Order) -> None:
    if not (order.words or order.mention or order.answered):
        await open_panel(talk, SHIFTS)
        return
    if order.first().lower() in REMOVE:
        number = order.without_first().first()
        await remove(talk, int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0)
        return
    target = await find(talk, order)
    if target is None:
        return
    hours = hours_of(target.order.words)
    if hours is None:
        why = wrong_with(target.order.words)
        await reply(talk, [*([in_team(f"shift_{why}")] if why else []), in_team("usage_shift")])
        return
    known = await shifts.of_group(talk.unit, group_row(talk).id)
    new = [row for row in rows_of(talk, target.user_id, hours) if at_of(row) not in set(map(at_of, known))]
    if len(known) + len(new) > MOST_OF_A_GROUP:
        await reply(talk, in_team("too_many_shifts", n=MOST_OF_A_GROUP))
        return
    if not new:
        said = when(talk, hours.days, hours.first, hours.last)
        await reply(talk, in_team("shift_there", name=target.mention, when=said))
        return
    for row in new:
        await keep(talk, row)
    await reply(talk, in_team("shift_added", name=target.mention, when=when(talk, hours.days, hours.first, hours.last)))


def rows_of(talk: Talk, user_id: int, hours: Hours) -> list[ShiftRow]:
    group_id, me = group_row(talk).id, talk.actor.user_id
    return [ShiftRow(0, group_id, user_id, day, hours.first, hours.last, me, talk.at) for day in hours.days]


def at_of(row: ShiftRow) -> tuple[int, int, int, int]:
    """Who and when: twice the same is one shift."""
    return row.user_id, row.weekday, row.from_minute, row.until_minute


async def keep(talk: Talk, row: ShiftRow) -> None:
    number = await shifts.add(talk.unit, row)
    await audit.done(
        talk.unit, talk.actor, "shift.add", talk.at, group_id=row.group_id, target_id=row.user_id,
        after={"shift": number, "weekday": row.weekday, "from": row.from_minute, "until": row.until_minute},
    )  # fmt: skip


async def remove(talk: Talk, number: int) -> None:
    group = group_row(talk)
    row = next((each for each in await shifts.of_group(talk.unit, group.id) if each.id == number), None)
    if row is None or not await shifts.remove(talk.unit, group.id, number):
        await reply(talk, in_team("shift_unknown"))
        return
    await audit.done(
        talk.unit, talk.actor, "shift.remove", talk.at, group_id=group.id, target_id=row.user_id,
        before={"shift": number, "weekday": row.weekday, "from": row.from_minute, "until": row.until_minute},
    )  # fmt: skip
    at = when(talk, (row.weekday,), row.from_minute, row.until_minute)
    await reply(talk, in_team("shift_removed", name=await mention(talk, row.user_id), when=at))


def when(talk: Talk, days: tuple[int, ...], first: int, last: int) -> str:
    day = "every_day" if len(days) > 1 else f"day_{days[0]}"
    return f"{plain(talk, in_team(day))} {clock(first)}-{clock(last)}"


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@panel(SHIFTS, "team.button_shifts")
async def listed(talk: Talk) -> Made:
    group = group_row(talk)
    rows = await shifts.of_group(talk.unit, group.id)
    lines, buttons = [], []
    for row in rows:
        said = when(talk, (row.weekday,), row.from_minute, row.until_minute)
        name = await mention(talk, row.user_id)
        lines.append(in_team("shift_line", when=said, name=name))
        label = in_team("button_no_shift", when=said, name=name.name)
        buttons.append((Button(label, action="shift.remove", audience="leaders", ref=row.id),))
    words = [in_team("shifts_head", title=group.title), *(lines or [in_team("shifts_none")]), in_team("usage_shift")]
    return words, (*buttons[:20], (back(PANEL),))


@press("shift.remove")
async def on_remove(talk: Talk, pressed: ButtonRow) -> None:
    await remove(talk, pressed.ref)
    await open_panel(talk, SHIFTS)
