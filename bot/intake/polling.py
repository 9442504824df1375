"""Long polling: what is asked for next confirms what came before, so it is asked only when that is committed."""

import asyncio
import logging
import random
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

from bot.clock import Clock
from bot.failpoints import failpoint
from bot.gateway import CallRefused, Unavailable
from bot.intake.incoming import Incoming
from bot.intake.pump import Pump
from bot.intake.wire import ALLOWED_UPDATES, BadBody, decode_batch

LIMIT = 100
LONG_POLL = 50
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
CONFLICT = 409
# After so long without one, a conflict counts as the first again.
PEACE_SECONDS = 300.0

T = TypeVar("T")

log = logging.getLogger(__name__)
chance = random.SystemRandom()


class Updates(Protocol):
    """The part of the gateway that polling needs."""

    def updates(
        self, offset: int, limit: int, timeout: int, allowed: tuple[str, ...]
    ) -> Coroutine[Any, Any, bytes]: ...

    async def delete_webhook(self) -> None: ...


class Polling:
    """Asks for ever; a refused token is the only answer that ends it (TokenRefused).

    A webhook that is set is removed only where `delete_webhook` says so; nothing that waits is dropped with it.
    """

    def __init__(self, gateway: Updates, pump: Pump, clock: Clock, *, delete_webhook: bool = False) -> None:
        self._gateway = gateway
        self._delete_webhook = delete_webhook
        self._truce, self._conflict_at = FIRST_PAUSE, 0.0
        self._pump = pump
        self._clock = clock
        self._offset = 0
        self._stopping = False
        self._waiting: asyncio.Task[Any] | None = None
        self.heard_at = 0.0

    async def run(self) -> None:
        """Until `stop`."""
        pause = FIRST_PAUSE
        while not self._stopping:
            try:
                await self._remove_webhook()
                await self.once()
            except Unavailable as error:
                pause = await self._rest(pause, "Telegram cannot be reached: %s", error, error.retry_after)
            except CallRefused as error:
                if error.code == CONFLICT:
                    await self._give_way(error)
                else:
                    pause = await self._rest(pause, "Telegram refuses getUpdates: %s", error)
            except BadBody as error:
                pause = await self._rest(pause, "getUpdates was answered with something else: %s", error)
            else:
                pause = FIRST_PAUSE

    async def once(self) -> int:
        """One question, its answer committed; how many updates there were."""
        asking = await self._unless_stopped(self._gateway.updates(self._offset, LIMIT, LONG_POLL, ALLOWED_UPDATES))
        if asking.cancelled():
            return 0
        body = asking.result()
        if self._offset:
            failpoint("intake.confirmed")
        batch = decode_batch(body)
        self.heard_at = self._clock.now()
        if batch:
            await self._pump.take(batch)
            self._confirm(batch)
        return len(batch)

    def stop(self) -> None:
        """Ask no more and rest no longer; what is being decided is decided to its end."""
        self._stopping = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """The task once it is done; cancelled where `stop` came first."""
        self._waiting = task = asyncio.create_task(work)
        if self._stopping:
            task.cancel()
        try:
            # Waited for and not awaited: that it was cancelled is an answer here.
            await asyncio.wait([task])
        except asyncio.CancelledError:
            task.cancel()
            raise
        return task

    async def _remove_webhook(self) -> None:
        if self._delete_webhook:
            await self._gateway.delete_webhook()
            self._delete_webhook = False
            log.info("no webhook is set any more")

    async def _give_way(self, error: CallRefused) -> None:
        """Two that poll by turns send each other away: between two conflicts a success makes no pause shorter."""
        if self._clock.monotonic() > self._conflict_at + PEACE_SECONDS:
            self._truce = FIRST_PAUSE
        self._truce = await self._rest(self._truce, explanation(error), error)
        self._conflict_at = self._clock.monotonic()

    def _confirm(self, batch: list[Incoming]) -> None:
        newest = max(each.update_id for each in batch)
        if newest <= 0:
            raise BadBody("no update has a number, so none can be confirmed")
        self._offset = newest + 1

    async def _rest(self, pause: float, words: str, error: Exception, at_least: float = 0.0) -> float:
        wait = chance.uniform(pause / 2, pause)
        log.warning(words, error, extra={"seconds": round(max(wait, at_least), 1)})
        await self._unless_stopped(self._sleep(wait, at_least - wait))
        return min(pause * 2, LONGEST_PAUSE)

    async def _sleep(self, seconds: float, more_by_the_clock: float) -> None:
        await asyncio.sleep(seconds)
        await self._clock.sleep(more_by_the_clock)


def explanation(conflict: CallRefused) -> str:
    if "webhook" in str(conflict).lower():
        return (
            "a webhook is set for this bot, so nothing can be polled; stop the program that has it and start with"
            ' --delete-webhook, or set telegram.intake = "webhook": %s'
        )
    return "another program polls with the same token; stop one of the two: %s"
