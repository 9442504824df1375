"""/healthz, /readyz and /metrics, up before everything else and down after it."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from bot import metrics
from bot.configuration.webhookcheck import on_this_machine
from bot.settings import host_of
from bot.web.listener import Answer, Listener
from bot.web.pulse import Pulse
from bot.web.readiness import Readiness

BOUND = 2.0
JSON = "application/json; charset=utf-8"
OPEN_TO_OTHERS = "health and metrics can be read by other machines; let web.listen be a loopback address or guard it"

log = logging.getLogger(__name__)


class Health:
    """`async with Health(listen) as health`; then `health.readiness` is told what to look at."""

    def __init__(self, listen: str) -> None:
        self._listen = listen
        self.readiness = Readiness()

    async def __aenter__(self) -> Self:
        """Raises CannotListen."""
        self._pulse = Pulse()
        self._loop = asyncio.get_running_loop()
        self._listener = Listener(
            self._listen, {"/healthz": self._alive, "/readyz": self._ready, "/metrics": self._metrics}
        )
        self._listener.start()
        self._beating = asyncio.create_task(self._pulse.run(), name="pulse")
        log.info("web listens", extra={"host": host_of(self._listen), "port": self._listener.port})
        if not on_this_machine(host_of(self._listen)):
            log.warning(OPEN_TO_OTHERS, extra={"listen": self._listen})
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.readiness.close()
        await self._listener.stop()
        self._beating.cancel()
        await asyncio.wait([self._beating])

    def watch(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        """What must not end while the bot lives."""
        self._pulse.watch(tasks)

    def stopping(self) -> None:
        """Alive to the end, but ready for nothing more."""
        self._pulse.watch(())
        self.readiness.set("stopping", "the bot was told to stop")

    @property
    def port(self) -> int:
        return self._listener.port

    async def _alive(self) -> Answer:
        trouble = self._pulse.trouble(asyncio.get_running_loop().time())
        return Answer(503, f"{trouble}\n".encode()) if trouble else Answer(200, b"ok\n")

    async def _ready(self) -> Answer:
        """The checks run where the bot runs; where it does not come to them, that is the answer."""
        asked = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self.readiness.report(), self._loop))
        with suppress(TimeoutError):
            async with asyncio.timeout(BOUND):
                return told(await asked)
        return told({"loop": f"the bot has not come to answer within {BOUND:g} s"})

    async def _metrics(self) -> Answer:
        return Answer(200, metrics.scrape(), metrics.CONTENT_TYPE)


def told(report: Mapping[str, str]) -> Answer:
    failing = [name for name, trouble in report.items() if trouble]
    checks = {name: trouble or "ok" for name, trouble in report.items()}
    body = {"ready": not failing, "failing": failing, "checks": checks}
    return Answer(503 if failing else 200, json.dumps(body, ensure_ascii=False).encode() + b"\n", JSON)
