"""打卡 in a reply: a leader marks somebody as checked in today; on record, and taken back the same way."""

from datetime import date

from bot import audit
from bot.storage import audit as audited
from bot.storage import merit
from handlers.frame.context import Talk
from handlers.frame.orders import Order, one_of
from handlers.reading.targets import Target, find, group_row
from handlers.saying.answers import receipt, reply
from handlers.saying.panels import in_menu
from rules.merit.checkin import streak
from rules.merit.transactions import award, reversed_by
from rules.programme.localtime import business_day, parse_clock

OFF = ("off", "取消")
MARK, UNMARK = "mark", "mark.off"


async def mark(talk: Talk, order: Order) -> None:
    off = bool(one_of(order.first(), OFF))
    target = await find(talk, order.without_first() if off else order)
    if target is None:
        return
    policy = await talk.policy()
    today = business_day(talk.at, talk.zone, parse_clock(policy.checkin.day_starts_at))
    if off:
        await take_back(talk, target, today)
        return
    if not await merit.checkin(talk.unit, group_row(talk).id, target.user_id, today.isoformat(), talk.at):
        await reply(talk, in_menu("marked_before", name=target.mention))
        return
    await give(talk, target, today, policy.checkin.points)
    await note(talk, target, MARK, today, policy.checkin.points)
    days = [date.fromisoformat(day) for day in await merit.checkins(talk.unit, group_row(talk).id, target.user_id)]
    await receipt(talk, (in_menu("marked", name=target.mention, n=streak(days, today)),))


async def give(talk: Talk, target: Target, today: date, points: int) -> None:
    """Under a key of its own: after it was taken back the person can still check in, and gets the points."""
    if not points:
        return
    day = today.isoformat()
    key = f"mark:{group_row(talk).id}:{target.user_id}:{day}:{talk.services.me.id}:{talk.update_id}"
    given = award(key, "checkin", target.user_id, points, day)
    await merit.post(talk.unit, group_row(talk).id, given, at=talk.at, by=talk.actor.user_id)


async def take_back(talk: Talk, target: Target, today: date) -> None:
    """Only what a leader marked: what somebody did themselves stays theirs."""
    group = group_row(talk)
    rows = await audited.of(talk.unit, group_id=group.id, target_id=target.user_id, since=talk.at - 2 * 86_400)
    marks = [row for row in rows if row.action in (MARK, UNMARK) and row.after.get("day") == today.isoformat()]
    if not marks or marks[0].action == UNMARK:
        await reply(talk, in_menu("not_marked", name=target.mention))
        return
    await merit.forget_checkin(talk.unit, group.id, target.user_id, today.isoformat())
    points = int(marks[0].after.get("points", 0))
    if points:
        marked = award(MARK, "checkin", target.user_id, points, today.isoformat())
        back = reversed_by(marked, f"void:mark:{marks[0].id}")
        await merit.post(talk.unit, group.id, back, at=talk.at, by=talk.actor.user_id)
    await note(talk, target, UNMARK, today, points)
    await receipt(talk, (in_menu("unmarked", name=target.mention),))


async def note(talk: Talk, target: Target, action: str, today: date, points: int) -> None:
    await audit.done(
        talk.unit, talk.actor, action, talk.at, group_id=group_row(talk).id, target_id=target.user_id,
        after={"day": today.isoformat(), "points": points},
    )  # fmt: skip
