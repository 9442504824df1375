"""Two bots, one token, one database: the second waits without a word and takes over; who comes too late ends."""

import asyncio
import json
import random
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.processes import BotProcess
from tests.bot.waiting import until
from tests.faults.books import difference, notices
from tests.faults.crowd import POLICY, Crowd
from tests.faults.impatient import HANG
from tests.faults.process import INSULT, Camp, camp, loud
from tests.figures import Figures

WAITS = "another instance is running"
TAKES_OVER = "this instance holds the lease"
LOST = "another instance has taken over; this one ends, and waits for its turn when it is started again"
IN_TIME = 15.0
GROUPS, PEOPLE, ROUNDS = 10, 20, 10


def beside(stage: Camp, database: str, folder: Path, intake: str = "polling") -> BotProcess:
    told_too = {"policy": POLICY, "sandbox": loud(stage.people.url)}
    return BotProcess(folder / "second", stage.people.url, database, told_too, intake)


@asynccontextmanager
async def two(
    folder: Path, database: str, *, impatient: bool = False, intake: str = "polling"
) -> AsyncIterator[tuple[Camp, BotProcess]]:
    """The first at work; the second is not started yet."""
    async with camp(folder, database, POLICY, intake) as stage:
        second = beside(stage, database, folder, intake)
        if impatient:
            stage.bot.program = second.program = ("tests.faults.impatient", "run")
        await stage.start()
        try:
            yield stage, second
        finally:
            await second.kill()


def told(bot: BotProcess, words: str) -> int:
    return bot.log.read_text(encoding="utf-8", errors="replace").count(words) if bot.log.exists() else 0


async def waits(bot: BotProcess) -> None:
    await bot.launch()
    await until(lambda: told(bot, WAITS) == 1, f"it waits ({bot.last_words(3)})", seconds=30)


async def takes_over(bot: BotProcess) -> float:
    """Seconds until it has the lease."""
    begun = time.monotonic()
    await until(lambda: told(bot, TAKES_OVER) == 1, f"it takes over ({bot.last_words(3)})", seconds=60)
    return time.monotonic() - begun


def conflicts(*bots: BotProcess) -> int:
    """How often a bot was sent away. The sandbox also does so with the last question of one that is gone: unheard."""
    return sum(told(bot, "another program polls with the same token") for bot in bots)


def refusals(stage: Camp) -> int:
    return sum(call.get("error_code") == 409 for call in stage.world.calls.after(0))


async def readiness(bot: BotProcess) -> dict[str, Any]:
    lines = [json.loads(line) for line in bot.log.read_text().splitlines() if '"web listens"' in line]
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{lines[-1]['port']}/readyz")
    return {"status": answer.status_code, **answer.json()}


async def speak(crowd: Crowd, seconds: float) -> None:
    """All of the script, evenly over the time."""
    script, begun, said = list(crowd.script(ROUNDS)), time.monotonic(), 0
    while said < len(script):
        end = min(len(script), 1 + int(len(script) * (time.monotonic() - begun) / seconds))
        for line in script[said:end]:
            crowd.say(*line)
        said = end
        await asyncio.sleep(0.02)


async def checked(stage: Camp, second: BotProcess, crowd: Crowd, first_update: int) -> dict[str, int]:
    """The books and the groups beside the model."""
    await stage.settled(seconds=90)
    found, posted = await difference(stage, crowd, first_update), await notices(stage, crowd)
    assert found == (0, 0, 0, 0, 0)
    assert posted.doubled == 0
    assert posted.unread <= posted.unknown
    updates = stage.world.updates.next_id - first_update
    return {
        "updates": updates, "lost": found.lost + found.unseen, "doubled": found.doubled, "notices": posted.total,
        "notices_doubled": posted.doubled, "notices_unknown": posted.unknown,
        "conflicts_409": conflicts(stage.bot, second),
    }  # fmt: skip


@pytest.mark.parametrize("intake", ["polling", "webhook"])
async def test_the_second_waits_without_a_word_and_takes_over_when_the_first_is_told_to_stop(
    tmp_path: Path, database_url: str, intake: str, figures: Figures
) -> None:
    # I1
    async with two(tmp_path, database_url, intake=intake) as (stage, second):
        asked = ("setMyCommands", "setWebhook", "deleteWebhook")
        await until(lambda: bool(stage.calls("setMyCommands")), "the first is at work")
        before = [len(stage.calls(method)) for method in asked]
        await waits(second)
        await asyncio.sleep(2)
        seen = await readiness(second)
        assert (seen["status"], WAITS in seen["checks"]["lease"]) == (503, True)
        lin = await stage.member("林晓")
        (insult,) = await stage.say(lin, INSULT)
        await stage.settled()
        assert not stage.stands(insult)
        assert [len(stage.calls(method)) for method in asked][1:] == before[1:]
        assert (told(second, WAITS), told(second, TAKES_OVER), refusals(stage)) == (1, 0, 0)
        stopping = asyncio.create_task(stage.bot.stop())
        took = await takes_over(second)
        assert await stopping == 0
        (insult,) = await stage.say(lin, INSULT)
        await stage.settled()
        assert not stage.stands(insult)
        assert conflicts(stage.bot, second) == 0
        assert (await readiness(second))["checks"]["lease"] == "ok"
    figures("I1", takeover_after_stop_s=round(took, 2), conflicts_409=0)
    assert took < IN_TIME


