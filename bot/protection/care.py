"""Whether a group has somebody in distress: planned cheer rests there for a while; decides nothing."""

from bot.storage import tickets
from bot.storage.unit import Unit
from rules.conduct.care import DISTRESS
from rules.conduct.effects import HOUR

REST_SECONDS = 2 * HOUR


async def paused(unit: Unit, group_id: int, now: int) -> bool:
    """Whether greetings, prompts and other planned cheer rest in that group now."""
    return bool(await tickets.opened_since(unit, group_id, DISTRESS, now - REST_SECONDS))
