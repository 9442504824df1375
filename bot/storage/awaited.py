"""What the next thing a person says in private will answer; one at a time, for half an hour."""

from typing import NamedTuple

from sqlalchemy import delete, select

from bot.storage.tables import awaited, clean
from bot.storage.unit import Unit

SECONDS = 30 * 60


class AwaitedRow(NamedTuple):
    """`kind` is a permanent name; `note` is what the asker needs again with the answer."""

    user_id: int
    kind: str
    group_id: int
    note: str
    at: int


COLUMNS = [awaited.c[name] for name in AwaitedRow._fields]


async def put(unit: Unit, row: AwaitedRow) -> None:
    """The newest question is the one that is answered."""
    values = row._replace(note=clean(row.note))._asdict()
    insert = unit.insert(awaited).values(values)
    await unit.execute(insert.on_conflict_do_update(index_elements=["user_id"], set_=values))


async def get(unit: Unit, user_id: int, now: int) -> AwaitedRow | None:
    """What is still awaited of this person."""
    asked = select(*COLUMNS).where(awaited.c.user_id == user_id, awaited.c.at > now - SECONDS)
    row = (await unit.execute(asked)).first()
    return None if row is None else AwaitedRow._make(row)


async def take(unit: Unit, user_id: int, now: int) -> AwaitedRow | None:
    """The same, once: an answer is given to one question and no other."""
    row = await get(unit, user_id, now)
    await forget(unit, user_id)
    return row


async def forget(unit: Unit, user_id: int) -> None:
    await unit.execute(delete(awaited).where(awaited.c.user_id == user_id))


async def trim(unit: Unit, before: int) -> int:
    return (await unit.execute(delete(awaited).where(awaited.c.at < before))).rowcount
