"""What everybody may do in a group, asked before a leader's order to close it is carried out."""

from collections.abc import Mapping
from typing import Any

from bot.gateway import GatewayError
from bot.roles import Place, authorize
from bot.services import Services
from bot.storage import groups
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from bot.textscan.folding import simplified
from handlers.frame.anonymous import CONFIRM
from handlers.frame.context import GROUP_ANONYMOUS_BOT, Fetched, actor_before
from handlers.protection.lockdown import BEGIN
from handlers.reading.numbers import group_number

COMMAND, WORD = "/lockdown", "紧急"


def is_asked(message: Mapping[str, Any]) -> bool:
    return simplified(str(message.get("text") or "")).startswith((COMMAND, WORD))


async def ask(services: Services, group: GroupRow) -> Fetched:
    try:
        return Fetched(permissions=(await services.gateway.chat(group.chat_id)).permissions)
    except GatewayError:
        return Fetched()


async def wanted(unit: Unit, services: Services, button: ButtonRow, group: GroupRow, user_id: int) -> bool:
    """A press that closes the group, or an anonymous leader's order to do so that is confirmed by a press."""
    confirms = button.action == CONFIRM and button.note.startswith('["lockdown"')
    return (button.action == BEGIN or confirms) and await may_close(unit, services, user_id, group)


async def meant(unit: Unit, services: Services, message: Mapping[str, Any]) -> GroupRow | None:
    """In private `#7` says which group is meant."""
    chat, sender = message["chat"], message.get("from") or {}
    if chat["type"] != "private":
        group = (await groups.by_chats(unit, [int(chat["id"])])).get(int(chat["id"]))
        return group if await may_close(unit, services, int(sender.get("id", 0)), group) else None
    words = str(message["text"]).split()
    number = group_number(words[1]) if len(words) > 1 else 0
    group = (await groups.by_ids(unit, [number])).get(number)
    return group if await may_close(unit, services, int(sender.get("id", 0)), group) else None


async def may_close(unit: Unit, services: Services, user_id: int, group: GroupRow | None) -> bool:
    """Nobody else makes the bot ask Telegram."""
    if group is None or group.state != "active" or user_id == GROUP_ANONYMOUS_BOT:
        return False
    actor = actor_before(services, user_id)
    return (await authorize(unit, actor, "command.lockdown", Place(group.id))).allowed
