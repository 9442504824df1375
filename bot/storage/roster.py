"""Who is expected in a group: by a code they were given, or by their username; each line lets one person in."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select, update

from bot.storage.tables import clean, roster
from bot.storage.unit import Unit

AT_ONCE = 500


class RosterRow(NamedTuple):
    """`used_by` is 0 until somebody came in by this line."""

    id: int
    group_id: int
    code: str
    username: str
    name: str
    note: str
    added_by: int
    added_at: int
    used_by: int
    used_at: int


class Expected(NamedTuple):
    """A line as it was imported; `code` or `username` is there."""

    code: str
    username: str
    name: str = ""
    note: str = ""


class Counts(NamedTuple):
    listed: int
    come: int


COLUMNS = [roster.c[name] for name in RosterRow._fields]


def folded(text: str) -> str:
    """Codes and usernames are compared without regard to case, spaces and the sign before a username."""
    return clean("".join(text.split()).removeprefix("@").casefold())


async def add(unit: Unit, group_id: int, lines: Iterable[Expected], by: int, at: int) -> int:
    """Lines that are there already (by code, else by username) stay as they are; how many are new."""
    known = await keys(unit, group_id)
    new = []
    for line in lines:
        if key(line) in known:
            continue
        known.add(key(line))
        new.append({
            "group_id": group_id, "code": folded(line.code), "username": folded(line.username),
            "name": clean(line.name), "note": clean(line.note), "added_by": by, "added_at": at, "used_by": 0,
            "used_at": 0,
        })  # fmt: skip
    for first in range(0, len(new), AT_ONCE):
        await unit.execute(unit.insert(roster), new[first : first + AT_ONCE])
    return len(new)


def key(line: Expected) -> str:
    """What makes two lines the same one: the code, where there is none the username."""
    return f"c:{folded(line.code)}" if folded(line.code) else f"u:{folded(line.username)}"


async def keys(unit: Unit, group_id: int) -> set[str]:
    found = await unit.execute(select(roster.c.code, roster.c.username).where(roster.c.group_id == group_id))
    return {f"c:{code}" if code else f"u:{username}" for code, username in found}


async def by_code(unit: Unit, group_id: int, code: str) -> RosterRow | None:
    return await one(unit, group_id, roster.c.code == folded(code)) if folded(code) else None


async def by_username(unit: Unit, group_id: int, username: str) -> RosterRow | None:
    return await one(unit, group_id, roster.c.username == folded(username)) if folded(username) else None


async def get(unit: Unit, group_id: int, line_id: int) -> RosterRow | None:
    return await one(unit, group_id, roster.c.id == line_id)


async def one(unit: Unit, group_id: int, fitting: Any) -> RosterRow | None:
    found = select(*COLUMNS).where(roster.c.group_id == group_id, fitting).order_by(roster.c.id)
    row = (await unit.execute(found)).first()
    return None if row is None else RosterRow._make(row)


async def use(unit: Unit, line_id: int, user_id: int, at: int) -> bool:
    """Each line once; False where somebody else came in by it before."""
    mine = update(roster).where(roster.c.id == line_id, roster.c.used_by.in_((0, user_id)))
    return (await unit.execute(mine.values(used_by=user_id, used_at=at))).rowcount > 0


async def give_back(unit: Unit, line_id: int, user_id: int) -> None:
    """Whoever was let in by it did not come after all."""
    mine = update(roster).where(roster.c.id == line_id, roster.c.used_by == user_id)
    await unit.execute(mine.values(used_by=0, used_at=0))


async def listed(unit: Unit, group_id: int) -> Sequence[RosterRow]:
    found = select(*COLUMNS).where(roster.c.group_id == group_id).order_by(roster.c.id)
    return [RosterRow._make(row) for row in await unit.execute(found)]


async def counts(unit: Unit, group_id: int) -> Counts:
    mine = select(func.count(), func.count().filter(roster.c.used_by > 0)).where(roster.c.group_id == group_id)
    row = (await unit.execute(mine)).one()
    return Counts(int(row[0]), int(row[1]))


async def remove(unit: Unit, group_id: int, *, come: bool = True) -> int:
    """The whole list, or only the lines by which nobody has come yet."""
    mine = delete(roster).where(roster.c.group_id == group_id)
    return (await unit.execute(mine if come else mine.where(roster.c.used_by == 0))).rowcount
