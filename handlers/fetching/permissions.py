"""What everybody may do in a group, asked before a leader's order to close it is carried out."""

from collections.abc import Mapping
from typing import Any

from bot.gateway import GatewayError
from bot.roles import Actor, Place, authorize
from bot.services import Services
from bot.storage import buttons, groups
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from handlers.frame.anonymous import CONFIRM
from handlers.frame.context import GROUP_ANONYMOUS_BOT
from handlers.protection.lockdown import BEGIN

COMMAND, WORD = "/lockdown", "紧急"


async def permissions_for(services: Services, raw: Mapping[str, Any]) -> frozenset[str] | None:
    """None where nobody who may close a group asks for it, or Telegram does not tell."""
    group = await group_meant(services, raw)
    if group is None:
        return None
    try:
        return (await services.gateway.chat(group.chat_id)).permissions
    except GatewayError:
        return None


async def group_meant(services: Services, raw: Mapping[str, Any]) -> GroupRow | None:
    press, message = raw.get("callback_query"), raw.get("message")
    if isinstance(press, dict) and isinstance(press.get("data"), str):
        return await of_press(services, press["data"], int(press["from"]["id"]))
    if not isinstance(message, dict):
        return None
    text = services.scanner.simplified(str(message.get("text") or ""))
    if not text.startswith((COMMAND, WORD)):
        return None
    async with services.storage.reading() as unit:
        return await of_order(unit, services, message, text)


async def of_press(services: Services, data: str, user_id: int) -> GroupRow | None:
    async with services.storage.reading() as unit:
        button = await buttons.get(unit, data)
        named = button is not None and (button.action == BEGIN or is_order(button.action, button.note))
        if button is None or not named or not button.group_id:
            return None
        return await led(unit, services, user_id, (await groups.by_ids(unit, [button.group_id])).get(button.group_id))


def is_order(action: str, note: str) -> bool:
    """An anonymous leader's order that is confirmed by a press."""
    return action == CONFIRM and note.startswith('["lockdown"')


async def of_order(unit: Unit, services: Services, message: Mapping[str, Any], text: str) -> GroupRow | None:
    """In private `#7` says which group is meant."""
    chat, sender = message["chat"], message.get("from") or {}
    if chat["type"] != "private":
        group = (await groups.by_chats(unit, [int(chat["id"])])).get(int(chat["id"]))
        return await led(unit, services, int(sender.get("id", 0)), group)
    words = text.split()
    number = words[1].removeprefix("#") if len(words) > 1 and words[1].startswith("#") else ""
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    found = await groups.by_ids(unit, [int(number)])
    return await led(unit, services, int(sender.get("id", 0)), found.get(int(number)))


async def led(unit: Unit, services: Services, user_id: int, group: GroupRow | None) -> GroupRow | None:
    """The group, if this person may close it: nobody else makes the bot ask Telegram."""
    if group is None or group.state != "active" or user_id == GROUP_ANONYMOUS_BOT:
        return None
    actor = Actor(user_id, operator=user_id in services.settings.operators.user_ids)
    decision = await authorize(unit, actor, "command.lockdown", Place(group.id))
    return group if decision.allowed else None
