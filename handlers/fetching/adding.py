"""How many people are in a group that the bot was brought to, asked before an operator is asked about it."""

from collections.abc import Mapping
from typing import Any

from bot.gateway import GatewayError
from bot.membership import GONE
from bot.services import Services

GROUPS = frozenset({"group", "supergroup"})


async def members_for(services: Services, raw: Mapping[str, Any]) -> int:
    """0 where the bot was not brought anywhere, anyone may bring it, or Telegram does not tell."""
    change = raw.get("my_chat_member")
    if not isinstance(change, dict) or services.settings.operators.who_may_add == "anyone":
        return 0
    chat, came = change["chat"], change["old_chat_member"]["status"] in GONE
    if chat["type"] not in GROUPS or not came or change["new_chat_member"]["status"] in GONE:
        return 0
    try:
        return await services.gateway.member_count(int(chat["id"]))
    except GatewayError:
        return 0
