"""Cut off from Telegram under load and joined again: nothing is lost or doubled, and no rush follows."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from sandbox.processes import TOKEN, BotProcess
from tests.bot.waiting import until
from tests.faults.blackhole import line_to
from tests.faults.books import difference, notices
from tests.faults.crowd import POLICY, Crowd
from tests.faults.process import camp, loud
from tests.figures import Figures

GROUPS, PEOPLE, ROUNDS = 5, 12, 10
CUT_SECONDS = 15.0
# A test that comes late to its own line sees two seconds in one.
MOST_A_SECOND, OVER = 30, 5


@pytest.mark.timeout(240)
async def test_after_a_partition_all_is_done_once_and_slowly(
    tmp_path: Path, database_url: str, figures: Figures
) -> None:
    # T4
    async with camp(tmp_path, database_url, POLICY) as stage, line_to(stage.people.url) as line:
        given = {
            "policy": POLICY, "telegram": {"token": TOKEN, "api_base_url": line.url},
            "sandbox": loud(stage.people.url),
        }  # fmt: skip
        stage.bot = BotProcess(tmp_path / "far", stage.people.url, database_url, given)
        crowd, first = Crowd(stage.world, random.Random(4)), stage.world.updates.next_id
        await stage.start()
        crowd.gather(GROUPS, PEOPLE)
        script = list(crowd.script(ROUNDS))
        for said in script[: len(script) // 2]:
            crowd.say(*said)
        await until(lambda: len(stage.world.updates.waiting) < len(script) // 2, "it has begun", seconds=30)
        line.cut()
        for said in script[len(script) // 2 :]:
            crowd.say(*said)
        await asyncio.sleep(CUT_SECONDS)
        before = len(stage.world.calls.after(0))
        joined = asyncio.get_running_loop().time()
        line.join()
        await stage.settled(seconds=120)
        made = stage.world.calls.after(0)[before:]
        found, told = await difference(stage, crowd, first), await notices(stage, crowd)
        assert await stage.bot.stop() == 0
    arrived = max(Counter(int(call["at"]) for call in made).values())
    sent = max(Counter(int((at - joined) / OVER) for at in line.sent if at >= joined).values()) / OVER
    figures(
        "T4", intake="polling", cut_s=CUT_SECONDS, updates=stage.world.updates.next_id - first, lost=found.lost,
        doubled=found.doubled, notices=told.total, notices_doubled=told.doubled, notices_unknown=told.unknown,
        most_sent_a_second=sent, most_arriving_in_a_second=arrived,
    )  # fmt: skip
    assert found == (0, 0, 0, 0, 0)
    assert told.doubled == 0
    assert told.unread <= told.unknown
    assert told.done + told.unknown == told.total
    assert sent <= MOST_A_SECOND
