"""Checks the books against themselves; changes nothing."""

from typing import Any

from sqlalchemy import Select, func, or_, select

from bot.storage.tables import SETTLING, decisions, entries, postings, transactions
from bot.storage.unit import Unit

opened, other = entries.alias(), decisions.alias()

UNBALANCED = (
    select(postings.c.transaction_id)
    .group_by(postings.c.transaction_id, postings.c.unit)
    .having(func.sum(postings.c.amount) != 0)
)
EMPTY = (
    select(transactions.c.id)
    .outerjoin(postings, postings.c.transaction_id == transactions.c.id)
    .where(postings.c.line.is_(None))
)
ABROAD = (
    select(postings.c.transaction_id)
    .join(transactions, transactions.c.id == postings.c.transaction_id)
    .where(postings.c.group_id != transactions.c.group_id)
)
STRAY_ENDS = (
    select(entries.c.id)
    .outerjoin(opened, opened.c.id == entries.c.ref)
    .where(entries.c.kind.in_(SETTLING), or_(opened.c.id.is_(None), opened.c.kind != "fine_opened"))
)
STRANGERS = (
    select(entries.c.id)
    .join(decisions, decisions.c.id == entries.c.decision_id)
    .where(or_(decisions.c.group_id != entries.c.group_id, decisions.c.user_id != entries.c.user_id))
)
UNREVERSED = (
    select(decisions.c.id)
    .outerjoin(other, other.c.reverses == decisions.c.id)
    .where(decisions.c.state == "reversed", other.c.id.is_(None))
)

CHECKS: tuple[tuple[str, "Select[Any]"], ...] = (
    ("transaction {} does not sum to zero", UNBALANCED),
    ("transaction {} moves nothing", EMPTY),
    ("transaction {} moves points between groups", ABROAD),
    ("entry {} ends a fine that is none", STRAY_ENDS),
    ("entry {} is of another person than its decision", STRANGERS),
    ("decision {} is marked as taken back, but nothing took it back", UNREVERSED),
)


async def check(unit: Unit) -> list[str]:
    """What is wrong, a line each; empty where the books are sound."""
    return [
        words.format(number)
        for words, question in CHECKS
        for number in (await unit.execute(question.order_by(question.selected_columns[0]))).scalars()
    ]
