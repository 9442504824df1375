"""What people point at: the decision behind a post of the bot, and all decisions that wait for one answer."""

from sqlalchemy import select

from bot.storage.tables import acts, clean, decisions
from bot.storage.unit import Unit


async def decision_of_post(unit: Unit, group_id: int, message_id: int) -> int | None:
    """The decision whose notice that message of the bot is."""
    posted = select(acts.c.decision_id).where(
        acts.c.group_id == group_id, acts.c.message_id == message_id, acts.c.decision_id.is_not(None)
    )
    found: int | None = await unit.scalar(posted.order_by(acts.c.id.desc()).limit(1))
    return found


async def held_for(unit: Unit, group_id: int, cause: str) -> list[int]:
    """Decisions of the group that wait for `cause`, the oldest first."""
    waiting = (decisions.c.group_id == group_id, decisions.c.state == "held", decisions.c.waits_for == clean(cause))
    return list((await unit.execute(select(decisions.c.id).where(*waiting).order_by(decisions.c.id))).scalars())
