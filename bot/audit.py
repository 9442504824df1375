"""Who did what to whom, before and after: rows that only ever grow, written in the Unit of the change itself."""

from collections.abc import Mapping

from bot.roles import Actor, Decision
from bot.storage import Unit
from bot.storage import audit as rows

Facts = Mapping[str, object]

REFUSED = rows.REFUSED


async def done(
    unit: Unit, actor: Actor, action: str, at: int, *, group_id: int = 0, target_id: int = 0,
    before: Facts | None = None, after: Facts | None = None,
) -> None:  # fmt: skip
    """`actor` did `action`; `before` and `after` say what it changed."""
    await rows.add(
        unit, at=at, actor_kind=kind_of(actor), actor_id=actor.user_id, action=action, group_id=group_id,
        target_id=target_id, before=before, after=after,
    )  # fmt: skip


async def refused(unit: Unit, actor: Actor, action: str, at: int, decision: Decision, group_id: int = 0) -> None:
    """`actor` asked for what is not theirs to do."""
    await done(unit, actor, REFUSED, at, group_id=group_id, after={"action": action, "why": decision.why})


def kind_of(actor: Actor) -> str:
    if actor.anonymous:
        return "anonymous_admin"
    return "channel" if actor.channel else "person"


async def count(unit: Unit, actor_id: int, action: str, group_id: int | None, since: int) -> int:
    """How often this person did it since then, in that group or, for None, anywhere."""
    return await rows.count(unit, actor_id=actor_id, action=action, since=since, group_id=group_id)
