"""Topics as Telegram has them: who writes into a closed one, what is told of a deletion, how General is named."""

import pytest

from sandbox.client import VerbRefused
from tests.sandbox.stage import Stage


async def test_people_make_rename_close_and_open_topics_and_the_bot_is_told(stage: Stage) -> None:
    chat = await stage.group("forum")
    await stage.opt_in()
    thread = (await stage.people.do("topic_create", chat=chat, name="公告栏"))["thread"]
    for verb, given in (("topic_rename", {"name": "公告"}), ("topic_close", {}), ("topic_reopen", {})):
        await stage.people.do(verb, chat=chat, thread=thread, **given)
    made, renamed, closed, opened = await stage.updates()
    for update in (made, renamed, closed, opened):
        assert update.message is not None
        assert update.message.message_thread_id == thread
    events = ("forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened")
    for update, event in zip((made, renamed, closed, opened), events, strict=True):
        assert getattr(update.message, event) is not None


async def test_only_who_manages_topics_writes_into_a_closed_one(stage: Stage) -> None:
    strong, weak = await stage.group("forum"), await stage.group("forum", admin=["delete_messages"])
    for chat in (strong, weak):
        thread = (await stage.people.do("topic_create", chat=chat, name="x"))["thread"]
        await stage.people.do("topic_close", chat=chat, thread=thread)
        if chat == strong:
            assert (await stage.bot.send_message(chat, "y", message_thread_id=thread)).message_thread_id == thread
        else:
            refused = await stage.refusal("sendMessage", chat_id=chat, text="y", message_thread_id=thread)
            assert refused == "Bad Request: TOPIC_CLOSED"


async def test_a_closed_general_topic_is_closed_to_what_names_no_topic(stage: Stage) -> None:
    chat = await stage.group("forum", admin=["delete_messages"])
    await stage.people.do("topic_close", chat=chat, thread=1)
    assert await stage.refusal("sendMessage", chat_id=chat, text="y") == "Bad Request: TOPIC_CLOSED"


async def test_general_has_no_number_and_a_deleted_topic_is_not_found(stage: Stage) -> None:
    chat = await stage.group("forum")
    missing = "Bad Request: message thread not found"
    assert await stage.refusal("sendMessage", chat_id=chat, text="y", message_thread_id=1) == missing
    thread = (await stage.people.do("topic_create", chat=chat, name="x"))["thread"]
    await stage.updates()
    await stage.people.do("topic_delete", chat=chat, thread=thread)
    assert await stage.updates() == []
    assert await stage.refusal("sendMessage", chat_id=chat, text="y", message_thread_id=thread) == missing


async def test_a_topic_that_is_not_there_is_refused_to_people_too(stage: Stage) -> None:
    chat = await stage.group("forum")
    with pytest.raises(VerbRefused, match="no such topic"):
        await stage.people.do("topic_close", chat=chat, thread=77)
