"""Questions to the group that wait for an answer: where they stand and when they were answered, never what they say."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import delete, select, update

from bot.storage.tables import questions
from bot.storage.unit import Unit, missing


class QuestionRow(NamedTuple):
    """`state` is open, answered, repeated or over; 0: not repeated, not answered."""

    group_id: int
    message_id: int
    user_id: int
    thread_id: int
    at: int
    state: str
    repeated_at: int
    answered_at: int


COLUMNS = [questions.c[name] for name in QuestionRow._fields]
UNANSWERED = ("open", "repeated")


async def add(unit: Unit, row: QuestionRow) -> None:
    await unit.execute(missing(unit, questions).values(row._asdict()))


async def waiting(unit: Unit, group_id: int, since: int = 0) -> list[QuestionRow]:
    """Those that nobody has answered yet, the oldest first."""
    here = (questions.c.group_id == group_id, questions.c.state.in_(UNANSWERED), questions.c.at >= since)
    rows = await unit.execute(select(*COLUMNS).where(*here).order_by(questions.c.message_id))
    return [QuestionRow._make(row) for row in rows]


async def answered(unit: Unit, group_id: int, message_ids: Collection[int], at: int) -> None:
    some = update(questions).where(questions.c.group_id == group_id, questions.c.message_id.in_(sorted(message_ids)))
    await unit.execute(some.where(questions.c.state.in_(UNANSWERED)).values(state="answered", answered_at=at))


async def become(unit: Unit, group_id: int, message_ids: Collection[int], state: str, at: int) -> None:
    """From open to `state`."""
    some = update(questions).where(questions.c.group_id == group_id, questions.c.message_id.in_(sorted(message_ids)))
    await unit.execute(some.where(questions.c.state == "open").values(state=state, repeated_at=at))


async def since(unit: Unit, group_id: int, begin: int) -> list[QuestionRow]:
    """All that were asked since then, however they ended."""
    rows = await unit.execute(
        select(*COLUMNS).where(questions.c.group_id == group_id, questions.c.at >= begin).order_by(questions.c.at)
    )
    return [QuestionRow._make(row) for row in rows]


async def trim(unit: Unit, before: int) -> int:
    return (await unit.execute(delete(questions).where(questions.c.at < before))).rowcount
