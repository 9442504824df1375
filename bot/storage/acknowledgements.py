"""That somebody read a notice, by [我知道了] or by a choice under it: once for each decision, and never taken back."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from bot.storage.tables import acknowledgements
from bot.storage.unit import Unit


class AckRow(NamedTuple):
    decision_id: int
    user_id: int
    at: int


async def put(unit: Unit, decision_id: int, user_id: int, at: int) -> bool:
    """False where it was known before; the first time counts."""
    new = unit.insert(acknowledgements).values(decision_id=decision_id, user_id=user_id, at=at)
    return (await unit.execute(new.on_conflict_do_nothing())).rowcount > 0


async def of(unit: Unit, decision_ids: Collection[int]) -> dict[int, AckRow]:
    found = select(acknowledgements).where(acknowledgements.c.decision_id.in_(sorted(decision_ids)))
    return {row.decision_id: AckRow._make(row) for row in await unit.execute(found)}
