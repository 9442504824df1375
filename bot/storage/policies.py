"""What was decided, as versions of changes: for the whole installation, and for each group."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from sqlalchemy import or_, select, update

from bot.storage import codec
from bot.storage.tables import clean, groups, policies
from bot.storage.unit import Unit

CHANGED = "policies"

Scope = Literal["installation", "group"]


class PolicyLayers(NamedTuple):
    """What stands after all versions; `version` is the last of them, 0 where there is none."""

    installation: dict[str, Any]
    group: dict[str, Any]
    version: int


class PolicyRow(NamedTuple):
    """One version: `changes` by key, None where a value was taken back."""

    id: int
    scope: str
    scope_id: int
    changes: dict[str, Any]
    author: int
    at: int
    reason: str = ""


COLUMNS = [policies.c[name] for name in PolicyRow._fields]


async def put(
    unit: Unit, scope: Scope, scope_id: int, changes: Mapping[str, Any], author: int, at: int, reason: str = ""
) -> int:
    """A new version; its number. A change to None gives the key back to the layer below."""
    values = {
        "scope": scope, "scope_id": scope_id, "changes": codec.encode_table(dict(changes)), "author": author, "at": at,
        "reason": clean(reason),
    }  # fmt: skip
    insert = unit.insert(policies).values(values).returning(policies.c.id)
    version = int(await unit.scalar(insert))
    unit.touched.add(CHANGED)
    if scope == "group":
        await unit.execute(update(groups).where(groups.c.id == scope_id).values(policy_version=version))
    return version


async def current(unit: Unit, group_id: int) -> PolicyLayers:
    mine = or_(policies.c.scope == "installation", policies.c.scope_id == group_id)
    rows = await some(unit, mine, order=policies.c.id)
    version = rows[-1].id if rows else 0
    return PolicyLayers(
        folded(row.changes for row in rows if row.scope == "installation"),
        folded(row.changes for row in rows if row.scope == "group"),
        version,
    )


def folded(versions: Iterable[dict[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for changes in versions:
        whole = laid_over(whole, changes)
    return whole


def laid_over(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Tables merge by key, lists and all else replace, None takes away."""
    whole = dict(below)
    for key, value in above.items():
        under = whole.get(key)
        if value is None:
            whole.pop(key, None)
        else:
            whole[key] = laid_over(under, value) if isinstance(value, dict) and isinstance(under, dict) else value
    return whole


async def history(
    unit: Unit, scope: Scope, scope_id: int, limit: int | None = 20, *, until: int | None = None
) -> list[PolicyRow]:
    """The newest first; `until` is the last version that is asked about."""
    mine = [policies.c.scope == scope, policies.c.scope_id == scope_id]
    mine += [] if until is None else [policies.c.id <= until]
    return await some(unit, *mine, order=policies.c.id.desc(), limit=limit)


async def own_at(unit: Unit, group_id: int, version: int) -> dict[str, Any]:
    """What the group had decided itself when that version was its newest."""
    return folded(row.changes for row in reversed(await history(unit, "group", group_id, None, until=version)))


async def some(unit: Unit, *conditions: Any, order: Any, limit: int | None = None) -> list[PolicyRow]:
    rows = await unit.execute(select(*COLUMNS).where(*conditions).order_by(order).limit(limit))
    return [row._replace(changes=codec.decode_table(str(row.changes))) for row in map(PolicyRow._make, rows)]
