"""What was promised for a moment, in one group, once: its key is what it is, never when."""

from typing import NamedTuple

from sqlalchemy import func, select, update

from bot.storage.tables import clean, occurrences
from bot.storage.unit import Unit, missing


class OccurrenceRow(NamedTuple):
    """`state` is claimed, planned, missed or what else the programme calls it."""

    key: str
    group_id: int
    due_at: int
    claimed_at: int
    state: str
    act_id: int | None


async def claim(unit: Unit, key: str, group_id: int, due_at: int, at: int) -> bool:
    """True for the first who asks, and never again."""
    row = OccurrenceRow(key, group_id, due_at, at, "claimed", None)._asdict()
    new = missing(unit, occurrences).values(row).returning(occurrences.c.key)
    return (await unit.execute(new)).first() is not None


async def mark(unit: Unit, key: str, state: str, act_id: int | None) -> None:
    one = update(occurrences).where(occurrences.c.key == clean(key))
    await unit.execute(one.values(state=state, act_id=act_id))


async def get(unit: Unit, key: str) -> OccurrenceRow | None:
    row = (await unit.execute(select(occurrences).where(occurrences.c.key == clean(key)))).first()
    return None if row is None else OccurrenceRow._make(row)


async def newest(unit: Unit, group_id: int, name: str) -> int:
    """When the last one of that name was due; 0 where there was none."""
    mine = occurrences.c.key.like(f"{group_id}:{clean(name)}:%")
    found = select(func.max(occurrences.c.due_at)).where(occurrences.c.group_id == group_id, mine)
    return int(await unit.scalar(found) or 0)
