"""Fines as the books know them: opened by an entry, ended by one other entry."""

from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, exists, func, select

from bot.storage.tables import entries
from bot.storage.unit import Unit


class FineRow(NamedTuple):
    """`settled` is the kind of the entry that ended it, "" while it is open; `voided`: its decision was taken back."""

    entry_id: int
    decision_id: int
    group_id: int
    user_id: int
    rule: str
    at: int
    amount: int
    unit: str
    shares: int
    due_at: int
    settled: str
    overdue: bool
    voided: bool


ends, overdue, void, unvoid = entries.alias(), entries.alias(), entries.alias(), entries.alias()
SETTLED = func.coalesce(ends.c.kind, "")
OVERDUE = exists().where(overdue.c.kind == "fine_overdue", overdue.c.ref == entries.c.id)
VOIDED = exists().where(
    void.c.kind == "void", void.c.ref == entries.c.decision_id,
    ~exists().where(unvoid.c.kind == "void", unvoid.c.ref == void.c.decision_id).correlate(void),
)  # fmt: skip


def fines() -> "Select[Any]":
    opened = [entries.c.id, *(entries.c[name] for name in FineRow._fields[1:10])]
    return (
        select(*opened, SETTLED, OVERDUE, VOIDED)
        .outerjoin(ends, ends.c.settles == entries.c.id)
        .where(entries.c.kind == "fine_opened")
        .order_by(entries.c.id)
    )


async def fine(unit: Unit, entry_id: int) -> FineRow | None:
    row = (await unit.execute(fines().where(entries.c.id == entry_id))).first()
    return None if row is None else row_of(row)


async def open_fines(unit: Unit, group_id: int, user_id: int | None = None) -> list[FineRow]:
    """Neither ended nor taken back; the oldest first."""
    here = entries.c.group_id == group_id
    mine = here if user_id is None else and_(here, entries.c.user_id == user_id)
    return [row_of(row) for row in await unit.execute(fines().where(mine, ends.c.id.is_(None), ~VOIDED))]


def row_of(row: "Row[Any]") -> FineRow:
    found = FineRow._make(row)
    return found._replace(overdue=bool(found.overdue), voided=bool(found.voided))
