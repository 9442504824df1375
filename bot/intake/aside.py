"""Updates that could not be decided: kept with their raw text for `redecide`, and the leaders told once."""

from bot.desks import alarms
from bot.intake.incoming import Incoming
from bot.storage import Unit, arrivals, groups, undecided


async def keep(unit: Unit, bot_id: int, incoming: Incoming, at: int) -> None:
    raw = incoming.raw.decode("utf-8", "replace")
    # Of chats that nobody let the bot into nothing is kept, not even what failed.
    if await arrivals.from_outside(unit, raw):
        return
    await undecided.add(unit, bot_id, incoming.update_id, incoming.reason, raw, at)
    chat_id = incoming.chat.id if incoming.chat is not None else 0
    group = (await groups.by_chats(unit, [chat_id])).get(chat_id)
    if group is not None:
        await alarms.undecided(unit, group, incoming.update_id, at)
