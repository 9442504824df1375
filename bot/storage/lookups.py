"""Decisions by what is asked of them: behind a post of the bot, waiting for one answer, counted by a brake."""

from sqlalchemy import select

from bot.storage.tables import acts, clean, decisions
from bot.storage.unit import Sql, Unit

# One decision is one measure, however many acts it takes; what people decide themselves needs no brake of rules.
SPENT = "SELECT group_id, at FROM decisions WHERE spends AND issuer_kind IN ('rule', 'clock') AND at >= "
MEASURES = Sql(SPENT + "?1", SPENT + "$1")


async def decision_of_post(unit: Unit, group_id: int, chat_id: int, message_id: int) -> int | None:
    """The decision of the group that the bot told of by that message of that chat: each chat has its own numbers."""
    here = (acts.c.group_id == group_id, acts.c.chat_id == chat_id, acts.c.message_id == message_id)
    posted = select(acts.c.decision_id).where(*here, acts.c.decision_id.is_not(None))
    found: int | None = await unit.scalar(posted.order_by(acts.c.id.desc()).limit(1))
    return found


async def held_for(unit: Unit, group_id: int, cause: str) -> list[int]:
    """Decisions of the group that wait for `cause`, the oldest first."""
    waiting = (decisions.c.group_id == group_id, decisions.c.state == "held", decisions.c.waits_for == clean(cause))
    return list((await unit.execute(select(decisions.c.id).where(*waiting).order_by(decisions.c.id))).scalars())


async def held_before(unit: Unit, before: int, most: int) -> list[int]:
    """Decisions made before that still wait for somebody, the oldest first."""
    waiting = select(decisions.c.id).where(decisions.c.state == "held", decisions.c.at < before)
    return list((await unit.execute(waiting.order_by(decisions.c.id).limit(most))).scalars())


async def measures_since(unit: Unit, since: int) -> list[tuple[int, int]]:
    """(group, when) of each measure of a rule or of the clock: what a brake counts."""
    return [(row[0], row[1]) for row in await unit.fetch(MEASURES, since)]
