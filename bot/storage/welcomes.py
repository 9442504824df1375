"""Who joined and was not greeted yet, and which post greeted the last ones."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from bot.storage.tables import acts, tickets, welcome_joins, welcome_posts
from bot.storage.unit import Unit, missing
from rules.conduct.raids import RULE

WAITING = welcome_joins.c.act_id.is_(None)


class WaitingRow(NamedTuple):
    id: int
    group_id: int
    user_id: int
    name: str
    at: int


class Wave(NamedTuple):
    """Who waits for one greeting: when the first and the last joined; when the group was last greeted (0: never).

    `asked_at`: when leaders were asked about many who joined at once, and have not answered (0: they are not asked).
    """

    group_id: int
    first_at: int
    last_at: int
    last_post: int
    asked_at: int = 0


COLUMNS = [welcome_joins.c[name] for name in WaitingRow._fields]


async def add(unit: Unit, group_id: int, user_id: int, name: str, at: int) -> None:
    """Again while waiting: still greeted once."""
    row = {"group_id": group_id, "user_id": user_id, "name": name, "at": at}
    await unit.execute(missing(unit, welcome_joins).values(row))


async def remove(unit: Unit, group_id: int, user_id: int) -> None:
    mine = (welcome_joins.c.group_id == group_id, welcome_joins.c.user_id == user_id)
    await unit.execute(delete(welcome_joins).where(WAITING, *mine))


async def forget(unit: Unit, group_id: int, people: Sequence[int]) -> None:
    """None of them is greeted any more."""
    mine = (welcome_joins.c.group_id == group_id, welcome_joins.c.user_id.in_(list(people)))
    await unit.execute(delete(welcome_joins).where(WAITING, *mine))


async def waiting(unit: Unit, group_id: int) -> list[WaitingRow]:
    """The first who came first."""
    found = select(*COLUMNS).where(WAITING, welcome_joins.c.group_id == group_id).order_by(welcome_joins.c.id)
    return [WaitingRow._make(row) for row in await unit.execute(found)]


async def waves(unit: Unit) -> dict[int, Wave]:
    """Every group in which somebody waits."""
    joined, latest = welcome_joins.c, func.coalesce(func.max(welcome_posts.c.at), 0)
    raid = (tickets.c.kind == RULE, tickets.c.state == "open", tickets.c.group_id == joined.group_id)
    asked = select(func.coalesce(func.max(tickets.c.opened_at), 0)).where(*raid)
    found = (
        select(joined.group_id, func.min(joined.at), func.max(joined.at), latest, asked.scalar_subquery())
        .outerjoin(welcome_posts, welcome_posts.c.group_id == joined.group_id)
        .where(WAITING)
        .group_by(joined.group_id)
    )
    waiting_groups = [Wave._make(row) for row in await unit.execute(found)]
    return {wave.group_id: wave for wave in waiting_groups}


async def last_post(unit: Unit, group_id: int) -> tuple[int, int]:
    """(when the last greeting was planned, its message); 0 where there is none, or it does not stand yet."""
    found = (
        select(welcome_posts.c.at, func.coalesce(acts.c.message_id, 0))
        .outerjoin(acts, acts.c.id == welcome_posts.c.act_id)
        .where(welcome_posts.c.group_id == group_id)
    )
    row = (await unit.execute(found)).first()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


async def greeted(unit: Unit, group_id: int, ids: Sequence[int], act_id: int, at: int) -> None:
    """Those of `ids` are greeted by that act."""
    await unit.execute(update(welcome_joins).where(welcome_joins.c.id.in_(list(ids))).values(act_id=act_id))
    insert = unit.insert(welcome_posts).values(group_id=group_id, act_id=act_id, at=at)
    new = {"act_id": act_id, "at": at}
    await unit.execute(insert.on_conflict_do_update(index_elements=["group_id"], set_=new))


async def trim(unit: Unit, before: int) -> int:
    return (await unit.execute(delete(welcome_joins).where(~WAITING, welcome_joins.c.at < before))).rowcount
