"""Updates that could not be decided: why, in words without personal data, and the leaders told once."""

import traceback

from bot.desks import alarms
from bot.intake.wire import Incoming
from bot.storage import Unit, groups


def reason_of(error: BaseException) -> str:
    """The error's name and where it arose; its message may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {frames[-1].name}" if frames else type(error).__name__


async def report(unit: Unit, incoming: Incoming, at: int) -> None:
    if incoming.chat is None:
        return
    group = (await groups.by_chats(unit, [incoming.chat.id])).get(incoming.chat.id)
    if group is not None:
        await alarms.undecided(unit, group, incoming.update_id, at)
