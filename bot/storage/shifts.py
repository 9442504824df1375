"""When somebody looks after a group: hours of the week, in the group's own time; decides nothing."""

from typing import NamedTuple

from sqlalchemy import and_, delete, select, update

from bot.storage.tables import shifts
from bot.storage.unit import Unit


class ShiftRow(NamedTuple):
    """`weekday` 0 is Monday; minutes of that day, the last one may be 1440."""

    id: int
    group_id: int
    user_id: int
    weekday: int
    from_minute: int
    until_minute: int
    added_by: int
    at: int


async def add(unit: Unit, row: ShiftRow) -> int:
    values = row._asdict()
    del values["id"]
    return int(await unit.scalar(unit.insert(shifts).values(values).returning(shifts.c.id)))


async def of_group(unit: Unit, group_id: int) -> list[ShiftRow]:
    """In the order of the week."""
    order = (shifts.c.weekday, shifts.c.from_minute, shifts.c.id)
    found = select(shifts).where(shifts.c.group_id == group_id).order_by(*order)
    return [ShiftRow._make(row) for row in await unit.execute(found)]


async def remove(unit: Unit, group_id: int, shift_id: int) -> bool:
    """False where the group has none of that number."""
    one = delete(shifts).where(and_(shifts.c.group_id == group_id, shifts.c.id == shift_id))
    return (await unit.execute(one)).rowcount > 0


async def hand_over(unit: Unit, group_id: int, old: int, new: int) -> int:
    theirs = update(shifts).where(shifts.c.group_id == group_id, shifts.c.user_id == old)
    return (await unit.execute(theirs.values(user_id=new))).rowcount
