"""Invite links the bot made: for whom and why, by the act that makes them, until they are used or closed."""

from typing import Any, NamedTuple

from sqlalchemy import select, update

from bot.storage.tables import links
from bot.storage.unit import Unit


class LinkRow(NamedTuple):
    """`used_at` and `revoked_at` are 0 while it may still be used; `expires_at` 0: it has no end."""

    id: int
    group_id: int
    purpose: str
    user_id: int
    decision_id: int | None
    act_id: int | None
    created_at: int
    expires_at: int
    used_by: int
    used_at: int
    revoked_at: int


COLUMNS = [links.c[name] for name in LinkRow._fields]
OPEN = (links.c.used_at == 0, links.c.revoked_at == 0)


async def add(
    unit: Unit, *, group_id: int, user_id: int, purpose: str, act_id: int, decision_id: int | None, at: int,
    expires_at: int,
) -> int:  # fmt: skip
    """Once for an act, however often it is asked for."""
    known = await some(unit, links.c.act_id == act_id)
    if known:
        return known[0].id
    row = {
        "group_id": group_id, "purpose": purpose, "user_id": user_id, "decision_id": decision_id, "act_id": act_id,
        "url": "", "created_at": at, "expires_at": expires_at, "used_by": 0, "used_at": 0, "revoked_at": 0,
    }  # fmt: skip
    return int(await unit.scalar(unit.insert(links).values(row).returning(links.c.id)))


async def get(unit: Unit, link_id: int) -> LinkRow | None:
    return next(iter(await some(unit, links.c.id == link_id)), None)


async def open_for(unit: Unit, group_id: int, user_id: int) -> list[LinkRow]:
    """Those by which that person may still come in."""
    return await some(unit, links.c.group_id == group_id, links.c.user_id == user_id, *OPEN)


async def of_decision(unit: Unit, decision_id: int) -> list[LinkRow]:
    return await some(unit, links.c.decision_id == decision_id)


async def close(unit: Unit, link_id: int, at: int, used_by: int = 0) -> bool:
    """Used by somebody, or taken back; False where it was closed before."""
    new = {"used_by": used_by, "used_at": at} if used_by else {"revoked_at": at}
    one = update(links).where(links.c.id == link_id, *OPEN)
    return (await unit.execute(one.values(new))).rowcount > 0


async def some(unit: Unit, *conditions: Any) -> list[LinkRow]:
    rows = await unit.execute(select(*COLUMNS).where(*conditions).order_by(links.c.id))
    return [LinkRow._make(row) for row in rows]
