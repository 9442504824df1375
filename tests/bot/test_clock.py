"""The clock: what waits is woken when its moment comes, however time is moved."""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.clock import RETRY_MOST, ManualClock, SandboxClock, SystemClock
from sandbox.control import VERBS
from sandbox.serve import serve
from sandbox.world import World
from tests.bot.clockserver import ClockServer, serving_a_clock
from tests.bot.waiting import until

SOON = 5.0


@asynccontextmanager
async def following(server: ClockServer) -> AsyncIterator[SandboxClock]:
    async with SandboxClock(server.address) as clock:
        yield clock


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_manual_clock_wakes_sleepers_in_the_order_of_their_moments() -> None:
    clock, woken = ManualClock(1_000), list[str]()

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    tasks = [asyncio.create_task(sleeper(*each)) for each in (("late", 9), ("early", 3), ("between", 5))]
    await settled()
    clock.advance(6)
    await settled()
    assert woken == ["early", "between"]
    assert clock.now() == 1_006
    clock.advance(3)
    await asyncio.gather(*tasks)
    assert woken == ["early", "between", "late"]


async def test_a_manual_clock_says_when_the_next_sleeper_is_due() -> None:
    clock = ManualClock(50)
    task = asyncio.create_task(clock.sleep_until(80))
    await settled()
    assert clock.next_moment() == 80
    clock.advance(30)
    await task
    assert clock.monotonic() == 30


async def test_the_machines_clock_sleeps_until_a_moment_and_not_at_all_for_one_that_is_past() -> None:
    clock = SystemClock()
    began = time.monotonic()
    await clock.sleep_until(clock.now() - 3_600)
    await clock.sleep_until(clock.now() + 0.02)
    await clock.sleep(-1)
    assert 0.01 < time.monotonic() - began < SOON


async def test_a_jump_of_the_sandboxs_clock_wakes_who_slept_over_it() -> None:
    async with serving_a_clock(at=1_000_000, rate=1) as server, following(server) as clock:
        assert abs(clock.now() - 1_000_000) < SOON
        sleeping = asyncio.create_task(clock.sleep_until(1_000_000 + 86_400))
        napping = asyncio.create_task(clock.sleep(3_600))
        await asyncio.sleep(0.05)
        assert not sleeping.done()
        server.jump(86_400)
        await asyncio.wait_for(asyncio.gather(sleeping, napping), SOON)
        assert clock.now() >= 1_000_000 + 86_400


async def test_a_faster_sandbox_wakes_sleepers_sooner_and_a_frozen_one_not_at_all() -> None:
    async with serving_a_clock(at=500, rate=0) as server, following(server) as clock:
        sleeping = asyncio.create_task(clock.sleep(1_000))
        await asyncio.sleep(0.05)
        assert clock.now() == 500
        server.run_at(20_000)
        await asyncio.wait_for(sleeping, SOON)
        assert clock.now() >= 1_500


async def test_time_that_is_set_back_never_runs_backwards_in_monotonic() -> None:
    async with serving_a_clock(at=10_000, rate=1) as server, following(server) as clock:
        before = clock.monotonic()
        server.jump(-5_000)
        await until(lambda: clock.now() < 9_000, "the jump back")
        assert clock.monotonic() >= before
        assert clock.monotonic() < before + SOON


async def test_a_sandbox_that_is_briefly_away_is_followed_again_when_it_is_back() -> None:
    async with serving_a_clock(at=1_000, rate=1) as server, following(server) as clock:
        await server.stop()
        await asyncio.sleep(0.05)
        assert abs(clock.now() - 1_000) < SOON
        server.forget_versions()
        await server.start()
        server.jump(7_000)
        await asyncio.wait_for(clock.sleep_until(8_000), SOON)


async def test_a_sandbox_that_stays_away_is_asked_less_and_less_and_told_in_plain_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "bot.clock")
    async with serving_a_clock(at=1_000, rate=1) as server, following(server):
        await server.stop()
        await until(lambda: len(caplog.records) >= 3)
        await server.start()
    told = [record.getMessage() for record in caplog.records][:3]
    assert told == [
        f"the sandbox at {server.address} does not answer, its clock runs on as it was; asked again in {pause} s"
        for pause in ("0.1", "0.2", "0.4")
    ]
    assert RETRY_MOST >= 30


async def test_a_sandbox_that_was_never_there_is_told_at_once() -> None:
    with pytest.raises(httpx.HTTPError):
        await SandboxClock("http://127.0.0.1:9").__aenter__()


def test_the_face_the_server_of_these_tests_shows_is_json() -> None:
    assert set(json.loads(ClockServer(at=1, rate=1).face())) >= {"version", "base_real", "base_virtual", "rate"}


async def test_a_sandboxs_own_clock_is_followed_through_its_control_api() -> None:
    world = World(start=2_000_000)
    async with serve(world) as address, SandboxClock(address) as clock:
        heard: list[float] = []
        clock.on_change(lambda: heard.append(clock.now()))
        sleeping = asyncio.create_task(clock.sleep_until(2_000_000 + 3_600))
        VERBS["clock"](world, jump_seconds=3_600)
        await asyncio.wait_for(sleeping, SOON)
        assert len(heard) == 1
        VERBS["clock"](world, rate=60)
        await until(lambda: len(heard) == 2, "the change of pace")
        assert 0 < clock.real_seconds_until(clock.now() + 600) <= 10
        VERBS["clock"](world, freeze=True)
        await until(lambda: len(heard) == 3, "the freeze")
        assert clock.real_seconds_until(clock.now() + 1) == math.inf


def test_a_manual_clock_tells_whoever_plans_by_it_that_time_has_passed() -> None:
    clock, heard = ManualClock(10), list[float]()
    clock.on_change(lambda: heard.append(clock.now()))
    assert (clock.real_seconds_until(10), clock.real_seconds_until(11)) == (0, math.inf)
    clock.advance(5)
    assert heard == [15]


def test_on_the_machines_clock_real_seconds_are_seconds() -> None:
    clock = SystemClock()
    assert 9 < clock.real_seconds_until(clock.now() + 10) <= 10
    assert clock.real_seconds_until(0) == 0
