"""What health and readiness say through the faults of the database, of Telegram and of the bot itself: a table."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from sandbox.processes import TOKEN, BotProcess
from tests.bot.away import away
from tests.bot.waiting import until, until_async
from tests.faults.process import Camp, camp
from tests.figures import Figures
from tests.web.asking import Said, ask

SECRET = TOKEN.partition(":")[2]
CALM = {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}
SILENCE = 120


class Trouble(NamedTuple):
    """A bot in trouble: where it answers, and a name that must be among those that fail ("": none)."""

    port: int
    failing: str
    healthz: int = 200


Case = Callable[[Camp, str], AbstractAsyncContextManager[Trouble]]


def port_of(bot: BotProcess) -> int:
    """The last one it told of, 0 before."""
    lines = [json.loads(line) for line in bot.log.read_text().splitlines() if '"web listens"' in line]
    return int(lines[-1]["port"]) if lines else 0


async def launched(bot: BotProcess) -> int:
    bot.log.touch()
    await bot.launch()
    await until(lambda: port_of(bot) > 0, "it listens", seconds=20)
    return port_of(bot)


async def running(stage: Camp) -> int:
    await stage.start()
    return port_of(stage.bot)


@asynccontextmanager
async def the_database_is_away_at_the_start(stage: Camp, url: str) -> AsyncIterator[Trouble]:  # D1
    async with away(url):
        yield Trouble(await launched(stage.bot), "database")


@asynccontextmanager
async def the_database_goes_away(stage: Camp, url: str) -> AsyncIterator[Trouble]:  # D2 D3
    port = await running(stage)
    async with away(url):
        yield Trouble(port, "database")


@asynccontextmanager
async def telegram_is_away_at_the_start(stage: Camp, _: str) -> AsyncIterator[Trouble]:  # T2
    await stage.people.fail_next("*", n=10_000, mode="drop_before")
    yield Trouble(await launched(stage.bot), "telegram")
    await stage.people.do("fail_clear")


@asynccontextmanager
async def telegram_falls_silent(stage: Camp, _: str) -> AsyncIterator[Trouble]:  # T4
    port = await running(stage)
    await stage.people.fail_next("getUpdates", n=10_000, code=502)
    await stage.say(stage.owner, "早上好")
    await stage.people.do("clock", jump_seconds=SILENCE)
    yield Trouble(port, "telegram")
    await stage.people.do("fail_clear")


@asynccontextmanager
async def another_instance_has_the_lease(stage: Camp, url: str) -> AsyncIterator[Trouble]:  # I1
    await stage.start()
    second = BotProcess(stage.bot.config.parent.parent / "second", stage.people.url, url, {})
    try:
        trouble = Trouble(await launched(second), "lease")
    except BaseException:
        await second.kill()
        raise
    stage.bot, first = second, stage.bot
    yield trouble
    await first.stop()


@asynccontextmanager
async def it_is_told_to_stop(stage: Camp, url: str) -> AsyncIterator[Trouble]:  # C11
    port = await running(stage)
    async with away(url):
        await stage.say(stage.owner, "早上好")
        await eventually(port, 503, "database")
        stopped = asyncio.create_task(stage.bot.stop())
        await until(lambda: '"stopping"' in stage.bot.last_words(50), "it stops")
        yield Trouble(port, "stopping")
    assert await stopped == 0
    await stage.start()


CASES: tuple[Case, ...] = (
    the_database_is_away_at_the_start,
    the_database_goes_away,
    telegram_is_away_at_the_start,
    telegram_falls_silent,
    another_instance_has_the_lease,
    it_is_told_to_stop,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_alive_and_not_ready_says_which_check_fails_and_it_heals_by_itself(
    case: Case, tmp_path: Path, database_url: str, figures: Figures
) -> None:
    # H1 D1 D2 D3 T2 T4 I1 S7
    async with camp(tmp_path, database_url, CALM) as stage, ended(stage):
        async with case(stage, database_url) as trouble:
            said = await eventually(trouble.port, 503, trouble.failing)
            alive = await ask(trouble.port, "/healthz")
            scraped = await ask(trouble.port, "/metrics")
            figures("H1", case=case.__name__, healthz=alive.status, readyz=said.status, failing=trouble.failing)
            assert (alive.status, scraped.status) == (200, 200)
            assert trouble.failing in said.json()["failing"]
            assert len(said.json()["checks"][trouble.failing]) > 10
            for each in (said, alive, scraped):
                assert SECRET.encode() not in each.body
        healed = await eventually(port_of(stage.bot), 200)
        assert healed.json() == {
            "ready": True,
            "failing": [],
            "checks": dict.fromkeys(("database", "schema", "lease", "telegram", "work"), "ok"),
        }
        assert await stage.bot.stop() == 0


@asynccontextmanager
async def ended(stage: Camp) -> AsyncIterator[None]:
    """Whichever process is the stage's bot in the end, none is left behind."""
    try:
        yield
    finally:
        await stage.bot.kill()


async def eventually(port: int, status: int, failing: str = "") -> Said:
    """The first answer of /readyz that is so; each of them within two seconds and a half."""
    last: list[Said] = []

    async def so() -> bool:
        last[:] = [await asyncio.wait_for(ask(port, "/readyz"), 2.5)]
        return last[0].status == status and failing in ["", *last[0].json()["failing"]]

    await until_async(so, f"{status} {failing}", seconds=60)
    return last[0]


async def test_a_loop_that_hangs_is_no_longer_alive(tmp_path: Path, database_url: str, figures: Figures) -> None:
    # H1
    async with camp(tmp_path, database_url, CALM) as stage:
        await stage.bot.start({"DENGTA_FAILPOINT": "intake.parsed:hang@2"})
        port = port_of(stage.bot)
        for _ in range(20):
            await stage.say(stage.owner, "早上好")

        async def hangs() -> bool:
            return (await ask(port, "/healthz")).status == 503

        await until_async(hangs, "it is seen", seconds=20)
        alive, ready = await ask(port, "/healthz"), await ask(port, "/readyz")
        figures("H1", case="the loop hangs", healthz=alive.status, readyz=ready.status, failing="loop")
        assert alive.body.startswith(b"the event loop has not moved for ")
        assert ready.json()["failing"] == ["loop"]


async def test_a_port_that_is_taken_ends_the_start_with_one_line_and_1(tmp_path: Path, database_url: str) -> None:
    # H1
    async with camp(tmp_path, database_url, CALM) as stage:
        port = await running(stage)
        second = BotProcess(
            tmp_path / "second", stage.people.url, database_url, {"web": {"listen": f"127.0.0.1:{port}"}}
        )
        await second.launch()
        assert await second.wait() == 1
        line = (
            f"web.listen = 127.0.0.1:{port}: Address already in use; stop what listens there, or choose another address"
        )
        assert [each for each in second.log.read_text().splitlines() if not each.startswith("{")] == [line]


async def test_a_bot_that_telegram_calls_is_ready_as_well(tmp_path: Path, database_url: str) -> None:
    # H1
    async with camp(tmp_path, database_url, CALM, intake="webhook") as stage:
        port = await running(stage)
        assert (await eventually(port, 200)).json()["failing"] == []
        async with away(database_url):
            assert (await eventually(port, 503, "database")).json()["checks"]["telegram"] == "ok"
        await eventually(port, 200)
        assert await stage.bot.stop() == 0
