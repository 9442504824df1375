"""A decision is taken back wherever it reached: the list it put somebody on, and the groups that shut their doors."""

from typing import TYPE_CHECKING

from bot.conduct import closing, reversing
from bot.protection import blacklist
from bot.storage import blacklist as listed
from bot.storage import groups
from bot.storage.unit import Unit

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator


async def undo(
    unit: Unit, moderator: "Moderator", decision_id: int, by: int, at: int, way: reversing.Way = reversing.BY_HAND
) -> int | None:  # fmt: skip
    """The number of the decision that takes it back; None where it was taken back before or never stood."""
    done = await reversing.undo(unit, moderator, decision_id, by, at, way)
    if not done:
        return done
    for number in await blacklist.lift_of_decision(unit, decision_id, by, at):
        shut = [each for each in await listed.caused(unit, number) if each.id != decision_id]
        rows = await groups.by_ids(unit, {each.group_id for each in shut})
        for each in shut:
            await reversing.undo(unit, moderator, each.id, by, at, way)
            await closing.take_down(unit, rows[each.group_id], each.id, at)
            await closing.overtaken(unit, each.id, by, at)
    return done
