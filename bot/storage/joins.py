"""Who joined a group when, and whom a removal of many concerned; decides nothing."""

from sqlalchemy import select

from bot.storage.tables import audit, clean, decisions, members
from bot.storage.unit import Unit
from rules.conduct.raids import PRESENT, RULE, Join

BROUGHT = "member.brought"


async def between(unit: Unit, group_id: int, since: int, until: int) -> list[Join]:
    """People who came then and are still there, but for those whom an administrator brought."""
    here = (members.c.group_id == group_id, members.c.status.in_(sorted(PRESENT)), ~members.c.is_bot)
    brought = select(audit.c.target_id).where(
        audit.c.group_id == group_id, audit.c.action == BROUGHT, audit.c.at >= since
    )
    found = (
        select(members.c.user_id, members.c.name, members.c.joined_at)
        .where(*here, members.c.joined_at.between(since, until), members.c.user_id.not_in(brought))
        .order_by(members.c.joined_at, members.c.user_id)
    )
    return [Join._make(row) for row in await unit.execute(found)]


def key_of(raid: int, user_id: int) -> str:
    """The key of the decision by which somebody was removed in answer to that question."""
    return f"raid:{raid}:{user_id}"


async def removed(unit: Unit, group_id: int, raid: int) -> list[int]:
    """Whoever was removed in answer to that question and not readmitted since."""
    mine = decisions.c.key.like(clean(key_of(raid, 0)[:-1]) + "%")
    found = select(decisions.c.user_id).where(
        decisions.c.group_id == group_id, decisions.c.rule == RULE, decisions.c.step == "remove",
        decisions.c.state == "standing", mine,
    )  # fmt: skip
    return list((await unit.execute(found.order_by(decisions.c.id))).scalars())
