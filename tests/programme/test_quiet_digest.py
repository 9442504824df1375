"""Leaders are asked what must be decided at once, and told the rest once a day, if there is anything to tell."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.desks import cards
from tests.app.stage import INSULT, Stage
from tests.programme.conftest import Camping

MINUTE, HOUR = 60, 3600
HEAD = "今天的小结"
POLICY: dict[str, Any] = {"welcome": {"enabled": False}}
# Every kind of card there is: whether it is pushed. One that is missing here was not thought about.
KINDS = {
    "ad": True, "appeal": True, "brake": True, "channel": True, "hijack": True, "impersonates_staff": True,
    "ladder": True, "ladder_ask": True, "observed": True, "person_brake": True, "raid": True, "right_lost": True,
    "scam": True, "unanswered": True, "undecided": True, "act_unknown": False, "lockdown_changed": True,
    "prompt_missed": False,
}  # fmt: skip


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(POLICY) as made:
        await made.people.start(made.owner)
        await made.calm()
        yield made


async def digests(camp: Stage) -> list[str]:
    posts = await camp.people.messages(camp.owner)
    return [post["text"] for post in posts if post["from_bot"] and HEAD in post.get("text", "")]


async def evening(camp: Stage) -> None:
    """Half an hour after eight."""
    for _ in range(23):
        await camp.later(30 * MINUTE)


@pytest.mark.parametrize(("kind", "pushed"), KINDS.items())
def test_only_what_somebody_must_decide_or_mend_is_pushed(kind: str, pushed: bool) -> None:
    assert cards.pushed(kind) is pushed


async def test_a_day_with_something_to_tell_ends_with_one_digest(camp: Stage) -> None:
    user = await camp.member("小陈")
    await camp.member("林晓")
    await camp.people.post(camp.chat, user, INSULT)
    await camp.calm()
    await camp.people.leave(camp.chat, user)
    await camp.calm()
    assert await digests(camp) == []
    await evening(camp)
    [told] = await digests(camp)
    assert "离开 1 人" in told
    assert "处理了 1 次" in told
    await camp.restart()
    await camp.later(HOUR)
    assert len(await digests(camp)) == 1


async def test_a_day_without_anything_has_no_digest(camp: Stage) -> None:
    await evening(camp)
    before = len(await digests(camp))
    for _ in range(48):
        await camp.later(30 * MINUTE)
    assert len(await digests(camp)) == before
    assert before <= 1


async def test_the_digest_never_stands_in_the_group(camp: Stage) -> None:
    await camp.member("小陈")
    await evening(camp)
    assert not any(HEAD in text for text in await camp.said())
