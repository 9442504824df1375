"""How often the bot spoke in a group unasked, and what waits to be said there; sends nothing and decides nothing."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select, text, true, update

from bot.storage import codec
from bot.storage.actrows import COLUMNS, SUCCEEDED, UNSETTLED, ActRow, row_of
from bot.storage.tables import acts, decisions, users
from bot.storage.unit import Unit
from rules.conduct.gathering import TOGETHER

# Of an act: whether it counts, waits for room, may go (and is counted from then on), or is told in another post.
FREE, WAITS, LET_GO, SHARED = 0, 1, 2, 3
REMINDER = "reminder"
RESTRICTING = ("mute", "read_only", "ask_to_leave", "remove")
# As the index says it, word for word.
COUNTED = text("acts.quiet > 0")


def waits_now(now: int) -> Any:
    before = acts.alias()
    later = select(before.c.id).where(before.c.id == acts.c.after_id, before.c.state.not_in(SUCCEEDED)).exists()
    return and_(UNSETTLED, acts.c.state == "pending", acts.c.quiet == WAITS, acts.c.expires_at > now, ~later)


async def groups_with_waiting(unit: Unit, now: int) -> list[int]:
    """Groups in which something that counts could be said now."""
    found = select(acts.c.group_id).where(waits_now(now), acts.c.not_before <= now, acts.c.group_id.is_not(None))
    return sorted({int(row[0]) for row in await unit.execute(found.distinct())})


async def waiting(unit: Unit, group_id: int, now: int) -> list[ActRow]:
    """What counts there and waits, the oldest first; an act that cannot be read is left to `recover`."""
    soon = acts.c.not_before <= now + TOGETHER
    found = select(*COLUMNS).where(waits_now(now), acts.c.group_id == group_id, soon).order_by(acts.c.id)
    rows = []
    # What is called off at this moment is either said alone in time, or not at all.
    for row in await unit.execute(found.with_for_update(of=acts)):
        try:
            rows.append(row_of(row))
        except codec.CodecError:
            continue
    return rows


async def restricting(unit: Unit, ids: Collection[int]) -> frozenset[int]:
    """Those of the acts that tell somebody what they may not do any more."""
    about = select(acts.c.id).join(decisions, decisions.c.id == acts.c.decision_id)
    found = about.where(acts.c.id.in_(sorted(ids)), decisions.c.step.in_(RESTRICTING))
    return frozenset((await unit.execute(found)).scalars())


async def used(unit: Unit, group_id: int, since: int, *, chat_id: int = 0) -> tuple[int, int]:
    """How many posts that count were let go, sent since then or about to be; and when the last one ever was.

    With `chat_id` the reminders to that person, else what was posted in the group.
    """
    whose = (acts.c.chat_id == chat_id,) if chat_id else (acts.c.group_id == group_id, acts.c.purpose != REMINDER)
    stands = acts.c.state.in_(("pending", "sending", "held", "done", "unknown"))
    recent = or_(acts.c.state.in_(("pending", "sending", "held")), acts.c.settled_at >= since)
    here = and_(COUNTED, acts.c.quiet == LET_GO, stands, *whose)
    count = await unit.scalar(select(func.count()).where(here, recent))
    last = await unit.scalar(select(func.max(acts.c.settled_at)).where(here))
    return int(count or 0), int(last or 0)


async def let_go(unit: Unit, ids: Collection[int], now: int) -> None:
    """They may be sent; from now on they are counted."""
    mine = update(acts).where(acts.c.id.in_(sorted(ids)), acts.c.quiet.in_((FREE, WAITS)))
    await unit.execute(mine.values(quiet=LET_GO, settled_at=now))


async def share(unit: Unit, ids: Collection[int], post: int, expires_at: int) -> None:
    """They are told in that post, and settled with it."""
    mine = update(acts).where(acts.c.id.in_(sorted(ids)), acts.c.quiet == WAITS)
    await unit.execute(mine.values(quiet=SHARED, after_id=post, expires_at=expires_at))


async def keep(unit: Unit, ids: Collection[int], until: int, expires_at: int) -> None:
    """They wait for the next moment at which there may be room, however long the usual lifetime is, and what is only
    done once they were said waits as long.
    """
    mine = update(acts).where(acts.c.id.in_(sorted(ids)), acts.c.quiet == WAITS)
    longer = func.max if unit.dialect == "sqlite" else func.greatest
    later = {"expires_at": longer(acts.c.expires_at, expires_at)}
    await unit.execute(mine.values(not_before=until, **later))
    behind = update(acts).where(acts.c.after_id.in_(sorted(ids)), acts.c.state == "pending")
    await unit.execute(behind.values(later))


async def told(unit: Unit, post: int, now: int, result: dict[str, Any], message_id: int) -> None:
    """The post stands: whatever was said in it was said."""
    mine = and_(acts.c.after_id == post, acts.c.quiet == SHARED, acts.c.state.in_(("pending", "held")))
    new = {"state": "done", "settled_at": now, "result": codec.encode_table(result), "message_id": message_id}
    await unit.execute(update(acts).where(mine).values(new))


async def shared_in(unit: Unit, group_id: int, message_id: int, user_id: int = 0) -> list[ActRow]:
    """What was told in that post, to that person where one is named, the newest first."""
    there = and_(acts.c.group_id == group_id, acts.c.message_id == message_id, acts.c.quiet == SHARED)
    theirs = acts.c.user_id == user_id if user_id else true()
    found = select(*COLUMNS).where(COUNTED, there, theirs).order_by(acts.c.id.desc())
    rows: Sequence[Any] = (await unit.execute(found)).all()
    return [row_of(row) for row in rows]


async def opted_out(unit: Unit, user_ids: Collection[int]) -> frozenset[int]:
    """Those who asked for no reminders in private."""
    if not user_ids:
        return frozenset()
    asked = select(users.c.user_id).where(users.c.user_id.in_(sorted(user_ids)), users.c.quiet_since > 0)
    return frozenset((await unit.execute(asked)).scalars())


async def opt_out(unit: Unit, user_id: int, at: int) -> None:
    """0: they are welcome again."""
    await unit.execute(update(users).where(users.c.user_id == user_id).values(quiet_since=at))
