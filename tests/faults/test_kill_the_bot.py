"""kill -9 of the whole bot at every named place: what came in is in the books once, and done once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.failpoints import KILLS
from tests.faults.process import ENFORCED, INSULT, Camp, Decided, camp
from tests.figures import Figures


@pytest.fixture
async def stage(tmp_path: Path, database_url: str, intake: str) -> AsyncIterator[Camp]:
    # On a slow machine a greeting would come in between.
    policy = ENFORCED | {"welcome": {"enabled": False}}
    async with camp(tmp_path, database_url, policy, intake) as made:
        yield made


@pytest.mark.parametrize("kill", KILLS)  # C1 C2 C3 C4 C5 C6 C7 C8 C9
async def test_a_killed_bot_goes_on_as_if_nothing_had_been(stage: Camp, kill: str, figures: Figures) -> None:
    place, may_be_unknown = KILLS[kill]
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
    extra = len(stage.calls("restrictChatMember")) - 1
    figures(kill, killed_at=place, lost=0, doubled=0, posts_unknown=posts["unknown"], extra_calls=extra)
