"""The calendar wakes when something is due, however the clock is moved and whatever is away meanwhile."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot import programme
from bot.clock import ManualClock
from bot.storage import StorageUnavailable, deadlines, engine
from rules.conduct.effects import Deadline
from rules.conduct.measures import accept_rules
from rules.conduct.policy import DEFAULTS
from tests.app.stage import ENFORCED, Stage, staged
from tests.bot.away import away
from tests.bot.waiting import until, until_async

MINUTE, HOUR = 60, 3600
SIX = 1_740_952_800  # 2025-03-03 06:00 in Shanghai
PROMPTS = ENFORCED | {"checkin": {"enabled": True, "prompt_at": "06:30"}}


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, PROMPTS, start=SIX) as made:
        await made.member("林晓")
        yield made


@pytest.fixture
async def camp(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr(engine, "WRITER_PRAGMAS", (*engine.WRITER_PRAGMAS, "PRAGMA busy_timeout=50"))
    async with staged(database_url, PROMPTS, clock=ManualClock(SIX)) as made:
        await made.member("林晓")
        await made.calm()
        yield made


async def prompts(stage: Stage) -> int:
    made = await stage.people.calls(method="sendMessage")
    return len([call for call in made if "早安" in call["parameters"]["text"]])


async def test_a_jump_of_the_clock_is_noticed_at_once(stage: Stage) -> None:  # P9
    await stage.taken(2)
    await stage.people.clock(jump_seconds=31 * MINUTE)
    await stage.people.bot_message(stage.chat, "早安", seconds=5)


async def test_a_clock_that_runs_fast_rings_in_its_own_time(stage: Stage) -> None:  # P9
    await stage.people.clock(set=SIX + 29 * MINUTE, rate=60)
    await stage.people.bot_message(stage.chat, "早安", seconds=10)


async def test_a_clock_set_back_and_forth_doubles_nothing(stage: Stage) -> None:  # P9
    await stage.people.clock(jump_seconds=31 * MINUTE)
    await stage.people.bot_message(stage.chat, "早安", seconds=5)
    await stage.people.clock(jump_seconds=-3 * HOUR)
    await asyncio.sleep(0.3)
    await stage.people.clock(jump_seconds=3 * HOUR)
    await asyncio.sleep(0.5)
    assert await prompts(stage) == 1


async def test_the_database_being_away_for_a_moment_delays_and_loses_nothing(
    camp: Stage, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:  # D3
    with caplog.at_level(logging.WARNING):
        async with away(database_url):
            camp.pass_(31 * MINUTE)
            await until(lambda: "the calendar waits for the database" in caplog.text, "a warning", 30)
    camp.pass_(31)
    await camp.calm()
    assert await prompts(camp) == 1


async def test_a_prompt_that_was_not_committed_is_not_taken_for_posted(
    camp: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:  # P2
    greet, failures = programme.greet, 0

    async def fails_once(*given: Any) -> bool:
        nonlocal failures
        failures += 1
        if failures == 1:
            raise StorageUnavailable("the disk is full", "free some space")
        return await greet(*given)

    monkeypatch.setattr(programme, "greet", fails_once)
    camp.pass_(31 * MINUTE)
    await until(lambda: failures == 1, "a failure after the prompt was written")
    camp.pass_(31)
    await camp.calm()
    assert await prompts(camp) == 1


async def test_more_that_is_due_than_one_look_takes_is_done_in_the_next_ones(camp: Stage) -> None:
    lin, group, moderator = await camp.member("王敏"), await camp.group(), camp.app.services.moderator
    storage = camp.app.services.storage
    async with storage.unit() as unit:
        case = await moderator.case_of(unit, group, lin, SIX)
        for number in range(120):
            accepted, key = accept_rules(case, DEFAULTS), f"test:{number}"
            decision = await moderator.record(unit, case, accepted, issuer_kind="person", issuer_id=lin, key=key)
            await deadlines.add(unit, group.id, lin, decision or 0, [Deadline("pass_over", SIX + HOUR)])
    camp.pass_(2 * HOUR)

    async def all_done() -> bool:
        async with storage.reading() as unit:
            return not await deadlines.due(unit, SIX + 3 * HOUR, 10)

    await until_async(all_done, "all of it")


async def test_it_sleeps_while_nothing_is_due(camp: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    work = camp.app.calendar.work

    async def counted() -> float:
        nonlocal looks
        looks += 1
        return await work()

    monkeypatch.setattr(camp.app.calendar, "work", counted)
    await asyncio.sleep(1.5)
    assert looks <= 2
