"""Ten thousand messages at once, in one group and in two hundred: how fast a real process takes and decides them."""

import json
import random
import time
from pathlib import Path

import httpx
import pytest

from sandbox.client import NO_TLS
from sandbox.processes import BotProcess
from tests.bot.waiting import until
from tests.faults.books import difference
from tests.faults.crowd import POLICY, Crowd
from tests.faults.process import Camp, camp
from tests.figures import Figures

# Bounds far from what a slow machine does; what is wanted stands beside the figures.
INTAKE_WANTED, INTAKE_BOUND = 2.0, 60.0
DECISION_WANTED = 5.0
MEMORY_WANTED, MEMORY_BOUND = 300, 600


def memory_mb(pid: int) -> float:
    """The most it ever held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


async def awake_percent(bot: BotProcess) -> float:
    """How often the loop came within 100 ms to what was due."""
    told = (json.loads(line) for line in bot.log.read_text().splitlines())
    port = [line["port"] for line in told if line["event"] == "web listens"][-1]
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as web:
        text = (await web.get(f"http://127.0.0.1:{port}/metrics")).text
    series = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("dengta_event_loop_lag_seconds"))
    within, every = (series[f"dengta_event_loop_lag_seconds_{name}"] for name in ('bucket{le="0.1"}', "count"))
    return 100 * float(within) / float(every)


async def known(stage: Camp, crowd: Crowd) -> None:
    """A first word in each group: Telegram was asked who leads there before the burst."""
    for chat, user in dict(crowd.people).items():
        crowd.say(chat, user, "大家好")
    await stage.settled(seconds=120)


async def burst(stage: Camp, crowd: Crowd, script: list[tuple[int, int, str]]) -> tuple[float, float]:
    """Seconds until all is confirmed, and until all that was to be done at once is done."""
    for line in script:
        crowd.say(*line)
    begun = time.monotonic()
    await until(lambda: not stage.world.updates.waiting, "all confirmed", seconds=120)
    taken = time.monotonic() - begun
    await stage.settled(seconds=300)
    return taken, time.monotonic() - begun


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("groups", "people", "rounds"), [(1, 110, 91), (200, 5, 10)], ids=["one", "two-hundred"])
async def test_a_burst_is_taken_decided_and_done(
    tmp_path: Path, database_url: str, figures: Figures, groups: int, people: int, rounds: int
) -> None:
    # L1
    async with camp(tmp_path, database_url, POLICY) as stage:
        crowd, first = Crowd(stage.world, random.Random(1)), stage.world.updates.next_id
        await stage.start()
        crowd.gather(groups, people)
        await known(stage, crowd)
        taken, done = await burst(stage, crowd, list(crowd.script(rounds, 0.1, 0.05)))
        awake = await awake_percent(stage.bot)
        memory, found = memory_mb(stage.bot.pid), await difference(stage, crowd, first)
        assert await stage.bot.stop() == 0
    figures(
        "L1", intake="polling", groups=groups, messages=crowd.messages.total(), taken_in_s=taken, done_in_s=done,
        most_memory_mb=memory, lost=found.lost, doubled=found.doubled, intake_met=taken < INTAKE_WANTED,
        every_decision_met=taken < DECISION_WANTED,
        loop_within_100_ms_percent=awake, loop_met=awake >= 99, memory_met=memory < MEMORY_WANTED,
    )  # fmt: skip
    assert found == (0, 0, 0, 0, 0)
    assert taken < INTAKE_BOUND
    assert memory < MEMORY_BOUND
