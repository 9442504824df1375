"""Asked to stop while thousands of updates wait: it ends in time, and the next start does the rest."""

import random
import time
from pathlib import Path

import pytest

from tests.bot.waiting import until
from tests.faults.books import difference, notices
from tests.faults.crowd import POLICY, Crowd
from tests.faults.process import camp
from tests.figures import Figures

GROUPS, PEOPLE, ROUNDS = 20, 10, 30
QUEUED, IN_TIME = 5_000, 20.0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("intake", ["polling", "webhook"])
async def test_five_thousand_waiting_updates_do_not_keep_it_from_stopping(
    tmp_path: Path, database_url: str, intake: str, figures: Figures
) -> None:
    # C11
    async with camp(tmp_path, database_url, POLICY, intake) as stage:
        crowd, first = Crowd(stage.world, random.Random(11)), stage.world.updates.next_id
        await stage.start()
        crowd.gather(GROUPS, PEOPLE)
        for line in crowd.script(ROUNDS):
            crowd.say(*line)
        await until(lambda: len(stage.world.updates.waiting) < stage.world.updates.next_id - first, "it has begun")
        waiting, begun = len(stage.world.updates.waiting), time.monotonic()
        code = await stage.bot.stop()
        took, left = time.monotonic() - begun, len(stage.world.updates.waiting)
        await stage.start()
        await stage.settled(seconds=120)
        found, told = await difference(stage, crowd, first), await notices(stage, crowd)
    figures(
        "C11", queued=waiting, stopped_after_s=took, code=code, left_for_the_next_start=left, lost=found.lost,
        doubled=found.doubled, notices=told.total, notices_doubled=told.doubled, notices_unknown=told.unknown,
    )  # fmt: skip
    assert waiting >= QUEUED
    assert (code, left > 0) == (0, True)
    assert took < IN_TIME
    assert found == (0, 0, 0, 0, 0)
    assert told.done == told.total
    assert (told.unknown, told.doubled, told.unread) == (0, 0, 0)
