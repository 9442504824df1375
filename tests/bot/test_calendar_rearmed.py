"""A wall clock that is set may tell nobody: the calendar looks again by itself, every thirty seconds at the latest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot import calendar
from bot.calendar import Calendar
from bot.clock import LONGEST_NAP, ManualClock
from bot.conduct.moderator import Moderator
from bot.storage import open_storage
from bot.textscan import Scanner
from tests.bot.waiting import until

AT = 1_740_952_800


class Looks:
    """How often the calendar has looked around."""

    def __init__(self) -> None:
        self.made = 0

    def count(self) -> None:
        self.made += 1


@asynccontextmanager
async def looking(database_url: str) -> AsyncIterator[tuple[ManualClock, Looks]]:
    """A calendar by itself, where nothing is due and nobody rings."""
    storage, clock, looks = await open_storage(database_url), ManualClock(AT), Looks()
    moderator = Moderator(scanner=Scanner.build(), clock=clock, bot_id=1)
    running = asyncio.create_task(Calendar(storage, moderator, clock, looks.count).run())
    try:
        await until(lambda: looks.made == 1, "a first look")
        yield clock, looks
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await storage.close()


async def test_it_looks_again_by_itself(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert calendar.REARM_SECONDS <= LONGEST_NAP == 30
    monkeypatch.setattr(calendar, "REARM_SECONDS", 0.2)
    async with looking(database_url) as (_, looks):
        await until(lambda: looks.made >= 3, "a third look")


async def test_it_looks_again_at_once_where_it_is_told_that_the_clock_was_set(database_url: str) -> None:
    async with looking(database_url) as (clock, looks):
        clock.advance(3600)
        await until(lambda: looks.made >= 2, "a second look", 10)
