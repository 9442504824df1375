"""What the start of the bot waits for: the database, Telegram, and that no other instance has the turn."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TypeVar

from bot.gateway import BotInfo, Gateway, Unavailable
from bot.process.lease import Lease, Patience
from bot.storage import SchemaInUse, Storage, StorageUnavailable, open_storage

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

log = logging.getLogger("dengta")

T = TypeVar("T")
Tell = Callable[[str], None]
"""Hears, in plain words, what the start is waiting for."""


def unheard(_words: str) -> None:
    """Nobody asks."""


async def surely(work: Callable[[], Awaitable[T]], tell: Tell = unheard) -> T:
    """Again in growing pauses for as long as the database is away; whatever else is wrong is raised."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await work()
        except StorageUnavailable as error:
            words = "waits to change the schema: %s" if isinstance(error, SchemaInUse) else "the database is away: %s"
            log.warning(words, error)
            tell(str(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def opened(url: str, tell: Tell) -> Storage:
    """Waits for a server that is away, and for a bot of another version to end before its schema is changed.

    Whatever else is wrong is the operator's to mend (StorageError).
    """
    return await surely(lambda: open_storage(url), tell)


async def introduced(gateway: Gateway, tell: Tell) -> BotInfo:
    """Who the bot is; waits for Telegram, but not for a refused token (TokenRefused)."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await gateway.get_me()
        except Unavailable as error:
            log.warning("Telegram cannot be reached: %s", error)
            tell(f"Telegram cannot be reached: {error}")
            await asyncio.sleep(max(pause, error.retry_after))
            pause = min(pause * 2, LONGEST_PAUSE)


async def turn(storage: Storage, bot_id: int, patience: Patience | None, tell: Tell, closing: AsyncExitStack) -> Lease:
    """Waits while another instance has the lease. It is kept from now on, and given back when `closing` closes."""
    lease = Lease(storage, bot_id, patience, tell)
    closing.push_async_callback(lease.release)
    await lease.acquire()
    lease.keep()
    return lease
