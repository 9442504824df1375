"""The file somebody was asked for, fetched before their Unit opens; from nobody else, and nothing that is too large."""

from collections.abc import Mapping
from typing import Any

from bot.gateway import GatewayError, TooLarge
from bot.roles import Place, authorize
from bot.services import Services
from bot.sheets import MOST_BYTES
from bot.storage import Unit, awaited
from bot.storage.awaited import AwaitedRow
from handlers.frame.awaiting import AWAITS, of_caption
from handlers.frame.context import PRIVATE, Document, Fetched, actor_before


def is_sent(message: Mapping[str, Any]) -> bool:
    return isinstance(message.get("document"), dict) and "from" in message and message["chat"]["type"] == PRIVATE


async def wanted(unit: Unit, services: Services, message: Mapping[str, Any]) -> bool:
    """Whether this person was asked for a file, and may still do what it is for."""
    user_id = int(message["from"]["id"])
    row = captioned(message) or await awaited.get(unit, user_id, int(services.clock.now()))
    if row is None or row.kind not in AWAITS or not AWAITS[row.kind].takes_files:
        return False
    actor = actor_before(services, user_id)
    return (await authorize(unit, actor, AWAITS[row.kind].action, Place(row.group_id, private=True))).allowed


def captioned(message: Mapping[str, Any]) -> AwaitedRow | None:
    """A file that says itself what it is for."""
    return of_caption(str(message.get("caption") or ""), int(message["from"]["id"]))


async def fetch(services: Services, message: Mapping[str, Any]) -> Fetched:
    sent = message["document"]
    name = str(sent.get("file_name") or "")
    if int(sent.get("file_size") or 0) > MOST_BYTES:
        return Fetched(document=Document(name, problem="too_large"))
    try:
        data = await services.gateway.download(str(sent["file_id"]), MOST_BYTES)
    except TooLarge:
        return Fetched(document=Document(name, problem="too_large"))
    except GatewayError:
        return Fetched(document=Document(name, problem="unreachable"))
    return Fetched(document=Document(name, data))
