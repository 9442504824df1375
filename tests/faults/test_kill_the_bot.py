"""kill -9 of the whole bot at every named place: what came in is in the books once, and done once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.failpoints import FAILPOINTS
from tests.faults.process import INSULT, Camp, Decided, camp

# Where it dies, and whether the one post that was in hand may be unknown afterwards.
PLACES = (
    ("intake.parsed", False),  # C1
    ("intake.committed", False),  # C2
    ("intake.confirmed", False),  # C3
    ("outbox.claimed", True),  # C4
    ("unit.before_commit", False),  # C5
    ("outbox.before_send", True),  # C6
    ("outbox.sending", True),  # C7
    ("gateway.requested", True),  # C8
    ("gateway.answered", True),  # C9
)


def test_no_place_is_left_out() -> None:
    assert {place for place, _ in PLACES} == set(FAILPOINTS)


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Camp]:
    async with camp(tmp_path, database_url) as made:
        yield made


@pytest.mark.parametrize(("place", "may_be_unknown"), PLACES)
async def test_a_killed_bot_goes_on_as_if_nothing_had_been(stage: Camp, place: str, may_be_unknown: bool) -> None:
    lin, wang, zhao = [await stage.member(name) for name in ("林晓", "王敏", "赵")]
    (insult,) = await stage.say(lin, INSULT)
    flood = await stage.say(wang, *["快来看快来看"] * 5)
    await stage.say(zhao, "早上好")
    await stage.start(f"{place}:kill")
    (late,) = await stage.say(zhao, INSULT)
    await stage.dies()
    await stage.start()
    await stage.settled()

    assert await stage.decided() == [
        Decided(lin, "insult", "remind", "standing"),
        Decided(wang, "flooding", "mute", "standing"),
        Decided(zhao, "insult", "remind", "standing"),
    ]
    assert (await stage.written())[zhao] == 2
    assert (await stage.written())[wang] == 5
    assert not stage.stands(insult)
    assert not stage.stands(late)
    assert stage.stands(flood[0])
    assert not stage.stands(flood[3])
    ends = {call["parameters"]["until_date"] for call in stage.calls("restrictChatMember")}
    assert ends == {stage.muted_until(wang)}
    posts = await stage.posts()
    assert posts.total() == posts["done"] + posts["unknown"] == 3
    assert posts["unknown"] <= may_be_unknown
    assert posts["done"] <= stage.said() <= posts.total()
