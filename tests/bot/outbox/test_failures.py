"""When sending fails: tried again where that harms nobody, unknown where it could, never doubled. # T2 T3 T5"""

import itertools
import time

import pytest

from bot.gateway import TokenRefused
from bot.outbox.retries import LONGEST, pause
from rules.conduct.effects import Delete, Edit, Phrase, Planned, React, Remove, Restrict, Say
from tests.bot.outbox.conftest import Post, say, texts_of
from tests.bot.telegram import NOW

BREAKDOWNS = (
    {"mode": "error", "code": 500},
    {"mode": "error", "code": 502},
    {"mode": "http_body", "code": 502, "body": "<html>Bad Gateway</html>"},
    {"mode": "http_body", "code": 503, "body": ""},
    {"mode": "http_body", "code": 500, "body": "{half"},
)


@pytest.mark.parametrize("breakdown", BREAKDOWNS, ids=str)
async def test_after_a_breakdown_a_post_comes_once_and_in_order(post: Post, breakdown: dict[str, object]) -> None:
    post.telegram.do("fail_next", method="sendMessage", n=3, **breakdown)
    ids = await post.write(say("one"), say("two"))
    await post.drained()
    assert await post.states(*ids) == ["pending", "pending"]
    await post.advance(20)
    assert await post.states(*ids) == ["done", "done"]
    assert texts_of(post.telegram.said()) == ["one", "two"]


async def test_pauses_double_up_to_a_minute_and_differ_by_chance(post: Post) -> None:
    member = post.telegram.member("Ann")
    post.telegram.do("fail_next", method="banChatMember", n=9, code=500)
    await post.write(Remove(user_id=member, ban=True))
    await post.advance(300)
    at = [call["at"] for call in post.telegram.calls("banChatMember")]
    gaps = [later - earlier for earlier, later in itertools.pairwise(at)]
    assert len(at) == 10
    assert max(gaps) <= LONGEST + 2
    assert gaps[0] < gaps[2] < gaps[5]
    assert post.telegram.status(member) == "kicked"


def test_a_pause_lies_between_half_and_whole_of_its_step() -> None:
    class Chance:
        def __init__(self, share: float) -> None:
            self.share = share

        def uniform(self, low: float, high: float) -> float:
            return low + (high - low) * self.share

    for attempts, step in ((1, 1), (2, 2), (5, 16), (7, 60), (900, 60)):
        assert pause(attempts, LONGEST, Chance(0)) == step / 2  # type: ignore[arg-type]
        assert pause(attempts, LONGEST, Chance(1)) == step  # type: ignore[arg-type]


async def test_a_post_whose_answer_was_lost_is_reported_and_never_repeated(post: Post) -> None:
    post.telegram.do("fail_next", method="sendMessage", mode="drop_answer")
    ids = await post.write(say("once"), say("next"))
    await post.drained()
    await post.advance(30, step=10)
    assert await post.states(*ids) == ["unknown", "done"]
    assert [row.id for row in post.unknown] == ids[:1]
    assert texts_of(post.telegram.said()) == ["once", "next"]


async def test_a_restriction_whose_answer_was_lost_is_repeated_with_the_same_end(post: Post) -> None:
    member = post.telegram.member("Ann")
    post.telegram.do("fail_next", method="restrictChatMember", mode="drop_answer")
    (act,) = await post.write(Restrict(user_id=member, until=NOW + 3_000))
    await post.advance(5)
    assert await post.states(act) == ["done"]
    ends = [call["parameters"]["until_date"] for call in post.telegram.calls("restrictChatMember")]
    assert ends == [NOW + 3_000] * 2
    assert post.telegram.until(member) == NOW + 3_000
    assert post.unknown == []


async def test_while_nothing_can_be_reached_acts_wait_and_the_loop_stays_free(post: Post) -> None:
    member = post.telegram.member("Ann")
    post.telegram.do("fail_next", method="*", n=4, mode="drop_before")
    began = time.monotonic()
    (banned,) = await post.write(Remove(user_id=member, ban=True))
    await post.advance(40, step=4)
    assert await post.states(banned) == ["done"]
    assert time.monotonic() - began < 10


async def test_an_act_that_never_succeeds_ends_expired(post: Post) -> None:
    post.telegram.do("fail_next", method="sendMessage", n=500, code=500)
    (act,) = await post.write(Planned(say("never"), expires_at=NOW + 120))
    await post.advance(200, step=5)
    assert await post.states(act) == ["expired"]
    assert len(post.telegram.calls("sendMessage")) < 12


async def test_a_chat_whose_first_act_fails_on_and_on_is_not_blocked_for_ever(post: Post) -> None:
    old = post.telegram.post(post.telegram.owner, "old")
    new = post.telegram.post(post.telegram.owner, "new")
    await post.write(Delete(message_ids=(old,)))
    await post.drained()
    post.telegram.do("fail_next", method="deleteMessage", n=6, code=500)
    (stuck,) = await post.write(Delete(message_ids=(new,)))
    await post.advance(200, step=5)
    assert await post.states(stuck) == ["done"]


async def test_a_refused_token_ends_the_sending_and_leaves_the_act_to_the_next_start(still: Post) -> None:
    (act,) = await still.write(say("hello"))
    still.telegram.do("fail_next", method="*", n=3, code=401, description="Unauthorized")
    await still.begin()
    assert isinstance(await still.died(), TokenRefused)
    assert await still.states(act) == ["pending"]
    await still.begin()
    await still.advance(3)
    assert await still.states(act) == ["done"]


async def test_a_mistake_of_ours_costs_one_act_and_not_the_others(post: Post) -> None:
    unheard_of = Say(words=(Phrase("no.such_sentence"),), language="en")
    ids = await post.write(unheard_of, React(message_id=1, emoji=""), Edit(words=(), language="en"), say("fine"))
    await post.drained()
    rows = await post.rows(*ids)
    assert [row.state for row in rows] == ["refused", "refused", "refused", "done"]
    assert rows[0].reason == "mistake: MissingText"
    assert texts_of(post.telegram.said()) == ["fine"]
