"""What nobody had to act on is listened to once more: for keywords that are answered, and for questions."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.conduct.policies import Ruled
from bot.speech import questions, replies
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.case import Case


class Heard(NamedTuple):
    """A message of a group that wants to listen."""

    group: GroupRow
    ruled: Ruled
    case: Case


def listens(ruled: Ruled) -> bool:
    return (ruled.replies is not None and ruled.policy.replies.enabled) or ruled.policy.questions.enabled


async def listen(unit: Unit, heard: Sequence[Heard]) -> None:
    """Each group's messages of a batch together, in their order."""
    for number in dict.fromkeys(each.group.id for each in heard):
        mine = [each for each in heard if each.group.id == number]
        group, ruled = mine[0].group, mine[0].ruled
        cases, met = [each.case for each in mine], frozenset[int]()
        if ruled.replies is not None and ruled.policy.replies.enabled:
            met = await replies.answer(unit, group, ruled.policy, ruled.replies, cases)
        if ruled.policy.questions.enabled:
            await questions.note(unit, group, ruled.policy, cases, met)
