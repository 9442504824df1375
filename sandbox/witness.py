"""Shows by figures of processes and books that a killed bot lost nothing and a moved group kept everything."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.client import SandboxClient
from sandbox.player import PATIENCE
from sandbox.reader import BookReader
from sandbox.seeing import Untrue
from sandbox.story import Scene

# No decision has a number above it: only the counts are asked for.
FUTURE = 1 << 40
GLANCE = 0.1


class Witness:
    """Looks before and after a scene in which the bot is killed or started, or a group moves."""

    def __init__(self, telegram: SandboxClient, reader: BookReader, tell: Callable[..., Awaitable[None]]) -> None:
        self._telegram, self._reader, self._tell = telegram, reader, tell
        self._before: dict[str, Any] = {}
        self._waited = 0

    async def before(self, scene: Scene) -> None:
        if does(scene, "upgrade", "kill_bot"):
            self._before = await self._counts()

    async def after(self, scene: Scene) -> None:
        if does(scene, "upgrade"):
            await self._moved()
        if does(scene, "kill_bot"):
            await self._killed()
        if does(scene, "start_bot"):
            await self._came_back()

    async def _counts(self) -> dict[str, Any]:
        return dict((await self._reader.after(FUTURE))["counts"])

    async def _moved(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while (counts := await self._counts())["groups"] == self._before["groups"]:
            if time.monotonic() > deadline:
                raise Untrue("the books still hold the group under its old id")
            await asyncio.sleep(GLANCE)
        old = set(self._before["groups"]) - set(counts["groups"])
        new = set(counts["groups"]) - set(self._before["groups"])
        await self._tell(
            "checked",
            f"In the books group {listed(old)} has become {listed(new)}. Groups: {len(self._before['groups'])} → "
            f"{len(counts['groups'])}; decisions: {self._before['decisions']} → {counts['decisions']}.",
        )

    async def _killed(self) -> None:
        self._waited = await self._telegram.untaken()
        await self._tell(
            "checked",
            f"The bot's process is gone, without a chance to tidy up. Waiting at Telegram, taken by nobody: "
            f"{self._waited}. In the books: {self._before['decisions']} decisions, {self._before['entries']} entries.",
        )

    async def _came_back(self) -> None:
        """Raises Untrue where anything was lost or is in doubt."""
        waiting = await self._telegram.untaken(PATIENCE)
        now = await self._counts()
        lost = {"waiting": waiting, "undecided": now["undecided"], "unknown": now["unknown"]}
        if any(lost.values()) or now["decisions"] < self._before["decisions"]:
            told = ", ".join(f"{count} {kind}" for kind, count in lost.items())
            raise Untrue(f"after the crash: {told}; decisions {self._before['decisions']} → {now['decisions']}")
        await self._tell(
            "checked",
            f"Waiting at Telegram: {self._waited} → 0. Decisions in the books: {self._before['decisions']} → "
            f"{now['decisions']}. Messages left undecided: 0. Acts of which nobody knows whether they happened: 0.",
        )


def does(scene: Scene, *actions: str) -> bool:
    return any(step.do in actions for step in scene.steps)


def listed(numbers: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