@pytest.mark.timeout(180)
async def test_when_the_first_is_killed_under_load_the_second_goes_on_and_nothing_is_lost(
    tmp_path: Path, database_url: str, figures: Figures
) -> None:
    # I1
    async with two(tmp_path, database_url) as (stage, second):
        crowd, first_update = Crowd(stage.world, random.Random(1)), stage.world.updates.next_id
        crowd.gather(GROUPS, PEOPLE)
        await waits(second)
        speaking = asyncio.create_task(speak(crowd, 5.0))
        await asyncio.sleep(2.5)
        await stage.bot.kill()
        took = await takes_over(second)
        await speaking
        seen = await checked(stage, second, crowd, first_update)
    figures("I1", takeover_after_kill_s=round(took, 2), **seen)
    assert seen["updates"] >= 2_000
    assert took < IN_TIME
    assert seen["conflicts_409"] == 0


@pytest.mark.timeout(180)
async def test_a_first_that_was_stopped_in_the_middle_comes_back_too_late_and_ends(
    tmp_path: Path, database_url: str, figures: Figures
) -> None:
    # I2
    async with two(tmp_path, database_url, impatient=True) as (stage, second):
        crowd, first_update = Crowd(stage.world, random.Random(2)), stage.world.updates.next_id
        crowd.gather(GROUPS, PEOPLE)
        await waits(second)
        speaking = asyncio.create_task(speak(crowd, 8.0))
        await asyncio.sleep(2.5)
        stopped_at = await stop_between_units(stage, database_url)
        await takes_over(second)
        took = time.monotonic() - stopped_at
        await speaking
        stage.bot.signal(signal.SIGCONT)
        begun = time.monotonic()
        assert await asyncio.wait_for(stage.bot.wait(), 30) == 1
        ended = time.monotonic() - begun
        lines = stage.bot.log.read_text().splitlines()
        assert [line for line in lines if not line.startswith("{")] == [LOST]
        assert "Traceback" not in stage.bot.log.read_text()
        seen = await checked(stage, second, crowd, first_update)
        await waits(stage.bot)
    figures("I2", hang_limit_s=HANG, takeover_after_s=round(took, 2), ended_after_s=round(ended, 2), **seen)


async def stop_between_units(stage: Camp, database: str) -> float:
    """SIGSTOP, and when; again where it was in a transaction of SQLite, which then keeps the whole file."""
    while True:
        stage.bot.signal(signal.SIGSTOP)
        at = time.monotonic()
        await asyncio.sleep(0.1)
        if database.startswith("postgresql") or free(database.removeprefix("sqlite:///")):
            return at
        stage.bot.signal(signal.SIGCONT)
        await asyncio.sleep(0.05)


def free(file: str) -> bool:
    with closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        connection.execute("ROLLBACK")
        return True


async def test_one_that_was_stopped_goes_on_where_nobody_waits(tmp_path: Path, database_url: str) -> None:
    # I2
    async with two(tmp_path, database_url, impatient=True) as (stage, _):
        lin = await stage.member("林晓")
        await stage.settled()
        stage.bot.signal(signal.SIGSTOP)
        (insult,) = await stage.say(lin, INSULT)
        await asyncio.sleep(HANG + 2)
        stage.bot.signal(signal.SIGCONT)
        await stage.settled()
        assert not stage.stands(insult)
        assert stage.bot.runs


async def test_one_that_waits_can_be_told_to_stop(tmp_path: Path, database_url: str) -> None:
    async with two(tmp_path, database_url) as (_, second):
        await waits(second)
        assert await asyncio.wait_for(second.stop(), 10) == 0
        assert told(second, "stopped before it began") == 1


async def test_commands_work_beside_a_running_bot(tmp_path: Path, database_url: str) -> None:
    # M3
    async with two(tmp_path, database_url) as (stage, _):
        assert (await stage.bot.books()) is not None
        migrating = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "migrate", "--config", str(stage.bot.config), stdout=asyncio.subprocess.PIPE
        )
        out, _ = await migrating.communicate()
        assert (migrating.returncode, b"newest schema" in out) == (0, True)
        assert stage.bot.runs
