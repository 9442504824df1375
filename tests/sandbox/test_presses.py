"""Buttons: pressed, forged, answered once and in time."""

from __future__ import annotations

import pytest
from telegram import CallbackQuery

from sandbox.client import VerbRefused
from tests.sandbox.stage import Stage, keyboard


async def pressed(stage: Stage) -> CallbackQuery:
    (update,) = await stage.updates()
    assert update.callback_query is not None
    return update.callback_query


async def test_a_press_names_person_message_and_data(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    sent = await stage.bot.send_message(chat, "choose", reply_markup=keyboard("[签到]", "later"))
    await stage.opt_in()
    await stage.people.press(chat, sent.message_id, user, "签到")
    query = await pressed(stage)
    assert (query.from_user.id, query.data) == (user, "[签到]")
    assert query.message is not None
    assert query.message.message_id == sent.message_id


async def test_an_answer_reaches_the_person_once(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    sent = await stage.bot.send_message(chat, "choose", reply_markup=keyboard("ok"))
    await stage.opt_in()
    await stage.people.press(chat, sent.message_id, user, "ok")
    query = await pressed(stage)
    assert await stage.people.alerts(user) == []
    await query.answer("Not for you", show_alert=True)
    told = await stage.people.alert(user, "Not for")
    assert told["show_alert"] is True
    assert told["message_id"] == sent.message_id
    reason = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await stage.refusal("answerCallbackQuery", callback_query_id=query.id) == reason
    assert await stage.refusal("answerCallbackQuery", callback_query_id="123") == reason


async def test_an_answer_comes_too_late(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_message(chat, "choose", reply_markup=keyboard("ok"))
    await stage.opt_in()
    await stage.people.press(chat, sent.message_id, "owner", "ok")
    query = await pressed(stage)
    await stage.people.clock(jump_seconds=200)
    assert (await stage.refusal("answerCallbackQuery", callback_query_id=query.id)).startswith(
        "Bad Request: query is too old"
    )


async def test_any_data_can_be_forged_by_anybody(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    sent = await stage.bot.send_message(chat, "choose", reply_markup=keyboard("ok"))
    await stage.opt_in()
    await stage.people.press(chat, sent.message_id, user, data="undo:7")
    assert (await pressed(stage)).data == "undo:7"


async def test_a_press_on_a_deleted_message_finds_it_inaccessible(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_message(chat, "choose", reply_markup=keyboard("ok"))
    await sent.delete()
    await stage.opt_in()
    await stage.people.press(chat, sent.message_id, "owner", "ok")
    query = await pressed(stage)
    assert query.message is not None
    assert not query.message.is_accessible


async def test_what_cannot_be_pressed_is_refused(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    sent = await stage.bot.send_message(chat, "choose", reply_markup=keyboard("ok"))
    with pytest.raises(VerbRefused, match="no button"):
        await stage.people.press(chat, sent.message_id, user, "nope")
    await stage.bot.ban_chat_member(chat, user)
    with pytest.raises(VerbRefused, match="banned"):
        await stage.people.press(chat, sent.message_id, user, "ok")


async def test_an_inline_query_is_answered_once(stage: Stage) -> None:
    user = await stage.people.user_create("Lin")
    await stage.opt_in()
    await stage.people.do("inline_query", user=user, query="rules")
    (update,) = await stage.updates()
    assert update.inline_query is not None
    assert update.inline_query.query == "rules"
    await stage.bot.answer_inline_query(update.inline_query.id, [])
    reason = await stage.refusal("answerInlineQuery", inline_query_id=update.inline_query.id, results=[])
    assert reason.startswith("Bad Request: query is too old")
