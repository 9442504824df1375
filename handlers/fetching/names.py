"""The name that somebody carries now, asked before it is compared with the group's format."""

from bot.gateway import GatewayError
from bot.services import Services
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.frame.context import Fetched
from rules.conduct.gathering import DELEGATED

CHECK = "name.check"


def wanted(button: ButtonRow, user_id: int) -> bool:
    """Also where one button stands for those of several."""
    if button.action == DELEGATED:
        return button.note == CHECK
    return button.action == CHECK and button.user_id == user_id


async def ask(services: Services, group: GroupRow, user_id: int) -> Fetched:
    try:
        found = await services.gateway.member(group.chat_id, user_id)
    except GatewayError:
        return Fetched(user_id)
    return Fetched(user_id, found.name, found.tag or "", known=True)
