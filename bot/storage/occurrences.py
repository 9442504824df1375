"""What was promised for a moment, in one group, once: its key is what it is, never when."""

from typing import NamedTuple

from sqlalchemy import select, update

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
