"""Who set a group up, in which post they see what it still needs, and what they chose."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select, update

from bot.storage.tables import setups
from bot.storage.unit import Unit, missing


class SetupRow(NamedTuple):
    """`act_id` is the post of the card, 0 while it waits for its reader; `done_at` 0 until something was chosen."""

    group_id: int
    user_id: int
    at: int
    act_id: int = 0
    done_at: int = 0
    preset: str = ""


COLUMNS = [setups.c[name] for name in SetupRow._fields]


async def begin(unit: Unit, group_id: int, user_id: int, at: int) -> None:
    """Somebody set the group up, perhaps anew: what was chosen before stays."""
    new = {"user_id": user_id, "at": at, "act_id": 0}
    insert = unit.insert(setups).values(SetupRow(group_id, user_id, at)._asdict())
    await unit.execute(insert.on_conflict_do_update(index_elements=["group_id"], set_=new))


async def get(unit: Unit, group_id: int) -> SetupRow | None:
    return next(iter(await some(unit, setups.c.group_id == group_id)), None)


async def of_groups(unit: Unit, group_ids: Collection[int]) -> dict[int, SetupRow]:
    return {row.group_id: row for row in await some(unit, setups.c.group_id.in_(list(group_ids)))}


async def of_person(unit: Unit, user_id: int, since: int = 0) -> list[SetupRow]:
    """The oldest first."""
    return await some(unit, setups.c.user_id == user_id, setups.c.at >= since)


async def some(unit: Unit, *conditions: object) -> list[SetupRow]:
    found = select(*COLUMNS).where(*conditions).order_by(setups.c.at, setups.c.group_id)  # type: ignore[arg-type]
    return [SetupRow._make(row) for row in await unit.execute(found)]


async def shown(unit: Unit, group_ids: Collection[int], act_id: int) -> None:
    await unit.execute(update(setups).where(setups.c.group_id.in_(list(group_ids))).values(act_id=act_id))


async def chosen(unit: Unit, group_id: int, preset: str, by: int, at: int) -> None:
    """A preset, or "" for the defaults as they are; also where the card comes only later."""
    await unit.execute(missing(unit, setups).values(SetupRow(group_id, by, at)._asdict()))
    await unit.execute(update(setups).where(setups.c.group_id == group_id).values(preset=preset, done_at=at))
