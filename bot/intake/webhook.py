"""Webhook: Telegram calls us; it is told 200 only when all that an update causes is committed."""

import asyncio
import logging
import random
from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.configuration.webhookcheck import PLAIN_TO_OTHERS, called_address, on_this_machine
from bot.gateway import CallRefused, Unavailable, WebhookInfo
from bot.intake.door import Door
from bot.intake.gathering import Gathering, Taker
from bot.intake.wire import ALLOWED_UPDATES, decode_posted
from bot.settings import Webhook as Given
from bot.settings import host_of
from bot.web.listening import listening

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
LOOK_SECONDS = 30.0
LONGEST_TRUCE = 3600.0
# Telegram's own, and a few more for a proxy that is just changing its connections.
SPARE_CONNECTIONS = 24

log = logging.getLogger(__name__)
chance = random.SystemRandom()


class Hooks(Protocol):
    """The part of the gateway that a webhook needs."""

    async def set_webhook(self, url: str, secret: str, connections: int, allowed: Sequence[str]) -> None: ...

    async def webhook_info(self) -> WebhookInfo: ...


class Webhook:
    """Listens first, then asks to be called, and looks now and then whether Telegram still does.

    The secret cannot be read back, so it is set at every start; where nothing has changed, Telegram changes nothing.
    """

    def __init__(self, gateway: Hooks, pump: Taker, clock: Clock, given: Given) -> None:
        self._gateway = gateway
        self._clock = clock
        self._given = given
        self._url = called_address(given.public_url)
        self._gathering = Gathering(pump)
        self._door = Door(urlsplit(self._url).path, given.secret.get_secret_value(), self._take)
        self._failed_at: int | None = None
        self._failing = False
        self._delivered = False
        self.heard_at = 0.0

    async def run(self) -> None:
        """Until `stop`. Raises CannotListen and TokenRefused."""
        listen, most = self._given.listen, self._given.max_connections + SPARE_CONNECTIONS
        async with listening(self._door, "webhook.listen", listen, most) as port:
            log.info("webhook listens", extra={"host": host_of(listen), "port": port, "called": self._url})
            if not on_this_machine(host_of(listen)):
                log.warning(PLAIN_TO_OTHERS, extra={"listen": listen})
            await self._work()

    def stop(self) -> None:
        """Take nothing new, commit what is in hand. The webhook stays set: Telegram keeps the rest for a day."""
        self._gathering.close()

    async def _work(self) -> None:
        work = [asyncio.create_task(self._gathering.run()), asyncio.create_task(self._watch())]
        try:
            # Gathering ends when it is told to stop, the watch by a mistake or a refused token: either ends both.
            await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in work:
                task.cancel()
            ends = await asyncio.gather(*work, return_exceptions=True)
        for end in ends:
            if isinstance(end, BaseException) and not isinstance(end, asyncio.CancelledError):
                raise end

    async def _take(self, body: bytes) -> bool:
        self.heard_at = self._clock.now()
        committed = await self._gathering.take(decode_posted(body))
        self._delivered = self._delivered or committed
        return committed

    async def _watch(self) -> None:
        await self._set()
        truce = LOOK_SECONDS
        while True:
            try:
                info = await self._gateway.webhook_info()
            except (Unavailable, CallRefused) as error:
                log.warning("Telegram does not tell about the webhook: %s", error)
            else:
                truce = await self._regain(info, truce) if info.url != self._url else self._judge(info)
            await asyncio.sleep(LOOK_SECONDS)
            self._door.told()

    async def _set(self) -> None:
        """Until Telegram has agreed."""
        given, pause = self._given, FIRST_PAUSE
        secret = given.secret.get_secret_value()
        while True:
            wait = chance.uniform(pause / 2, pause)
            try:
                await self._gateway.set_webhook(self._url, secret, given.max_connections, ALLOWED_UPDATES)
            except Unavailable as error:
                wait = max(wait, error.retry_after)
                log.warning("Telegram cannot be reached: %s", error, extra={"seconds": round(wait, 1)})
            except CallRefused as error:
                log.warning("Telegram refuses webhook.public_url %s: %s", self._url, error)
            else:
                self.heard_at = self._clock.now()
                log.info("webhook is set", extra={"called": self._url})
                return
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _judge(self, info: WebhookInfo) -> float:
        """Telegram remembers its last failure for ever: only a new one counts, until something is delivered again."""
        new = self._failed_at is not None and info.failed_at > self._failed_at
        failing = info.waiting > 0 and (new or (self._failing and not self._delivered))
        if failing and not self._failing:
            log.warning("Telegram cannot deliver: %s", info.failure, extra={"waiting": info.waiting})
        if self._failing and not failing:
            log.info("Telegram delivers again", extra={"waiting": info.waiting})
        self._failed_at, self._failing, self._delivered = info.failed_at, failing, False
        if not failing:
            self.heard_at = self._clock.now()
        return LOOK_SECONDS

    async def _regain(self, info: WebhookInfo, truce: float) -> float:
        """Two programs that take it from each other at once would both hear nothing, so the pauses grow."""
        what, pause = "given it another address" if info.url else "removed it", truce - LOOK_SECONDS
        log.error(
            "the webhook is not ours any more: another program with this token has %s; stop that program", what,
            extra={"seconds": pause},
        )  # fmt: skip
        await asyncio.sleep(pause)
        await self._set()
        return min(truce * 2, LONGEST_TRUCE)
