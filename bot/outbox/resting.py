"""Waiting for a bell or for time, whichever comes first."""

import asyncio

from bot.clock import Clock

LONGEST = 30.0


async def rest(bell: asyncio.Event, clock: Clock, seconds: float) -> None:
    """Until the bell rings or so many seconds of the clock have passed, half a minute of it at most."""
    if seconds <= 0 or bell.is_set():
        return
    waiting = [asyncio.create_task(bell.wait()), asyncio.create_task(clock.sleep(min(seconds, LONGEST)))]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
