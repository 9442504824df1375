"""kill -9 around a prompt that is due: it is posted once, or unknown and reported, and never twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.waiting import until_async
from tests.faults.process import Camp, camp
from tests.figures import Figures

MINUTE, HOUR = 60, 3600
# The camp begins at 01:46:40 in Shanghai.
DUE = 4 * HOUR + 44 * MINUTE
PROMPTS = {"checkin": {"enabled": True, "prompt_at": "06:30"}, "welcome": {"enabled": False}}
CLAIMED = "SELECT count(*) FROM occurrences WHERE state = 'planned' AND key LIKE '%:checkin:%'"
ENDED = "SELECT count(*) FROM acts WHERE purpose = 'prompt' AND state IN ('done', 'unknown')"
UNKNOWN = "SELECT count(*) FROM acts WHERE purpose = 'prompt' AND state = 'unknown'"
TOLD = "SELECT count(*) FROM tickets WHERE kind = 'act_unknown'"
BEGUN = "SELECT count(*) FROM groups WHERE rule_began LIKE '%checkin%'"

# Failpoint, how often the prompt may then be read, and whether its end is unknown.
KILLS = {
    "P1": ("unit.before_commit", 1, 0),
    "P2": ("outbox.before_send", 1, 0),
    "P3": ("gateway.requested", 1, 1),
    "P3, before a byte left": ("outbox.sending", 0, 1),
    "P3, after the answer": ("gateway.answered", 1, 1),
}


@pytest.fixture
async def stage(tmp_path: Path, database_url: str, intake: str) -> AsyncIterator[Camp]:
    async with camp(tmp_path, database_url, PROMPTS, intake) as made:
        yield made


def prompts(stage: Camp) -> int:
    """Messages that can be read in the group."""
    posts = stage.world.chat(stage.chat).messages.values()
    return sum(each.by_bot and "早安" in str(each.body.get("text", "")) for each in posts)


async def holds(stage: Camp, question: str) -> None:
    async def true() -> bool:
        return await stage.count(question) > 0

    await until_async(true, question, seconds=20)


@pytest.mark.parametrize("kill", KILLS)
async def test_a_prompt_is_never_posted_twice(stage: Camp, kill: str, figures: Figures) -> None:
    # P1 P2 P3
    place, read, unknown = KILLS[kill]
    await stage.start()
    await holds(stage, BEGUN)
    await stage.settled()
    await stage.bot.kill()
    await stage.people.clock(jump_seconds=DUE)
    await stage.start(f"{place}:kill")
    await stage.dies()
    before = await stage.count(CLAIMED)
    await stage.start()
    await holds(stage, ENDED)
    await stage.settled()
    figures(
        kill.partition(",")[0], killed_at=place, claimed_before_the_kill=before > 0,
        readable=prompts(stage), unknown=await stage.count(UNKNOWN),
    )  # fmt: skip
    assert (prompts(stage), await stage.count(UNKNOWN)) == (read, unknown)
    assert before == (kill != "P1")
    assert await stage.count(TOLD) == unknown
