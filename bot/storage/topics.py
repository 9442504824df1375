"""The topics of a forum, and which kind of post goes to which; nothing is sent from here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import delete, select

from bot.storage.tables import clean, topic_purposes, topics
from bot.storage.unit import Sql, Unit
from rules.conduct.effects import Planned, Say

GENERAL = 1
# What each post of the group is for, as a purpose that can be bound to a topic.
PURPOSE_OF = {
    "pinned": "announcement",
    "prompt": "checkin",
    "welcome": "welcome",
    "notice": "reminder",
    "asked": "reminder",
}
BOUND = Sql(
    "SELECT purpose, thread_id FROM topic_purposes WHERE group_id = ?1",
    "SELECT purpose, thread_id FROM topic_purposes WHERE group_id = $1",
)


class TopicRow(NamedTuple):
    group_id: int
    thread_id: int
    name: str
    closed: bool


async def note(
    unit: Unit, group_id: int, thread_id: int, *, name: str | None = None, closed: bool | None = None
) -> None:
    """What is None stays as it was."""
    known = await get(unit, group_id, thread_id) or TopicRow(group_id, thread_id, "", closed=False)
    row = known._replace(
        name=known.name if name is None else clean(name), closed=known.closed if closed is None else closed
    )
    insert = unit.insert(topics).values(row._asdict())
    new = {"name": row.name, "closed": row.closed}
    await unit.execute(insert.on_conflict_do_update(index_elements=["group_id", "thread_id"], set_=new))


async def get(unit: Unit, group_id: int, thread_id: int) -> TopicRow | None:
    found = select(topics).where(topics.c.group_id == group_id, topics.c.thread_id == thread_id)
    row = (await unit.execute(found)).first()
    return None if row is None else TopicRow._make(row)


async def of_group(unit: Unit, group_id: int) -> dict[int, TopicRow]:
    rows = await unit.execute(select(topics).where(topics.c.group_id == group_id).order_by(topics.c.thread_id))
    return {row.thread_id: TopicRow._make(row) for row in rows}


async def forget(unit: Unit, group_id: int, thread_id: int) -> list[str]:
    """The topic is gone; the purposes that were bound to it."""
    await unit.execute(delete(topics).where(topics.c.group_id == group_id, topics.c.thread_id == thread_id))
    there = (topic_purposes.c.group_id == group_id, topic_purposes.c.thread_id == thread_id)
    freed = await unit.execute(delete(topic_purposes).where(*there).returning(topic_purposes.c.purpose))
    return sorted(row.purpose for row in freed)


async def bind(unit: Unit, group_id: int, purpose: str, thread_id: int, by: int, at: int) -> None:
    row = {"group_id": group_id, "purpose": clean(purpose), "thread_id": thread_id, "set_by": by, "at": at}
    insert = unit.insert(topic_purposes).values(row)
    await unit.execute(insert.on_conflict_do_update(index_elements=["group_id", "purpose"], set_=row))


async def unbind(unit: Unit, group_id: int, purpose: str) -> bool:
    mine = (topic_purposes.c.group_id == group_id, topic_purposes.c.purpose == clean(purpose))
    return (await unit.execute(delete(topic_purposes).where(*mine))).rowcount > 0


async def bound(unit: Unit, group_id: int) -> dict[str, int]:
    """The topic of each purpose that has one."""
    return {str(row[0]): int(row[1]) for row in await unit.fetch(BOUND, group_id)}


async def placed(unit: Unit, group_id: int | None, planned: Sequence[Planned]) -> Sequence[Planned]:
    """Posts of the group, each in the topic its purpose is bound to; an answer stays where it was asked."""
    if group_id is None or not any(purpose_of(plan) for plan in planned):
        return planned
    threads = await bound(unit, group_id)
    return [moved(plan, threads) for plan in planned] if threads else planned


def purpose_of(plan: Planned) -> str:
    act = plan.act
    return PURPOSE_OF.get(act.purpose, "") if isinstance(act, Say) and not (act.to_user or act.to_chat) else ""


def moved(plan: Planned, threads: Mapping[str, int]) -> Planned:
    thread = threads.get(purpose_of(plan), 0)
    if not thread or not isinstance(plan.act, Say):
        return plan
    # A reply stands where its original does.
    return plan._replace(act=replace(plan.act, thread=thread, reply_to=0))
