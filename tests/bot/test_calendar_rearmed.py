"""A wall clock that is set tells nobody: the calendar looks again by itself, every thirty seconds at the latest."""

import asyncio
from contextlib import suppress

import pytest

from bot import calendar
from bot.calendar import Calendar
from bot.clock import LONGEST_NAP, ManualClock
from bot.conduct.moderator import Moderator
from bot.storage import open_storage
from bot.textscan import Scanner
from tests.bot.waiting import until

AT = 1_740_952_800


async def test_it_looks_again_though_nothing_is_due_and_nobody_rings(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert calendar.REARM_SECONDS <= LONGEST_NAP == 30
    monkeypatch.setattr(calendar, "REARM_SECONDS", 0.1)
    storage, clock, looks = await open_storage(database_url), ManualClock(AT), [0]

    def looked() -> None:
        looks[0] += 1

    moderator = Moderator(scanner=Scanner.build(), clock=clock, bot_id=1)
    running = asyncio.create_task(Calendar(storage, moderator, clock, looked).run())
    await until(lambda: looks[0] >= 3, "a third look")
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await storage.close()
