"""Answers to keywords: what a group answers by itself, how often it did, and when last."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from sqlalchemy import case, delete, func, select, update

from bot.storage.tables import acts, replies
from bot.storage.unit import Unit

Kind = Literal["contains", "whole", "pattern"]
SAID = "reply"


class ReplyRow(NamedTuple):
    """`pattern` holds the words (separated by 、) or the pattern as typed; `last_at` 0: never said."""

    id: int
    group_id: int
    kind: Kind
    pattern: str
    answer: str
    pause_seconds: int
    enabled: bool
    hits: int
    last_at: int
    created_by: int
    created_at: int


COLUMNS = [replies.c[name] for name in ReplyRow._fields]


async def of_group(unit: Unit, group_id: int) -> list[ReplyRow]:
    """The oldest first, those that are switched off too."""
    found = select(*COLUMNS).where(replies.c.group_id == group_id).order_by(replies.c.id)
    return [ReplyRow._make(row)._replace(enabled=bool(row.enabled)) for row in await unit.execute(found)]


async def add(unit: Unit, group_id: int, kind: str, pattern: str, answer: str, pause: int, by: int, at: int) -> int:
    row = {
        "group_id": group_id, "kind": kind, "pattern": pattern, "answer": answer, "pause_seconds": pause,
        "enabled": True, "hits": 0, "last_at": 0, "created_by": by, "created_at": at,
    }  # fmt: skip
    return int(await unit.scalar(unit.insert(replies).values(row).returning(replies.c.id)))


async def change(unit: Unit, group_id: int, reply_id: int, **columns: Any) -> bool:
    """False where the group has no such reply any more."""
    one = update(replies).where(replies.c.id == reply_id, replies.c.group_id == group_id)
    return (await unit.execute(one.values(columns))).rowcount > 0


async def remove(unit: Unit, group_id: int, reply_id: int) -> bool:
    one = delete(replies).where(replies.c.id == reply_id, replies.c.group_id == group_id)
    return (await unit.execute(one)).rowcount > 0


async def hit(unit: Unit, counts: Mapping[int, int]) -> None:
    """So many messages of a batch had the words of each."""
    some = update(replies).where(replies.c.id.in_(sorted(counts)))
    more = case(*((replies.c.id == number, count) for number, count in counts.items()), else_=0)
    await unit.execute(some.values(hits=replies.c.hits + more))


async def take_turn(unit: Unit, reply_id: int, at: int) -> bool:
    """False while its pause lasts: it was said a moment ago."""
    free = replies.c.last_at + replies.c.pause_seconds <= at
    one = update(replies).where(replies.c.id == reply_id, free).values(last_at=at)
    return (await unit.execute(one)).rowcount > 0


async def said_since(unit: Unit, group_id: int, since: int) -> int:
    """How many answers to keywords the group got."""
    ours = (acts.c.group_id == group_id, acts.c.kind == "Say", acts.c.key.like(f"{SAID}:{int(group_id)}:%"))
    return int(await unit.scalar(select(func.count()).select_from(acts).where(acts.c.created_at >= since, *ours)))
