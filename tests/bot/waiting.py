"""Waiting in tests for what happens beside them, with an end."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


async def until(happened: Callable[[], bool], what: str = "it", seconds: float = 10.0) -> None:
    """Return as soon as it happened; fail in words after `seconds`."""

    async def now() -> bool:
        return happened()

    await until_async(now, what, seconds)


async def until_async(happened: Callable[[], Awaitable[bool]], what: str = "it", seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    for _ in iter(lambda: time.monotonic() < end, False):
        if await happened():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{what} did not happen within {seconds} s")


@asynccontextmanager
async def lag() -> AsyncIterator[list[float]]:
    """How much later than asked the loop woke, at worst, in seconds."""
    worst = [0.0]

    async def watch() -> None:
        while True:
            asked = time.perf_counter() + 0.01
            await asyncio.sleep(0.01)
            worst[0] = max(worst[0], time.perf_counter() - asked)

    task = asyncio.create_task(watch())
    yield worst
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
