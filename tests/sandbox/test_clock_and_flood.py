"""Time that jumps, runs and stands still; limits on speech; raids."""

from __future__ import annotations

import asyncio
import time

import pytest
from telegram.error import RetryAfter

from sandbox.world.clock import Clock
from sandbox.world.limits import Limits
from tests.sandbox.stage import START, Stage


async def test_the_clock_starts_where_told_and_runs(stage: Stage) -> None:
    assert START <= await stage.people.now() < START + 30
    before = await stage.people.now()
    await asyncio.sleep(0.05)
    assert await stage.people.now() > before


async def test_the_clock_is_set_jumped_sped_up_and_frozen(stage: Stage) -> None:
    face = await stage.people.clock(set="2025-03-04T00:00:00+08:00", freeze=True)
    assert face["now"] == 1_741_017_600
    assert (await stage.people.clock(jump_seconds=90))["now"] == 1_741_017_690
    assert await stage.people.now() == 1_741_017_690
    await stage.people.clock(rate=1000)
    await asyncio.sleep(0.1)
    assert await stage.people.now() > 1_741_017_690 + 90


async def test_whoever_asks_for_the_next_clock_waits_until_it_changes(stage: Stage) -> None:
    face = await stage.people.get("clock")
    waiting = asyncio.create_task(stage.people.get("clock", after=face["version"]))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await stage.people.clock(jump_seconds=3600)
    new = await waiting
    assert new["version"] > face["version"]
    assert new["base_virtual"] - face["base_virtual"] >= 3600


async def test_messages_carry_the_virtual_time(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.clock(set=2_000_000_000, freeze=True)
    sent = await stage.bot.send_message(chat, "from the future")
    assert sent.date.timestamp() == 2_000_000_000


async def test_sleeping_until_a_moment_follows_jumps() -> None:
    clock = Clock(1000.0, rate=0.0)
    sleeping = asyncio.create_task(clock.sleep_until(5000.0))
    await asyncio.sleep(0.02)
    assert not sleeping.done()
    clock.change(jump=4000.0)
    await asyncio.wait_for(sleeping, 1)


async def test_limits_are_off_until_asked_for(stage: Stage) -> None:
    chat = await stage.group()
    for number in range(40):
        await stage.bot.send_message(chat, f"number {number}")


async def test_the_twenty_first_message_of_a_minute_has_to_wait(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.flood(True)
    await stage.people.clock(rate=100)
    for number in range(20):
        await stage.bot.send_message(chat, f"number {number}")
    await stage.people.clock(rate=1)
    with pytest.raises(RetryAfter):
        await stage.bot.send_message(chat, "one too many")
    answer = await stage.people.http.post(f"/bot{stage.world.token}/sendMessage", json={"chat_id": chat, "text": "x"})
    wait = answer.json()["parameters"]["retry_after"]
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == str(wait)
    assert answer.json()["description"] == f"Too Many Requests: retry after {wait}"
    await stage.people.clock(jump_seconds=wait)
    await stage.bot.send_message(chat, "now it goes")


async def test_deletions_and_measures_are_no_speech(stage: Stage) -> None:
    chat = await stage.group()
    people = [await stage.member(chat, f"User {n}") for n in range(30)]
    messages = [await stage.people.post(chat, user, "spam") for user in people]
    await stage.people.flood(True)
    started = time.monotonic()
    for user, message in zip(people, messages, strict=True):
        await stage.bot.delete_message(chat, message)
        await stage.bot.ban_chat_member(chat, user)
    assert time.monotonic() - started < 5


async def test_a_short_wait_is_held_and_then_goes_out(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.flood(True)
    started = time.monotonic()
    for number in range(4):
        await stage.bot.send_message(chat, f"number {number}")
    assert 1.0 < time.monotonic() - started < 5


def test_over_all_chats_thirty_a_second() -> None:
    limits = Limits()
    limits.enabled = True
    moments = [limits.claim("sendMessage", 1000 + n, 0.0)[0] for n in range(61)]
    assert moments.count(0.0) == 30
    assert moments[30:60] == [1.0] * 30
    assert moments[60] == 2.0


def test_every_message_of_an_album_counts() -> None:
    limits = Limits()
    limits.enabled = True
    assert limits.claim("sendMediaGroup", -100, 0.0, 20) == (0.0, 0)
    assert limits.claim("sendMessage", -100, 0.0) == (0.0, 60)
    assert limits.claim("deleteMessages", -100, 0.0, 100) == (0.0, 0)


async def test_a_raid_comes_at_its_pace(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    people = await stage.people.raid(chat, 5, names=["Anna", "Bert"], text="buy now {n}", seconds=100)
    assert len(people) == 5
    assert len([m for m in await stage.people.messages(chat) if m.get("text", "").startswith("buy")]) == 1
    await stage.people.clock(jump_seconds=50)
    assert len([m for m in await stage.people.messages(chat) if m.get("text", "").startswith("buy")]) == 3
    await stage.people.clock(jump_seconds=50)
    texts = [m["text"] for m in await stage.people.messages(chat) if m.get("text")]
    assert texts == [f"buy now {n}" for n in range(1, 6)]


async def test_a_raid_comes_by_itself_when_time_runs_fast(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.clock(rate=1000)
    people = await stage.people.raid(chat, 10, seconds=300)
    await stage.people.member_status(chat, people[-1], "member")
