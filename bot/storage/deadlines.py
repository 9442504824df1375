"""Moments at which the calendar looks again at what was decided."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select, update

from bot.storage.tables import clean, deadlines, groups
from bot.storage.unit import Unit
from rules.conduct.effects import Deadline


class DeadlineRow(NamedTuple):
    id: int
    kind: str
    group_id: int
    user_id: int
    decision_id: int
    due_at: int


COLUMNS = [deadlines.c[name] for name in DeadlineRow._fields]
OPEN = deadlines.c.state == "open"
# What ends by itself, whoever is there.
NOT_ASKED = ("lockdown_over",)
# Where the bot is not, nothing is due; it waits until the bot is back.
ACTIVE = deadlines.c.group_id.in_(select(groups.c.id).where(groups.c.state == "active"))
OUTSIDE = deadlines.c.group_id.in_(select(groups.c.id).where(groups.c.state.in_(("pending", "refused"))))
# Where nobody has let the bot in yet, nothing is due but that.
HERE = or_(ACTIVE, and_(deadlines.c.kind == "adding_due", OUTSIDE))


async def add(unit: Unit, group_id: int, user_id: int, decision_id: int | None, moments: Iterable[Deadline]) -> None:
    await insert(unit, group_id, decision_id, [(user_id, each) for each in moments])


async def for_each(unit: Unit, group_id: int, people: Iterable[int], decision_id: int | None, moment: Deadline) -> None:
    """The same moment for many."""
    await insert(unit, group_id, decision_id, [(user_id, moment) for user_id in people])


async def insert(unit: Unit, group_id: int, decision_id: int | None, new: Iterable[tuple[int, Deadline]]) -> None:
    base = {"group_id": group_id, "decision_id": decision_id, "state": "open", "reason": ""}
    rows = [{**base, "user_id": user_id, **moment._asdict()} for user_id, moment in new]
    if rows:
        await unit.execute(unit.insert(deadlines), rows)


async def due(unit: Unit, now: int, limit: int) -> list[DeadlineRow]:
    """The earliest first."""
    found = select(*COLUMNS).where(OPEN, HERE, deadlines.c.due_at <= now).order_by(deadlines.c.due_at, deadlines.c.id)
    return [DeadlineRow._make(row) for row in await unit.execute(found.limit(limit))]


async def done(unit: Unit, deadline_id: int) -> bool:
    """False where it was done or cancelled before."""
    one = update(deadlines).where(deadlines.c.id == deadline_id, OPEN)
    return (await unit.execute(one.values(state="done"))).rowcount > 0


async def failed(unit: Unit, deadline_id: int, reason: str) -> None:
    """It could not be decided: it is kept with the reason, and never tried again by itself."""
    one = update(deadlines).where(deadlines.c.id == deadline_id, OPEN)
    await unit.execute(one.values(state="failed", reason=reason))


async def cancel(
    unit: Unit, *, decision_id: int | None = None, group_id: int | None = None, user_id: int | None = None,
    kind: str | None = None,
) -> int:  # fmt: skip
    """Cancel the open ones that fit all that is given; how many. Without decision or person it raises TypeError."""
    if decision_id is None and (group_id is None or user_id is None):
        raise TypeError("cancel needs a decision, or a group and a person")
    given = {"decision_id": decision_id, "group_id": group_id, "user_id": user_id, "kind": kind and clean(kind)}
    fitting = [deadlines.c[name] == value for name, value in given.items() if value is not None]
    return (await unit.execute(update(deadlines).where(OPEN, *fitting).values(state="cancelled"))).rowcount


async def postpone(unit: Unit, group_id: int, until: int) -> None:
    """Nothing that people are to answer in that group is due before."""
    asks = deadlines.c.kind.not_in(NOT_ASKED)
    early = update(deadlines).where(OPEN, deadlines.c.group_id == group_id, deadlines.c.due_at < until, asks)
    await unit.execute(early.values(due_at=until))


async def of_decision(unit: Unit, decision_id: int, kind: str) -> int:
    """When that is due, 0 where it is not, or not any more."""
    mine = (OPEN, deadlines.c.decision_id == decision_id, deadlines.c.kind == clean(kind))
    return int(await unit.scalar(select(func.min(deadlines.c.due_at)).where(*mine)) or 0)


async def next_due(unit: Unit) -> int | None:
    found: int | None = await unit.scalar(select(func.min(deadlines.c.due_at)).where(OPEN, HERE))
    return found


async def due_at(unit: Unit, group_id: int, kind: str) -> int:
    """When something of that kind is due next in the group, 0 where nothing is."""
    mine = (OPEN, deadlines.c.group_id == group_id, deadlines.c.kind == clean(kind))
    return int(await unit.scalar(select(func.min(deadlines.c.due_at)).where(*mine)) or 0)
