"""The bot's own roles, in one group or over all of one owner's; they need no rights in Telegram; group 0 is the whole
installation. A role whose end is past is nobody's, from that second on."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, delete, literal, or_, select

from bot.storage.tables import clean, groups, owner_roles, roles
from bot.storage.unit import Sql, Unit
from rules.conduct.effects import DAY

OPERATOR = "operator"
EVERYWHERE = 0

OF_MANY = Sql(
    "SELECT r.group_id, r.user_id, r.role FROM json_each(?1) AS k CROSS JOIN roles AS r "
    "ON r.group_id = json_extract(k.value, '$[0]') AND r.user_id = json_extract(k.value, '$[1]') "
    "WHERE r.until = 0 OR r.until > ?2 "
    "UNION SELECT g.id, r.user_id, r.role FROM json_each(?1) AS k CROSS JOIN groups AS g "
    "ON g.id = json_extract(k.value, '$[0]') JOIN owner_roles AS r "
    "ON r.owner_id = g.owner_id AND r.user_id = json_extract(k.value, '$[1]') "
    "WHERE g.owner_id <> 0 AND (r.until = 0 OR r.until > ?2)",
    "SELECT r.group_id, r.user_id, r.role FROM unnest($1::bigint[], $2::bigint[]) AS k(group_id, user_id) "
    "JOIN roles AS r ON r.group_id = k.group_id AND r.user_id = k.user_id WHERE r.until = 0 OR r.until > $3 "
    "UNION SELECT g.id, r.user_id, r.role FROM unnest($1::bigint[], $2::bigint[]) AS k(group_id, user_id) "
    "JOIN groups AS g ON g.id = k.group_id "
    "JOIN owner_roles AS r ON r.owner_id = g.owner_id AND r.user_id = k.user_id "
    "WHERE g.owner_id <> 0 AND (r.until = 0 OR r.until > $3)",
)


class RoleRow(NamedTuple):
    """`until` is the end in Unix seconds, 0 for none."""

    group_id: int
    user_id: int
    role: str
    granted_by: int
    granted_at: int
    until: int


OF_OWNER = [literal(EVERYWHERE), *(owner_roles.c[name] for name in RoleRow._fields[1:])]


async def of(unit: Unit, user_id: int, group_id: int, at: int) -> frozenset[str]:
    return (await of_many(unit, [(group_id, user_id)], at)).get((group_id, user_id), frozenset())


async def of_many(unit: Unit, keys: Collection[tuple[int, int]], at: int) -> dict[tuple[int, int], frozenset[str]]:
    """Roles of (group, person) that hold at that moment; those without any are left out."""
    if not keys:
        return {}
    found: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for group_id, user_id, role in await unit.fetch(OF_MANY, *unit.pairs(keys), at):
        found[group_id, user_id].add(role)
    return {key: frozenset(held) for key, held in found.items()}


async def holders(unit: Unit, group_id: int, at: int, names: Collection[str] = ()) -> frozenset[int]:
    """Everybody who holds a role in that group, or over all groups of its owner; `names`: one of these."""
    return frozenset(row.user_id for row in await of_group(unit, group_id, at) if not names or row.role in names)


async def of_group(unit: Unit, group_id: int, at: int) -> list[RoleRow]:
    """What is held there now: first over all groups of its owner (told by group 0), then in the group itself."""
    owned = select(groups.c.owner_id).where(groups.c.id == group_id, groups.c.owner_id != 0).scalar_subquery()
    everywhere = select(*OF_OWNER).where(owner_roles.c.owner_id == owned, lasting(owner_roles, at))
    here = select(roles).where(roles.c.group_id == group_id, lasting(roles, at))
    found = [tuple(row) for asked in (everywhere, here) for row in await unit.execute(asked)]
    return [RoleRow(*row) for row in sorted(found, key=lambda row: (row[0], row[4], row[1]))]


def lasting(table: Table, at: int) -> ColumnElement[bool]:
    return or_(table.c.until == 0, table.c.until > at)


async def grant(unit: Unit, group_id: int, user_id: int, role: str, by: int, at: int, until: int = 0) -> None:
    await put(unit, roles, {"group_id": group_id}, RoleRow(group_id, user_id, role, by, at, until))


async def grant_all(unit: Unit, owner_id: int, user_id: int, role: str, by: int, at: int, until: int = 0) -> None:
    """Over all groups of that owner, those of later as well."""
    await put(unit, owner_roles, {"owner_id": owner_id}, RoleRow(EVERYWHERE, user_id, role, by, at, until))


async def put(unit: Unit, table: Table, where: dict[str, int], row: RoleRow) -> None:
    new = {"granted_by": row.granted_by, "granted_at": row.granted_at, "until": row.until}
    keys = [*where, "user_id", "role"]
    values = {**where, "user_id": row.user_id, "role": row.role, **new}
    await unit.execute(unit.insert(table).values(values).on_conflict_do_update(index_elements=keys, set_=new))


async def revoke(unit: Unit, group_id: int, user_id: int, role: str) -> bool:
    """False where the role was not held."""
    return await drop(unit, roles.c.group_id == group_id, roles, user_id, role)


async def revoke_all(unit: Unit, owner_id: int, user_id: int, role: str) -> bool:
    """False where it was not held over all groups of that owner."""
    return await drop(unit, owner_roles.c.owner_id == owner_id, owner_roles, user_id, role)


async def drop(unit: Unit, where: ColumnElement[bool], table: Table, user_id: int, role: str) -> bool:
    one = and_(where, table.c.user_id == user_id, table.c.role == clean(role))
    return (await unit.execute(delete(table).where(one))).rowcount > 0


async def ended(unit: Unit, group_id: int, user_id: int, at: int) -> list[RoleRow]:
    """Take away what has run out of that person's roles, in the group and over its owner's; what it was."""
    owned = select(groups.c.owner_id).where(groups.c.id == group_id).scalar_subquery()
    over = ((roles, roles.c.group_id == group_id, roles), (owner_roles, owner_roles.c.owner_id == owned, OF_OWNER))
    found: list[RoleRow] = []
    for table, where, columns in over:
        mine = (where, table.c.user_id == user_id, table.c.until > 0, table.c.until <= at)
        asked = select(*columns) if isinstance(columns, list) else select(columns)
        found += [RoleRow(*row) for row in await unit.execute(asked.where(*mine))]
        await unit.execute(delete(table).where(*mine))
    return found


async def operators(unit: Unit) -> frozenset[int]:
    """Who runs the installation beside those named in the configuration."""
    found = select(roles.c.user_id).where(roles.c.group_id == EVERYWHERE, roles.c.role == OPERATOR)
    return frozenset((await unit.execute(found)).scalars())


async def expire(unit: Unit, now: int) -> int:
    """A day after their end: at its second the calendar takes them away and says so."""
    gone = 0
    for table in (roles, owner_roles):
        over = delete(table).where(table.c.until > 0, table.c.until <= now - DAY)
        gone += (await unit.execute(over)).rowcount
    return gone
