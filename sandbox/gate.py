"""Lets a story go on when a reader had time, when somebody asks for the next step, and never while it is paused."""

import asyncio
import time
from typing import Any, Protocol

from sandbox.client import SandboxClient

LONGEST_WAIT = 20.0
TELL = (1.0, 0.012, 3.0)
READ = (1.5, 0.012, 7.0)


def seconds_for(letters: int, kind: tuple[float, float, float]) -> float:
    """How long people look at that many letters at the usual pace."""
    least, each, most = kind
    return min(least + each * letters, most)


class Gate(Protocol):
    async def lead(self, letters: int) -> None:
        """A moment between what is told and what then happens."""
        ...

    async def turn(self, step: int, letters: int) -> None:
        """Return when the step after `step` may be played; `letters` were told of `step`."""
        ...


class Open:
    """For a story without readers."""

    async def lead(self, letters: int) -> None:
        return

    async def turn(self, step: int, letters: int) -> None:
        return


class Paced:
    """The pace, the pauses and the next steps that the page or the terminal asked for at the sandbox."""

    def __init__(self, telegram: SandboxClient) -> None:
        self._telegram = telegram

    async def lead(self, letters: int) -> None:
        face = await self._look()
        await asyncio.sleep(seconds_for(letters, TELL) / float(face["pace"]))

    async def turn(self, step: int, letters: int) -> None:
        left, face = seconds_for(letters, READ), await self._look()
        while face["go"] <= step and (left > 0 or face["paused"]):
            began, pace = time.monotonic(), float(face["pace"])
            waits = LONGEST_WAIT if face["paused"] else min(left / pace, LONGEST_WAIT)
            running = not face["paused"]
            face = await self._look(after=face["version"], seconds=waits)
            left -= (time.monotonic() - began) * pace if running else 0.0

    async def _look(self, **given: Any) -> dict[str, Any]:
        return dict(await self._telegram.get("story", **given))
