"""The table of what must hold before the bot can do its work; never raises, never takes longer than its bound."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

NOT_YET = "not there yet, the bot is starting"
NAMES = ("database", "schema", "lease", "telegram", "work")
BOUND = 1.5

log = logging.getLogger(__name__)

Check = Callable[[], Awaitable[str]]


class Readiness:
    """Each name has a check that says "" or, in plain words, why not; or the words themselves, until there is one."""

    def __init__(self, names: tuple[str, ...] = NAMES, bound: float = BOUND) -> None:
        self._checks: dict[str, Check | str] = dict.fromkeys(names, NOT_YET)
        self._running: dict[str, asyncio.Task[str]] = {}
        self._bound = bound

    def set(self, name: str, check: Check | str) -> None:
        self._checks[name] = check

    async def report(self) -> Mapping[str, str]:
        """What is wrong with each name, "" where nothing is."""
        asked = {name: self._ask(name, check) for name, check in self._checks.items() if callable(check)}
        if asked:
            await asyncio.wait(asked.values(), timeout=self._bound)
        return {name: self._heard(asked[name]) if name in asked else str(self._checks[name]) for name in self._checks}

    async def close(self) -> None:
        """Ask nothing more."""
        running = [task for task in self._running.values() if not task.done()]
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        self._running.clear()

    def _ask(self, name: str, check: Check) -> asyncio.Task[str]:
        """A check that has not answered yet is not asked a second time."""
        task = self._running.get(name)
        if task is None or task.done():
            task = self._running[name] = asyncio.create_task(answer(name, check), name=f"check-{name}")
        return task

    def _heard(self, task: asyncio.Task[str]) -> str:
        if not task.done():
            return f"no answer within {self._bound:g} s"
        if task.cancelled():
            return "the check was broken off"
        if (failure := task.exception()) is not None:
            return f"the check itself fails ({type(failure).__name__})"
        return task.result()


async def answer(name: str, check: Check) -> str:
    try:
        return await check()
    except Exception as error:
        log.exception("a check of readiness fails by itself", extra={"check": name})
        return f"the check itself fails ({type(error).__name__})"
