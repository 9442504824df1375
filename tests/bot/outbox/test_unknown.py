"""`unknown` is only what may not be repeated: whatever goes wrong, an act that may be has another end."""

from typing import Any

import pytest

from bot.gateway import TelegramGateway
from rules.conduct.effects import Act, Delete, Restrict
from tests.bot.outbox.conftest import Post, say

MAY_BE_REPEATED = (Delete(message_ids=(1,)), Restrict(user_id=7))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours between the outbox and the network, of which nobody thought."""

    async def perform(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(TelegramGateway, "perform", perform)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("act", MAY_BE_REPEATED, ids=lambda act: type(act).__name__)
async def test_a_mistake_in_sending_what_may_be_repeated_is_a_refusal(post: Post, act: Act) -> None:
    [number] = await post.write(act)
    await post.drained()
    [row] = await post.rows(number)
    assert (row.state, row.reason) == ("refused", "mistake: ZeroDivisionError")
    assert post.unknown == []


@pytest.mark.usefixtures("broken")
async def test_of_a_post_nobody_knows_then_whether_it_went_and_that_is_told(post: Post) -> None:
    [number] = await post.write(say("hello"))
    await post.drained()
    [row] = await post.rows(number)
    assert (row.state, row.attempts) == ("unknown", 1)
    assert [each.id for each in post.unknown] == [number]
