"""What of a fair procedure fades: words of appeals, answers, links; and how long each table keeps what it holds."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Table, delete, or_, select, update

from bot.storage.tables import (
    appeals,
    audit,
    cares,
    confirmations,
    links,
    quarrel_messages,
    quarrels,
    roster,
)
from bot.storage.unit import Unit
from rules.conduct.effects import DAY

LINK_DAYS, CONFIRMATION_DAYS, CARE_DAYS = 90, 7, 400
AT_ONCE = 1_000
OPEN_CARE = ("offered", "inside", "ready")

Part = Callable[[Unit], Awaitable[int]]


def removals(now: int, text_days: int) -> tuple[Part, ...]:
    """Rows that nobody asks for any more."""
    old = now - text_days * DAY
    settled = select(quarrels.c.id).where(quarrels.c.state == "closed", quarrels.c.closed_at < old)
    unused = or_(links.c.used_at > 0, links.c.revoked_at > 0, links.c.expires_at < now)
    over = (
        (links, (links.c.created_at < now - LINK_DAYS * DAY) & unused),
        (confirmations, confirmations.c.at < now - CONFIRMATION_DAYS * DAY),
        (quarrel_messages, quarrel_messages.c.quarrel_id.in_(settled)),
        (cares, cares.c.state.not_in(OPEN_CARE) & (cares.c.ended_at < now - CARE_DAYS * DAY)),
    )
    return tuple(removing(table, gone) for table, gone in over)


def erasures(now: int, text_days: int) -> tuple[Part, ...]:
    """Words and names, `text_days` after the matter was closed."""
    old = now - text_days * DAY
    # What a measure was for stands with the decision, whose words go at the same time.
    reasons = audit.c.after.contains('"reason":"') & ~audit.c.after.contains('"reason":""')
    return (
        erasing(appeals, (appeals.c.state != "open") & (appeals.c.decided_at < old), {"words": "", "reason": ""}),
        erasing(roster, (roster.c.used_at > 0) & (roster.c.used_at < old), {"username": "", "name": "", "note": ""}),
        erasing(links, (links.c.used_at > 0) | (links.c.revoked_at > 0) | (links.c.expires_at < now), {"url": ""}),
        erasing(audit, (audit.c.at < old) & (audit.c.target_id != 0) & reasons, {"before": "", "after": ""}),
    )


def removing(table: Table, gone: Any) -> Part:
    async def part(unit: Unit) -> int:
        return (await unit.execute(delete(table).where(gone))).rowcount

    return part


def erasing(table: Table, fades: Any, empty: dict[str, Any]) -> Part:
    """Only what is not empty yet, a thousand at a time."""
    there = or_(*(table.c[name] != value for name, value in empty.items()))

    async def part(unit: Unit) -> int:
        some = select(table.c.id).where(fades, there).limit(AT_ONCE)
        ids = list((await unit.execute(some)).scalars())
        await unit.execute(update(table).where(table.c.id.in_(ids)).values(empty))
        return len(ids)

    return part
