"""Newcomers who may only read until they press that they read the rules."""

from typing import NamedTuple

from sqlalchemy import and_, exists, func, select

from bot.storage.members import GONE
from bot.storage.tables import entries, members
from bot.storage.unit import Unit

RULE = "gate"


class Gated(NamedTuple):
    user_id: int
    name: str
    since: int


async def people(unit: Unit, group_id: int) -> list[Gated]:
    """Who is still there and has not pressed, whoever came first first."""
    later, void = entries.alias(), entries.alias()
    freed = exists().where(
        later.c.group_id == entries.c.group_id, later.c.user_id == entries.c.user_id, later.c.id > entries.c.id,
        later.c.kind == "freed", later.c.rule == RULE,
    )  # fmt: skip
    taken_back = exists().where(void.c.kind == "void", void.c.ref == entries.c.decision_id)
    here = and_(members.c.group_id == entries.c.group_id, members.c.user_id == entries.c.user_id)
    since = func.max(entries.c.at)
    found = (
        select(entries.c.user_id, members.c.name, since)
        .join(members, here)
        .where(entries.c.group_id == group_id, entries.c.kind == "read_only", entries.c.rule == RULE)
        .where(~freed, ~taken_back, members.c.status.not_in(GONE))
        .group_by(entries.c.user_id, members.c.name)
        .order_by(since, entries.c.user_id)
    )
    return [Gated(row[0], row[1], int(row[2])) for row in await unit.execute(found)]
