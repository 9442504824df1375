"""Each group is let speak by itself: what fails in one keeps no other from being spoken to."""

import asyncio
from contextlib import suppress
from datetime import time
from zoneinfo import ZoneInfo

from bot.outbox.lane import Lane
from bot.outbox.scout import Scout
from bot.storage import Unit, quiet
from bot.storage.groups import GroupRow
from rules.conduct.gathering import Terms
from tests.bot.outbox.conftest import Post, say
from tests.bot.waiting import until

OTHER = -1_001_000_000_077


async def test_a_group_that_fails_keeps_no_other_from_being_spoken_to(still: Post) -> None:
    first = await still.group()
    await still.write(say("one"))
    await still.write(say("two"), chat=OTHER)
    other = await still.group(OTHER)

    async def terms_of(unit: Unit, group: GroupRow) -> tuple[Terms, ZoneInfo]:
        if group.id == first.id:
            raise ValueError("a mistake of ours")
        return Terms(8, time(0), time(0)), ZoneInfo("UTC")

    lanes: list[Lane] = []
    scout = Scout(still.storage, still.clock, lanes, terms_of)
    running = asyncio.create_task(scout.run())
    try:
        await until(scout.idle.is_set, "the scout rests")
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    async with still.storage.reading() as unit:
        waits = await quiet.groups_with_waiting(unit, int(still.clock.now()))
        used = await quiet.used(unit, other.id, 0)
    assert (waits, used[0]) == ([first.id], 1)
