"""sendMessage and its refusals: chats, texts, markup, replies, buttons."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden

from tests.sandbox.stage import Stage, keyboard


async def test_a_message_is_said_and_answered_whole(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_message(chat, "<b>大家好</b> 😀 <i>x</i>", ParseMode.HTML, reply_markup=keyboard("ok"))
    assert sent.text == "大家好 😀 x"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 3), ("italic", 7, 1)]
    assert sent.from_user
    assert sent.from_user.username == "dengta_bot"
    assert sent.chat.title == "Camp 07"
    shown = await stage.people.bot_message(chat, "大家好", button="ok")
    assert shown["message_id"] == sent.message_id


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"chat_id": 123456}, "Bad Request: chat not found"),
        ({"chat_id": -100777}, "Bad Request: chat not found"),
        ({"chat_id": "@nobody_here"}, "Bad Request: chat not found"),
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": "  \n "}, "Bad Request: text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "x" * 33_000}, "Bad Request: text is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "a.b", "parse_mode": "MarkdownV2"},
            "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        ({"text": "x", "parse_mode": "Latex"}, "Bad Request: unsupported parse_mode"),
        ({"reply_parameters": {"message_id": 999}}, "Bad Request: message to be replied not found"),
        ({"message_thread_id": 7}, "Bad Request: message thread not found"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y" * 65}]]}}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "灯" * 22}]]}}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
            "Bad Request: text buttons are unallowed in the inline keyboard",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}},
            "Bad Request: text buttons are unallowed in the inline keyboard",
        ),
        ({"reply_markup": "{not json"}, "Bad Request: can't parse reply_markup JSON object"),
    ],
)
async def test_a_bad_message_is_refused_with_the_servers_words(
    stage: Stage, given: dict[str, Any], reason: str
) -> None:
    chat = await stage.group()
    assert (await stage.refusal("sendMessage", **{"chat_id": chat, "text": "x"} | given)).endswith(reason)
    assert not [message for message in await stage.people.messages(chat) if message["from_bot"]]


async def test_length_is_counted_in_code_points_after_entities(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_message(chat, f"<b>{'😀' * 4096}</b>", ParseMode.HTML)
    assert sent.text is not None
    assert len(sent.text) == 4096
    assert sent.entities[0].length == 8192


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_a_kicked_or_gone_bot_is_forbidden(stage: Stage, kind: str) -> None:
    chat = await stage.group(kind)
    await stage.people.do("remove_bot", chat=chat, ban=False)
    reason = await stage.refusal("sendMessage", chat_id=chat, text="x")
    assert reason == f"Forbidden: bot is not a member of the {kind} chat"
    if kind != "group":
        await stage.people.add_bot(chat, admin="all")
        await stage.people.remove_bot(chat)
        reason = await stage.refusal("sendMessage", chat_id=chat, text="x")
        assert reason == f"Forbidden: bot was kicked from the {kind} chat"


async def test_people_must_have_started_and_not_blocked(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    reason = await stage.refusal("sendMessage", chat_id=user, text="x")
    assert reason == "Forbidden: bot can't initiate conversation with a user"
    await stage.people.start(user)
    await stage.bot.send_message(user, "welcome")
    await stage.people.block(user)
    with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
        await stage.bot.send_message(user, "still there?")
    await stage.people.unblock(user)
    await stage.people.do("user_delete", user=user)
    with pytest.raises(Forbidden, match=r"(?i)user is deactivated"):
        await stage.bot.send_message(user, "hello?")


async def test_an_upgraded_group_says_where_it_went(stage: Stage) -> None:
    old = await stage.group("group")
    user = await stage.member(old)
    await stage.opt_in()
    new = await stage.people.upgrade(old)
    with pytest.raises(ChatMigrated) as raised:
        await stage.bot.send_message(old, "x")
    assert raised.value.new_chat_id == new
    _, body = await stage.call("getChat", chat_id=old)
    assert body["parameters"] == {"migrate_to_chat_id": new}
    messages = [update.message for update in await stage.updates() if update.message]
    assert [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id) for m in messages] == [
        (old, new, None),
        (new, None, old),
    ]
    await stage.bot.send_message(new, "moved")
    await stage.people.post(new, user, "me too")


async def test_a_reply_may_do_without_what_it_replies_to(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_message(
        chat, "x", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )
    assert sent.reply_to_message is None
    again = await stage.bot.send_message(chat, "y", reply_parameters=ReplyParameters(sent.message_id, quote="x"))
    assert again.reply_to_message
    assert again.reply_to_message.message_id == sent.message_id
    assert again.quote
    assert again.quote.text == "x"


async def test_a_plain_member_bot_obeys_the_groups_permissions(stage: Stage) -> None:
    chat = await stage.group(admin=None)
    await stage.people.set_default_permissions(chat, {"can_send_photos": True})
    reason = await stage.refusal("sendMessage", chat_id=chat, text="x")
    assert reason == "Bad Request: not enough rights to send text messages to the chat"
    await stage.people.set_default_permissions(chat, {"can_send_messages": True})
    reason = await stage.refusal("sendDice", chat_id=chat)
    assert reason == "Bad Request: not enough rights to send dice to the chat"


async def test_who_asked_to_join_may_be_written_to_for_five_minutes(stage: Stage) -> None:
    chat = await stage.group(join_by_request=True)
    user = await stage.people.user_create("Lin")
    assert await stage.people.join(chat, user) == "requested"
    await stage.bot.send_message(user, "one question first")
    await stage.people.clock(jump_seconds=301)
    with pytest.raises(Forbidden, match=r"(?i)can't initiate"):
        await stage.bot.send_message(user, "too late")


async def test_tokens_and_methods_are_checked(stage: Stage) -> None:
    get = stage.people.http.get
    assert (await get("/bot1:wrong/getMe")).json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (await get("/botwrong/getMe")).json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert await stage.refusal("makeCoffee") == "Not Found: method not found"
    assert (await stage.call("GETME"))[1]["result"]["username"] == "dengta_bot"
    assert (await get("/elsewhere")).json()["error_code"] == 404
    with pytest.raises(EndPointNotFound):
        await stage.bot.do_api_request("makeCoffee")


async def test_every_way_of_sending_parameters_is_read(stage: Stage) -> None:
    chat = await stage.group()
    path = f"/bot{stage.world.token}/sendMessage"
    markup = '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'
    given = {"chat_id": str(chat), "text": "x", "reply_markup": markup, "disable_notification": "true"}
    http = stage.people.http
    answers = [
        await http.get(path, params=given),
        await http.post(path, data=given),
        await http.post(path, json=given),
        await http.post(path, files={name: (None, value) for name, value in given.items()}),
        await http.post(
            path, json=given | {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}}
        ),
    ]
    for answer in answers:
        assert answer.json()["result"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "b"


async def test_a_text_over_the_limit_raises_in_python_telegram_bot(stage: Stage) -> None:
    chat = await stage.group()
    with pytest.raises(BadRequest, match=r"(?i)message is too long"):
        await stage.bot.send_message(chat, "x" * 5000)


async def test_a_public_group_can_be_named(stage: Stage) -> None:
    chat = await stage.group(username="camp07")
    assert (await stage.bot.send_message("@camp07", "x")).chat.id == chat
    assert (await stage.bot.get_chat("@camp07")).id == chat
