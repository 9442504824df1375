"""In which language a person reads what is for them alone: their own where it is known, else the group's."""

from collections.abc import Sequence
from dataclasses import replace

from bot.storage import users
from bot.storage.unit import Unit
from rules.conduct.effects import Planned, Say


async def of_person(unit: Unit, user_id: int, otherwise: str) -> str:
    row = (await users.get(unit, [user_id])).get(user_id)
    return (row.language if row else "") or otherwise


async def addressed(unit: Unit, planned: Sequence[Planned]) -> tuple[Planned, ...]:
    """Private posts, each in the language of whom it goes to; what the group reads stays as it is."""
    people = {plan.act.to_user for plan in planned if isinstance(plan.act, Say) and plan.act.to_user}
    known = {user_id: row.language for user_id, row in (await users.get(unit, people)).items() if row.language}
    return tuple(in_theirs(plan, known) for plan in planned)


def in_theirs(plan: Planned, known: dict[int, str]) -> Planned:
    act = plan.act
    if not isinstance(act, Say) or act.to_user not in known:
        return plan
    return plan._replace(act=replace(act, language=known[act.to_user]))
