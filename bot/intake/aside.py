"""Updates that could not be decided: why, in words without personal data, and the leaders told once."""

from bot.desks import alarms
from bot.desks.alarms import reason_of as reason_of
from bot.intake.wire import Incoming
from bot.storage import Unit, groups


async def report(unit: Unit, incoming: Incoming, at: int) -> None:
    if incoming.chat is None:
        return
    group = (await groups.by_chats(unit, [incoming.chat.id])).get(incoming.chat.id)
    if group is not None:
        await alarms.undecided(unit, group, incoming.update_id, at)
