"""What happened in one group since a moment, as numbers for its leaders; decides nothing."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, select

from bot.storage.members import GONE
from bot.storage.tables import decisions, members
from bot.storage.unit import Unit


class Today(NamedTuple):
    """`measures`: what was decided and done about members; `observed`: what was only watched."""

    joined: int
    left: int
    measures: int
    observed: int


async def counted(unit: Unit, group_id: int, since: int, until: int) -> Today:
    came = members.c.joined_at.between(since + 1, until)
    gone = members.c.status.in_(GONE) & members.c.status_at.between(since + 1, until)
    people = select(total(came), total(gone)).where(members.c.group_id == group_id, ~members.c.is_bot)
    acted = decisions.c.spends & (decisions.c.mode != "observe")
    decided = select(total(acted), total(decisions.c.mode == "observe"))
    mine = decided.where(decisions.c.group_id == group_id, decisions.c.at.between(since + 1, until))
    return Today(*(await unit.execute(people)).one(), *(await unit.execute(mine)).one())


def total(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)
