"""Groups in which nobody may write for a while, and what is given back to everybody afterwards."""

from typing import NamedTuple

from sqlalchemy import delete, select, update

from bot.storage import codec
from bot.storage.tables import lockdowns
from bot.storage.unit import Unit, missing


class LockdownRow(NamedTuple):
    """`permissions` are those that everybody had before; `closing_act` took them, `notice_act` told the group."""

    group_id: int
    since: int
    until: int
    set_by: int
    permissions: frozenset[str]
    closing_act: int
    notice_act: int
    reason: str


COLUMNS = [lockdowns.c[name] for name in LockdownRow._fields]


async def get(unit: Unit, group_id: int) -> LockdownRow | None:
    """Nobody else changes it until the Unit ends."""
    found = select(*COLUMNS).where(lockdowns.c.group_id == group_id).with_for_update()
    row = (await unit.execute(found)).first()
    if row is None:
        return None
    known = LockdownRow._make(row)
    return known._replace(permissions=codec.decode_names(str(known.permissions)))


async def begin(unit: Unit, row: LockdownRow) -> None:
    """Where one is going on already, that one stays."""
    values = {**row._asdict(), "permissions": codec.encode_names(row.permissions)}
    await unit.execute(missing(unit, lockdowns).values(values))


async def told(unit: Unit, group_id: int, closing_act: int, notice_act: int) -> None:
    acts = {"closing_act": closing_act, "notice_act": notice_act}
    await unit.execute(update(lockdowns).where(lockdowns.c.group_id == group_id).values(acts))


async def change(unit: Unit, group_id: int, until: int, reason: str) -> None:
    mine = update(lockdowns).where(lockdowns.c.group_id == group_id)
    await unit.execute(mine.values(until=until, reason=reason))


async def found(unit: Unit, closing_act: int, permissions: frozenset[str]) -> None:
    """What a person had allowed everybody just before that act took it."""
    mine = update(lockdowns).where(lockdowns.c.closing_act == closing_act)
    await unit.execute(mine.values(permissions=codec.encode_names(permissions)))


async def over(unit: Unit, group_id: int) -> bool:
    """False where it was over before."""
    return (await unit.execute(delete(lockdowns).where(lockdowns.c.group_id == group_id))).rowcount > 0
