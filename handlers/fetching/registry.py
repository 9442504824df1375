"""What must be asked of Telegram for an update, before its Unit opens: the name of who pressed [改好了,帮我看看]."""

from collections.abc import Mapping
from typing import Any

from bot.gateway import GatewayError
from bot.services import Services
from bot.storage import buttons, groups
from bot.storage.buttons import ButtonRow
from handlers.fetching.adding import members_for
from handlers.fetching.permissions import permissions_for
from handlers.fetching.place import prefetch_place
from handlers.frame.context import Fetched
from rules.conduct.gathering import DELEGATED

NEEDS_A_NAME = frozenset({"name.check"})


async def prefetch(services: Services, raw: Mapping[str, Any]) -> Fetched:
    """Nothing for most updates; nothing known where Telegram does not answer."""
    if "my_chat_member" in raw:
        return Fetched(members=await members_for(services, raw))
    permissions = await permissions_for(services, raw)
    if permissions is not None:
        return Fetched(permissions=permissions)
    place = await prefetch_place(services, raw)
    if place.looked:
        return place
    press = raw.get("callback_query")
    if not isinstance(press, dict) or not isinstance(press.get("data"), str):
        return Fetched()
    user_id = int(press["from"]["id"])
    chat_id = await chat_to_ask(services, press["data"], user_id)
    if not chat_id:
        return Fetched()
    try:
        found = await services.gateway.member(chat_id, user_id)
    except GatewayError:
        return Fetched(user_id)
    return Fetched(user_id, found.name, found.tag or "", known=True)


async def chat_to_ask(services: Services, data: str, user_id: int) -> int:
    """The group of the button, if it needs a name and this person may press it."""
    async with services.storage.reading() as unit:
        button = await buttons.get(unit, data)
        if button is None or not needs_a_name(button, user_id) or not button.group_id:
            return 0
        group = (await groups.by_ids(unit, [button.group_id])).get(button.group_id)
        return group.chat_id if group else 0


def needs_a_name(button: ButtonRow, user_id: int) -> bool:
    """Also where one button stands for those of several."""
    if button.action == DELEGATED:
        return button.note in NEEDS_A_NAME
    return button.action in NEEDS_A_NAME and button.user_id == user_id
