"""Who did what to whom, before and after: rows that only grow."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, select

from bot.storage import codec
from bot.storage.tables import audit, clean
from bot.storage.unit import Unit

REFUSED = "refused"


class AuditRow(NamedTuple):
    """`group_id` and `target_id` are 0 where the action was about none."""

    id: int
    at: int
    actor_kind: str
    actor_id: int
    action: str
    group_id: int
    target_id: int
    before: dict[str, Any]
    after: dict[str, Any]


async def add(
    unit: Unit, *, at: int, actor_kind: str, actor_id: int, action: str, group_id: int | None = None,
    target_id: int | None = None, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    row = {
        "at": at, "actor_kind": actor_kind, "actor_id": actor_id, "action": action, "group_id": group_id or 0,
        "target_id": target_id or 0, "before": told(before), "after": told(after),
    }  # fmt: skip
    await unit.execute(unit.insert(audit).values(row))


def told(facts: Mapping[str, Any] | None) -> str:
    return codec.encode_table(dict(facts)) if facts else ""


def read(text: str) -> dict[str, Any]:
    return codec.decode_table(text) if text else {}


async def of(
    unit: Unit, *, group_id: int | None = None, target_id: int | None = None, actor_id: int | None = None,
    action: str | None = None, since: int = 0, limit: int = 50, refused: bool | None = None,
) -> list[AuditRow]:  # fmt: skip
    """Rows that fit all that is given, the newest first; `refused`: only what was not allowed, or nothing of it."""
    fitting = conditions(group_id, target_id, actor_id, action)
    if refused is not None:
        fitting.append(audit.c.action == REFUSED if refused else audit.c.action != REFUSED)
    found = select(audit).where(audit.c.at >= since, *fitting).order_by(audit.c.id.desc()).limit(limit)
    rows = map(AuditRow._make, await unit.execute(found))
    return [row._replace(before=read(str(row.before)), after=read(str(row.after))) for row in rows]


async def of_groups(
    unit: Unit, group_ids: Collection[int], since: int, limit: int, *, refused: bool = True
) -> list[AuditRow]:
    """Of these groups and no others, the newest first; without `refused` nothing that was not allowed."""
    found = select(audit).where(audit.c.at >= since, audit.c.group_id.in_(sorted(group_ids)))
    if not refused:
        found = found.where(audit.c.action != REFUSED)
    rows = map(AuditRow._make, await unit.execute(found.order_by(audit.c.id.desc()).limit(limit)))
    return [row._replace(before=read(str(row.before)), after=read(str(row.after))) for row in rows]


async def count(unit: Unit, *, actor_id: int, action: str, since: int, group_id: int | None = None) -> int:
    """How often somebody did it since then."""
    fitting = conditions(group_id, None, actor_id, action)
    found = select(func.count()).select_from(audit).where(audit.c.at >= since, *fitting)
    return int(await unit.scalar(found))


def conditions(group_id: int | None, target_id: int | None, actor_id: int | None, action: str | None) -> list[Any]:
    given = {"group_id": group_id, "target_id": target_id, "actor_id": actor_id, "action": action and clean(action)}
    return [audit.c[name] == value for name, value in given.items() if value is not None]
