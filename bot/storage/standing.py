"""How the installation stands, in numbers an operator asks for now and then; nothing is decided by them."""

from typing import NamedTuple

from sqlalchemy import and_, func, select

from bot.storage import groups as stored
from bot.storage.groups import GroupRow
from bot.storage.members import GONE
from bot.storage.tables import acts, groups, members, undecided
from bot.storage.unit import Sql, Unit

SIZE = Sql(
    "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "SELECT pg_database_size(current_database())",
)


class Standing(NamedTuple):
    """`size` in bytes; `unknown` acts since the moment that was asked for; `known` members by group."""

    size: int
    unknown: int
    undecided: int
    groups: list[GroupRow]
    known: dict[int, int]


async def standing(unit: Unit, since: int) -> Standing:
    unclear = and_(acts.c.created_at >= since, acts.c.state == "unknown")
    open_ones = select(func.count()).select_from(undecided).where(undecided.c.resolved_at.is_(None))
    counted = select(members.c.group_id, func.count()).where(members.c.status.not_in(GONE)).group_by(members.c.group_id)
    ids = [row[0] for row in await unit.execute(select(groups.c.id).order_by(groups.c.id))]
    return Standing(
        int((await unit.fetch(SIZE))[0][0]),
        int(await unit.scalar(select(func.count()).select_from(acts).where(unclear))),
        int(await unit.scalar(open_ones)),
        list((await stored.by_ids(unit, ids)).values()),
        {row[0]: int(row[1]) for row in await unit.execute(counted)},
    )
