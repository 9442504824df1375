"""Under Telegram's limits: who must wait waits exactly, and nobody else does. # T1"""

import asyncio
import time

import pytest

from rules.conduct.effects import AnswerPress, Button, Delete, Edit, Planned, Remove, Restrict
from tests.bot.outbox.conftest import Post, own, say, texts_of
from tests.bot.telegram import NOW
from tests.bot.waiting import until


@pytest.mark.parametrize("seconds", [1, 30, 400])
async def test_a_flooded_group_waits_exactly_and_the_others_go_on(post: Post, seconds: int) -> None:
    other = post.telegram.supergroup("Camp 08")
    post.telegram.do("fail_next", method="sendMessage", chat=post.telegram.group, retry_after=seconds)
    (flooded,) = await post.write(say("later"))
    (behind,) = await post.write(Planned(say("after it"), expires_at=NOW + 900))
    await post.reaches("pending", flooded)
    began = time.monotonic()
    (free,) = await post.write(say("now"), chat=other)
    await post.reaches("done", free)
    assert time.monotonic() - began < 1
    await post.advance(seconds - 0.5, step=seconds)
    assert len(post.telegram.calls("sendMessage")) == 2
    await post.advance(0.5)
    await post.drained()
    assert await post.states(flooded, behind) == ["done", "done"]
    assert texts_of(post.telegram.said()) == ["later", "after it"]
    first = next(
        call for call in post.telegram.calls("sendMessage") if call["parameters"]["text"] == "later" and call["ok"]
    )
    assert first["at"] == NOW + seconds


async def test_a_flood_limit_on_speech_holds_up_no_deletion_and_no_restriction(post: Post) -> None:
    member = post.telegram.member("Ann")
    message = post.telegram.post(member, "spam")
    post.telegram.do("fail_next", method="sendMessage", retry_after=400, n=2)
    (speech,) = await post.write(say("hello"))
    await until(lambda: bool(post.telegram.calls("sendMessage")), "the refusal")
    ids = await post.write(Delete(message_ids=(message,)), Restrict(user_id=member), Remove(user_id=member))
    for act in ids:
        await post.reaches("done", act)
    assert await post.states(speech) == ["pending"]


async def test_sixty_deletions_wait_for_nothing_while_speech_is_limited(post: Post) -> None:
    member = post.telegram.member("Ann")
    post.telegram.do("flood", enabled=True)
    messages = [post.telegram.post(member, f"{n}") for n in range(60)]
    await post.write(*(say(f"{n}") for n in range(40)))
    began = time.monotonic()
    await post.write(*(Delete(message_ids=(message,)) for message in messages))
    await until(lambda: not any(post.telegram.exists(each) for each in messages), "the deletions")
    assert time.monotonic() - began < 1
    await post.drained()
    assert post.clock.now() == NOW
    assert len(post.telegram.said()) == 3


async def test_a_group_hears_three_at_once_and_twenty_a_minute_and_the_server_never_complains(post: Post) -> None:
    post.telegram.do("flood", enabled=True)
    await post.write(*(Planned(say(f"{n}"), expires_at=NOW + 900) for n in range(30)))
    await until(lambda: len(post.telegram.said()) == 3, "the burst")
    await post.advance(59)
    assert len(post.telegram.said()) == 20
    await post.advance(61)
    await post.drained()
    assert texts_of(post.telegram.said()) == [f"{n}" for n in range(30)]
    assert all(call["ok"] for call in post.telegram.calls())


async def test_one_group_with_a_long_queue_does_not_keep_others_waiting(post: Post) -> None:
    other = post.telegram.supergroup("Camp 08")
    await post.write(*(say(f"{n}") for n in range(300)))
    (act,) = await post.write(say("hello"), chat=other)
    await post.reaches("done", act)


async def test_a_slow_group_delays_no_other(post: Post) -> None:
    other = post.telegram.supergroup("Camp 08")
    post.telegram.do("fail_next", method="sendMessage", chat=post.telegram.group, mode="delay", seconds=2.0)
    (slow,) = await post.write(say("slow"))
    began = time.monotonic()
    (quick,) = await post.write(say("quick"), chat=other)
    await post.reaches("done", quick)
    assert time.monotonic() - began < 1
    assert await post.states(slow) == ["sending"]
    await post.drained()
    assert await post.states(slow) == ["done"]


async def test_presses_are_answered_side_by_side_while_everything_else_is_busy(post: Post) -> None:
    button = Button(own("me"), "checkin")
    await post.write(say("check in", buttons=((button,),)))
    await post.drained()
    (shown,) = post.telegram.said()
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    where = {"chat": post.telegram.group, "message_id": shown["message_id"], "data": data}
    people = [post.telegram.member(f"P{n}") for n in range(12)]
    presses = [post.telegram.do("press", user=each, **where)["id"] for each in people]
    post.telegram.do("fail_next", method="answerCallbackQuery", n=12, mode="delay", seconds=0.3)
    began = time.monotonic()
    await post.write(*(say(f"{n}") for n in range(9)))
    ids = await post.write(*(AnswerPress(query_id=str(each), words=(own("+1"),), language="en") for each in presses))
    for act in ids:
        await post.reaches("done", act)
    assert time.monotonic() - began < 2


async def test_edits_wait_behind_the_posts_of_their_chat(post: Post) -> None:
    await post.write(say("0"))
    await post.drained()
    message = int(post.telegram.said()[0]["message_id"])
    post.telegram.do("fail_next", method="sendMessage", retry_after=5)
    await post.write(say("1", purpose="answer"))
    await post.write(Edit(words=(own("0!"),), language="en", message_id=message))
    await asyncio.sleep(0.2)
    assert post.telegram.calls("editMessageText") == []
    await post.advance(6)
    await post.drained()
    assert texts_of(post.telegram.said()) == ["0!", "1"]


async def test_a_camp_over_a_hundred_groups_is_posted_within_a_few_seconds_of_the_clock(post: Post) -> None:
    groups = [post.telegram.supergroup(f"Camp {n}") for n in range(100)]
    for chat in groups:
        await post.write(say("good morning"), chat=chat)
    await post.advance(5)
    assert all(len(post.telegram.said(chat)) == 1 for chat in groups)
    at = sorted(call["at"] for call in post.telegram.calls("sendMessage"))
    assert all(later - earlier >= 1 for earlier, later in zip(at, at[30:], strict=False))
