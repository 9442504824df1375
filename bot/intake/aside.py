"""Updates that could not be decided: kept with their raw text for `redecide`, and the leaders told once."""

import json
import re

from bot.desks import alarms
from bot.intake.incoming import Incoming
from bot.storage import Unit, arrivals, groups, undecided

# The word behind /start may make its reader an operator. The slash as handlers read it: also full-width, behind a stop.
COMMAND = re.compile(r"[。、．.]?[/／]+\s*(?!start\b)\w+", re.IGNORECASE)


async def keep(unit: Unit, bot_id: int, incoming: Incoming, at: int) -> None:
    raw = incoming.raw.decode("utf-8", "replace")
    # Of chats that nobody let the bot into nothing is kept, not even what failed.
    if told_alone(raw) or await arrivals.from_outside(unit, raw):
        return
    await undecided.add(unit, bot_id, incoming.update_id, incoming.reason, raw, at)
    chat_id = incoming.chat.id if incoming.chat is not None else 0
    group = (await groups.by_chats(unit, [chat_id])).get(chat_id)
    if group is not None:
        await alarms.undecided(unit, group, incoming.update_id, at)


def told_alone(raw: str) -> bool:
    """What somebody asked in private is answered or forgotten; a command was meant to do something and is kept."""
    try:
        update = json.loads(raw)
        message = update.get("message") or update.get("edited_message") or {}
        command = COMMAND.match(str(message.get("text", "")))
        return bool(message["chat"]["type"] == "private") and command is None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
