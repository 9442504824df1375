"""Whether the event loop and the main tasks live, as another thread can see it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from bot import metrics

EVERY = 0.25
TOO_LATE = 5.0


class Pulse:
    """The loop beats; who looks from outside sees how long the last beat is ago."""

    def __init__(self) -> None:
        self._beat = asyncio.get_running_loop().time()
        self._tasks: Sequence[asyncio.Task[Any]] = ()

    async def run(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            self._beat = loop.time()
            await asyncio.sleep(EVERY)
            metrics.loop_lag.observe(max(0.0, loop.time() - self._beat - EVERY))

    def watch(self, tasks: Sequence[asyncio.Task[Any]]) -> None:
        """Tasks without which the process is not alive."""
        self._tasks = tuple(tasks)

    def lag(self, now: float) -> float:
        """Seconds by which the loop is late now; `now` is any loop's time."""
        return max(0.0, now - self._beat - EVERY)

    def trouble(self, now: float) -> str:
        """Why the process is not alive, "" where it is."""
        if (late := self.lag(now)) >= TOO_LATE:
            return f"the event loop has not moved for {late:.0f} s"
        ended = [task.get_name() for task in self._tasks if task.done()]
        return f"ended by itself: {', '.join(ended)}" if ended else ""
