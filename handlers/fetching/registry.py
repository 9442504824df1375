"""What must be asked of Telegram for an update, before its Unit opens: nothing for most of them."""

from collections.abc import Mapping
from typing import Any

from bot.services import Services
from bot.storage import buttons, groups
from handlers.fetching import adding, documents, names, permissions, place
from handlers.frame.context import Fetched


async def prefetch(services: Services, raw: Mapping[str, Any]) -> Fetched:
    """Nothing is known where Telegram does not answer."""
    press, message = raw.get("callback_query"), raw.get("message")
    if "my_chat_member" in raw:
        return Fetched(members=await adding.members_for(services, raw))
    if isinstance(press, dict) and isinstance(press.get("data"), str):
        return await for_press(services, press["data"], press["from"])
    if isinstance(message, dict):
        return await for_message(services, message)
    return Fetched()


async def for_press(services: Services, data: str, person: Mapping[str, Any]) -> Fetched:
    """Each button needs one answer at most, and whoever may not press it makes the bot ask nobody."""
    async with services.storage.reading() as unit:
        button = await buttons.get(unit, data)
        group_id = place.group_of(button) if button is not None else 0
        group = (await groups.by_ids(unit, [group_id])).get(group_id) if group_id else None
        if button is None or group is None:
            return Fetched()
        closes = await permissions.wanted(unit, services, button, group, int(person["id"]))
        looks = await place.wanted(unit, services, button, group, person)
    if closes:
        return await permissions.ask(services, group)
    if looks:
        return await place.look(services, group)
    return await names.ask(services, group, int(person["id"])) if names.wanted(button, int(person["id"])) else Fetched()


async def for_message(services: Services, message: Mapping[str, Any]) -> Fetched:
    """Only two orders and a document need an answer: all else is left alone without a look into the tables."""
    if documents.is_sent(message):
        async with services.storage.reading() as unit:
            wanted = await documents.wanted(unit, services, message)
        return await documents.fetch(services, message) if wanted else Fetched()
    if permissions.is_asked(message):
        async with services.storage.reading() as unit:
            group = await permissions.meant(unit, services, message)
        return await permissions.ask(services, group) if group is not None else Fetched()
    if place.is_asked(message):
        async with services.storage.reading() as unit:
            group = await place.meant(unit, services, message)
        return await place.look(services, group) if group is not None else Fetched()
    return Fetched()
