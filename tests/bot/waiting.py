"""Waiting in tests for what happens beside them, with an end."""

import asyncio
import time
from collections.abc import Awaitable, Callable


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
