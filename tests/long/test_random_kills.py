"""kill -9 at random moments, again and again, while ten thousand updates come in: the books say what was said."""

import asyncio
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from sandbox.processes import ProcessError
from tests.faults.books import difference, notices
from tests.faults.crowd import POLICY, Crowd
from tests.faults.process import Camp, camp
from tests.figures import Figures

GROUPS, PEOPLE, ROUNDS = 20, 10, 50
UPDATES, KILLS = 10_000, 50


async def speak(crowd: Crowd, script: list[tuple[int, int, str]], seconds: float) -> None:
    """All of it, evenly over the time."""
    begun, said = time.monotonic(), 0
    while said < len(script):
        until = min(len(script), 1 + int(len(script) * (time.monotonic() - begun) / seconds))
        for line in script[said:until]:
            crowd.say(*line)
        said = until
        await asyncio.sleep(0.02)


async def first_start(stage: Camp) -> float:
    """Seconds from the start to the first question or webhook."""
    begun = time.monotonic()
    await stage.start()
    took = time.monotonic() - begun
    await stage.bot.kill()
    return took


async def kill_again_and_again(stage: Camp, chance: random.Random, start: float) -> None:
    """At any moment of a start or of the second after it."""
    for _ in range(KILLS):
        starting = asyncio.create_task(stage.bot.start())
        await asyncio.sleep(chance.uniform(0.3 * start, start + 1.5))
        while not starting.done():
            # On a slow machine it may not even be there yet.
            await stage.bot.kill()
            await asyncio.wait([starting], timeout=0.1)
        await stage.bot.kill()
        with suppress(ProcessError):
            starting.result()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("intake", ["polling", "webhook"])
async def test_fifty_kills_lose_nothing_and_double_nothing(
    tmp_path: Path, database_url: str, intake: str, figures: Figures
) -> None:
    # C10
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    async with camp(tmp_path, database_url, POLICY, intake) as stage:
        crowd, first = Crowd(stage.world, chance), stage.world.updates.next_id
        start = await first_start(stage)
        crowd.gather(GROUPS, PEOPLE)
        speaking = asyncio.create_task(speak(crowd, list(crowd.script(ROUNDS)), KILLS * (start + 0.6)))
        await kill_again_and_again(stage, chance, start)
        await speaking
        await stage.start()
        await stage.settled(seconds=240)
        found, told = await difference(stage, crowd, first), await notices(stage, crowd)
        posted = stage.world.updates.next_id - first
        assert await stage.bot.stop() == 0
    figures(
        "C10", kills=KILLS, updates=posted, lost=found.lost + found.unseen, doubled=found.doubled,
        mutes_moved=found.mutes_moved, notices=told.total, notices_doubled=told.doubled, notices_unknown=told.unknown,
        seed=seed,
    )  # fmt: skip
    assert posted >= UPDATES
    assert found == (0, 0, 0, 0, 0)
    assert told.doubled == 0
    assert told.unread <= told.unknown
    assert told.done + told.unknown == told.total == crowd.decided.total()
