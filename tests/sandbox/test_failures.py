"""Calls that go wrong on order: errors, cut connections, delays, bodies that are no answers."""

from __future__ import annotations

import time

import httpx
import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from tests.sandbox.stage import Stage


async def test_the_next_calls_fail_and_then_no_more(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.fail_next("sendMessage", 2, code=400, description="Bad Request: CHAT_WRITE_FORBIDDEN")
    for _ in range(2):
        with pytest.raises(BadRequest, match=r"(?i)chat_write_forbidden"):
            await stage.bot.send_message(chat, "x")
    await stage.bot.send_message(chat, "third time lucky")
    assert [call["ok"] for call in await stage.people.calls(method="sendMessage")] == [False, False, True]


async def test_a_rule_is_for_a_chat_or_a_person(stage: Stage) -> None:
    one, two = await stage.group(), await stage.group()
    await stage.people.fail_next("sendMessage", chat=two, retry_after=7)
    await stage.bot.send_message(one, "fine")
    with pytest.raises(RetryAfter):
        await stage.bot.send_message(two, "slow down")
    user = await stage.member(one)
    await stage.people.fail_next("*", user=user, code=502)
    await stage.bot.get_chat_member(one, stage.world.bot_id)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await stage.bot.get_chat_member(one, user)


async def test_an_answer_is_lost_after_the_effect(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.fail_next("sendMessage", mode="drop_answer")
    with pytest.raises(NetworkError):
        await stage.bot.send_message(chat, "did it go?")
    assert await stage.people.bot_message(chat, "did it go")
    (call,) = await stage.people.calls(method="sendMessage")
    assert (call["ok"], call["note"]) == (True, "drop_answer")


async def test_a_call_is_lost_before_the_effect(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.fail_next("sendMessage", mode="drop_before")
    with pytest.raises(NetworkError):
        await stage.bot.send_message(chat, "it did not go")
    assert not [message for message in await stage.people.messages(chat) if message["from_bot"]]


async def test_a_delay_outlasts_the_bots_patience_but_takes_effect(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.fail_next("sendMessage", mode="delay", seconds=0.4)
    with pytest.raises(TimedOut):
        await stage.bot.send_message(chat, "slow", read_timeout=0.1)
    assert await stage.people.bot_message(chat, "slow")


@pytest.mark.parametrize("body", ["<html>Bad Gateway</html>", "", "{not json", '{"ok": true}'])
async def test_a_body_is_no_answer(stage: Stage, body: str) -> None:
    await stage.people.fail_next("getMe", mode="http_body", body=body, code=502)
    answer = await stage.people.http.get(f"/bot{stage.world.token}/getMe")
    assert (answer.status_code, answer.text) == (502, body)
    assert (await stage.bot.get_me()).username == "dengta_bot"


async def test_a_body_may_drip(stage: Stage) -> None:
    await stage.people.fail_next("getMe", mode="http_body", body='{"ok": true}', seconds=0.3, slow=True)
    started = time.monotonic()
    async with stage.people.http.stream("GET", f"/bot{stage.world.token}/getMe") as answer:
        pieces = [piece async for piece in answer.aiter_bytes()]
    assert len(pieces) > 3
    assert time.monotonic() - started >= 0.3


async def test_polling_can_fail_too(stage: Stage) -> None:
    await stage.people.fail_next("getUpdates", code=500)
    with pytest.raises(NetworkError):
        await stage.bot.get_updates()
    await stage.people.fail_next("getUpdates", mode="drop_before")
    with pytest.raises(NetworkError):
        await stage.bot.get_updates()
    assert list(await stage.bot.get_updates()) == []


async def test_rules_can_be_taken_back(stage: Stage) -> None:
    await stage.people.fail_next("*", 100)
    await stage.people.do("fail_clear")
    assert (await stage.bot.get_me()).is_bot


async def test_a_cut_connection_shows_no_byte(stage: Stage) -> None:
    await stage.people.fail_next("getMe", mode="drop_before")
    started = time.monotonic()
    with pytest.raises(httpx.TransportError):
        await stage.people.http.get(f"/bot{stage.world.token}/getMe")
    assert time.monotonic() - started < 2
