"""The process ends in the middle of sending; what the next one finds and does. # C4 C6 C7 C8 C9"""

import asyncio
from contextlib import suppress

import pytest

from bot.failpoints import Failpoint, armed
from rules.conduct.effects import Delete, Remove, Restrict
from tests.bot.outbox.conftest import Post, say, texts_of
from tests.bot.telegram import NOW
from tests.bot.waiting import until

UNTIL = NOW + 3_000


async def crashed_at(post: Post, failpoint: str) -> None:
    with armed(f"{failpoint}:raise"):
        await post.begin()
        assert isinstance(await post.died(), Failpoint)


async def restarted(post: Post) -> None:
    await post.begin()
    await post.drained()


@pytest.mark.parametrize("failpoint", ["outbox.before_send", "outbox.claimed"])
async def test_what_was_not_yet_claimed_for_good_is_sent_once_after_a_restart(still: Post, failpoint: str) -> None:
    member = still.telegram.member("Ann")  # C4 C6
    ids = await still.write(say("once"), Restrict(user_id=member, until=UNTIL))
    await crashed_at(still, failpoint)
    assert "sending" not in await still.states(ids[0])
    await restarted(still)
    assert await still.states(*ids) == ["done", "done"]
    assert texts_of(still.telegram.said()) == ["once"]
    assert still.unknown == []


async def test_a_claimed_post_that_never_left_becomes_unknown_and_is_not_doubled(still: Post) -> None:  # C7
    (act,) = await still.write(say("perhaps"))
    await crashed_at(still, "outbox.sending")
    assert await still.states(act) == ["sending"]
    await restarted(still)
    assert await still.states(act) == ["unknown"]
    assert [row.id for row in still.unknown] == [act]
    assert still.telegram.said() == []


@pytest.mark.parametrize("failpoint", ["outbox.sending", "gateway.requested", "gateway.answered"])
async def test_a_sanction_is_done_after_a_restart_and_its_end_does_not_move(still: Post, failpoint: str) -> None:
    member, other = still.telegram.member("Ann"), still.telegram.member("Bob")  # C7 C8 C9
    message = still.telegram.post(member, "spam")
    for act in (Restrict(user_id=member, until=UNTIL), Delete(message_ids=(message,)), Remove(user_id=other)):
        (act_id,) = await still.write(act)
        await crashed_at(still, failpoint)
        still.clock.advance(20)
        await restarted(still)
        await still.end()
        assert await still.states(act_id) == ["done"]
    assert still.telegram.until(member) == UNTIL
    assert still.telegram.status(other) == "left"
    assert not still.telegram.exists(message)
    assert len(still.telegram.calls("restrictChatMember")) <= 2
    assert {call["parameters"]["until_date"] for call in still.telegram.calls("restrictChatMember")} == {UNTIL}


@pytest.mark.parametrize("failpoint", ["gateway.requested", "gateway.answered"])
async def test_a_post_whose_request_left_stands_once_and_is_reported(still: Post, failpoint: str) -> None:  # C8 C9
    (act,) = await still.write(say("once"))
    await crashed_at(still, failpoint)
    await until(lambda: len(still.telegram.said()) == 1, "the post")
    await restarted(still)
    assert await still.states(act) == ["unknown"]
    assert [row.id for row in still.unknown] == [act]
    assert texts_of(still.telegram.said()) == ["once"]


async def test_a_crash_in_one_lane_leaves_no_task_behind(still: Post) -> None:
    before = asyncio.all_tasks()
    still.telegram.do("fail_next", method="sendMessage", mode="delay", seconds=0.5)
    await still.write(say("slow"), Delete(message_ids=(1,)))
    await crashed_at(still, "gateway.requested")
    await asyncio.sleep(0)
    left = {task for task in asyncio.all_tasks() - before if "bot" in repr(task.get_coro())}
    assert left == set()


async def test_being_stopped_lets_what_is_in_flight_end_and_takes_up_nothing_new(post: Post) -> None:
    post.telegram.do("fail_next", method="sendMessage", mode="delay", seconds=0.5)
    (slow,) = await post.write(say("slow"))
    await post.reaches("sending", slow)
    (late,) = await post.write(say("late"))
    await post.end()
    assert await post.states(slow, late) == ["done", "pending"]
    assert texts_of(post.telegram.said()) == ["slow"]


async def test_being_stopped_waits_no_longer_than_its_grace(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.outbox.lane.GRACE", 0.2)
    post.telegram.do("fail_next", method="sendMessage", mode="delay", seconds=3.0)
    (slow,) = await post.write(say("slow"))
    await post.reaches("sending", slow)
    with suppress(asyncio.CancelledError):
        await asyncio.wait_for(post.end(), 2)
    assert await post.states(slow) == ["sending"]
