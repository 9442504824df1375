"""The bot's own roles, which need no rights in Telegram; group 0 is the whole installation."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import and_, delete, select

from bot.storage.tables import clean, roles
from bot.storage.unit import Sql, Unit

OPERATOR = "operator"
EVERYWHERE = 0

OF_MANY = Sql(
    "SELECT r.group_id, r.user_id, r.role FROM json_each(?1) AS k CROSS JOIN roles AS r "
    "ON r.group_id = json_extract(k.value, '$[0]') AND r.user_id = json_extract(k.value, '$[1]')",
    "SELECT r.group_id, r.user_id, r.role FROM unnest($1::bigint[], $2::bigint[]) AS k(group_id, user_id) "
    "JOIN roles AS r ON r.group_id = k.group_id AND r.user_id = k.user_id",
)


class RoleRow(NamedTuple):
    """`until` is the end in Unix seconds, 0 for none."""

    group_id: int
    user_id: int
    role: str
    granted_by: int
    granted_at: int
    until: int


async def of(unit: Unit, user_id: int, group_id: int) -> frozenset[str]:
    return (await of_many(unit, [(group_id, user_id)])).get((group_id, user_id), frozenset())


async def of_many(unit: Unit, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], frozenset[str]]:
    """Roles of (group, person); those without any are left out."""
    if not keys:
        return {}
    found: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for group_id, user_id, role in await unit.fetch(OF_MANY, *unit.pairs(keys)):
        found[group_id, user_id].add(role)
    return {key: frozenset(held) for key, held in found.items()}


async def holders(unit: Unit, group_id: int) -> frozenset[int]:
    """Everybody who holds a role of that group."""
    found = select(roles.c.user_id).where(roles.c.group_id == group_id)
    return frozenset((await unit.execute(found)).scalars())


async def grant(unit: Unit, group_id: int, user_id: int, role: str, by: int, at: int, until: int = 0) -> None:
    row = RoleRow(group_id, user_id, role, by, at, until)._asdict()
    new = {"granted_by": by, "granted_at": at, "until": until}
    keys = ["group_id", "user_id", "role"]
    await unit.execute(unit.insert(roles).values(row).on_conflict_do_update(index_elements=keys, set_=new))


async def revoke(unit: Unit, group_id: int, user_id: int, role: str) -> bool:
    """False where the role was not held."""
    one = and_(roles.c.group_id == group_id, roles.c.user_id == user_id, roles.c.role == clean(role))
    return (await unit.execute(delete(roles).where(one))).rowcount > 0


async def operators(unit: Unit) -> frozenset[int]:
    """Who owns the installation beside those named in the configuration."""
    found = select(roles.c.user_id).where(roles.c.group_id == EVERYWHERE, roles.c.role == OPERATOR)
    return frozenset((await unit.execute(found)).scalars())


async def expire(unit: Unit, now: int) -> int:
    return (await unit.execute(delete(roles).where(roles.c.until > 0, roles.c.until <= now))).rowcount
