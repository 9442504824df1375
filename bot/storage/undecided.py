"""Updates that could not be decided, kept with their raw text until somebody mends the cause."""

from typing import NamedTuple

from sqlalchemy import delete, select, update

from bot.storage.tables import undecided
from bot.storage.unit import Unit, missing


class UndecidedRow(NamedTuple):
    """`raw` is the update as Telegram sent it; `reason` names the error, without personal data."""

    id: int
    bot_id: int
    update_id: int
    reason: str
    raw: str
    at: int


COLUMNS = [undecided.c[name] for name in UndecidedRow._fields]


async def add(unit: Unit, bot_id: int, update_id: int, reason: str, raw: str, at: int) -> None:
    values = {"bot_id": bot_id, "update_id": update_id, "reason": reason, "raw": raw, "at": at}
    await unit.execute(missing(unit, undecided).values(values))


async def pending(unit: Unit, limit: int) -> list[UndecidedRow]:
    """The oldest first."""
    found = select(*COLUMNS).where(undecided.c.resolved_at.is_(None)).order_by(undecided.c.id).limit(limit)
    return [UndecidedRow._make(row) for row in await unit.execute(found)]


async def resolve(unit: Unit, row_id: int, at: int) -> bool:
    """It was decided after all, and its raw text is no longer needed; False where somebody did so before."""
    one = update(undecided).where(undecided.c.id == row_id, undecided.c.resolved_at.is_(None))
    return (await unit.execute(one.values(resolved_at=at, raw=""))).rowcount > 0


async def trim(unit: Unit, before: int) -> int:
    return (await unit.execute(delete(undecided).where(undecided.c.at < before))).rowcount
