"""Ways through a special-care group: who was asked there, came, and may come back; one row for each way."""

from typing import Any, NamedTuple

from sqlalchemy import or_, select, update

from bot.storage.tables import cares
from bot.storage.unit import Unit


class CareRow(NamedTuple):
    """`state`: offered, inside, ready (asked whether to come back), back, ended. `offers` is how often the link was
    offered; `due_at` when the next look is.
    """

    id: int
    group_id: int
    care_group_id: int
    user_id: int
    decision_id: int
    carer_id: int
    link_id: int
    state: str
    offered_at: int
    offers: int
    entered_at: int
    due_at: int
    ended_at: int


# As the partial index says it.
OPEN = cares.c.state.in_(("offered", "inside", "ready"))
COLUMNS = [cares.c[name] for name in CareRow._fields]


async def add(
    unit: Unit, *, group_id: int, care_group_id: int, user_id: int, decision_id: int, carer_id: int, at: int
) -> int:
    row = CareRow(0, group_id, care_group_id, user_id, decision_id, carer_id, 0, "offered", at, 0, 0, 0, 0)._asdict()
    del row["id"]
    return int(await unit.scalar(unit.insert(cares).values(row).returning(cares.c.id)))


async def get(unit: Unit, care_id: int) -> CareRow | None:
    return next(iter(await some(unit, cares.c.id == care_id)), None)


async def of_decision(unit: Unit, decision_id: int) -> CareRow | None:
    return next(iter(await some(unit, cares.c.decision_id == decision_id)), None)


async def open_for(unit: Unit, group_id: int, user_id: int) -> CareRow | None:
    """The open way of somebody out of that group, or through it."""
    here = or_(cares.c.care_group_id == group_id, cares.c.group_id == group_id)
    return next(iter(await some(unit, OPEN, cares.c.user_id == user_id, here)), None)


async def open_of(unit: Unit, group_id: int) -> list[CareRow]:
    return await some(unit, OPEN, cares.c.group_id == group_id)


async def change(unit: Unit, care_id: int, *states: str, **new: Any) -> bool:
    """False where it is in none of these states: somebody else was first."""
    mine = update(cares).where(cares.c.id == care_id, cares.c.state.in_(states))
    return (await unit.execute(mine.values(**new))).rowcount > 0


async def some(unit: Unit, *conditions: Any) -> list[CareRow]:
    rows = await unit.execute(select(*COLUMNS).where(*conditions).order_by(cares.c.id.desc()))
    return [CareRow._make(row) for row in rows]
