"""Deletes within two days, batches whole or not at all, edits that change something of one's own."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest

from tests.sandbox.stage import Stage, keyboard

DAY = 86_400


async def test_a_message_is_deleted_once(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    message = await stage.people.post(chat, user, "spam")
    assert await stage.bot.delete_message(chat, message)
    shown = await stage.people.message_deleted(chat, message)
    assert shown["deleted_by"] == stage.world.bot_id
    assert await stage.refusal("deleteMessage", chat_id=chat, message_id=message) == (
        "Bad Request: message to delete not found"
    )


async def test_after_two_days_nothing_can_be_deleted(stage: Stage) -> None:
    chat = await stage.group()
    message = await stage.people.post(chat, await stage.member(chat), "old")
    await stage.people.clock(jump_seconds=2 * DAY - 5)
    young = await stage.people.post(chat, "owner", "young")
    await stage.people.clock(jump_seconds=10)
    refused = await stage.refusal("deleteMessage", chat_id=chat, message_id=message)
    assert refused == "Bad Request: message can't be deleted"
    assert await stage.bot.delete_message(chat, young)


async def test_without_the_right_only_its_own_go(stage: Stage) -> None:
    chat = await stage.group(admin=["pin_messages"])
    theirs = await stage.people.post(chat, "owner", "theirs")
    own = await stage.bot.send_message(chat, "own")
    assert (
        await stage.refusal("deleteMessage", chat_id=chat, message_id=theirs) == "Bad Request: message can't be deleted"
    )
    assert await stage.bot.delete_message(chat, own.message_id)


async def test_the_creation_message_stays(stage: Stage) -> None:
    chat = await stage.group()
    assert await stage.refusal("deleteMessage", chat_id=chat, message_id=1) == "Bad Request: message can't be deleted"


async def test_basic_groups_and_private_chats_have_other_words(stage: Stage) -> None:
    chat = await stage.group("group", admin=None)
    theirs = await stage.people.post(chat, "owner", "theirs")
    reason = "Bad Request: message can't be deleted for everyone"
    assert await stage.refusal("deleteMessage", chat_id=chat, message_id=theirs) == reason
    user = await stage.people.user_create("Lin")
    said = await stage.people.start(user)
    assert await stage.bot.delete_message(user, said)
    old = await stage.people.open_private_text(user, "old")
    await stage.people.clock(jump_seconds=2 * DAY)
    assert await stage.refusal("deleteMessage", chat_id=user, message_id=old) == reason


async def test_one_undeletable_message_fails_the_whole_batch(stage: Stage) -> None:
    chat = await stage.group()
    old = await stage.people.post(chat, "owner", "old")
    await stage.people.clock(jump_seconds=2 * DAY)
    young = [await stage.people.post(chat, "owner", f"young {n}") for n in range(3)]
    reason = await stage.refusal("deleteMessages", chat_id=chat, message_ids=[*young, old])
    assert reason == "Bad Request: message can't be deleted"
    assert not any(message["deleted"] for message in await stage.people.messages(chat))
    assert await stage.bot.delete_messages(chat, [*young, 555_555])
    for message in young:
        await stage.people.message_deleted(chat, message)
    assert await stage.bot.delete_messages(chat, young)


async def test_a_batch_has_one_to_a_hundred_ids(stage: Stage) -> None:
    chat = await stage.group()
    assert await stage.refusal("deleteMessages", chat_id=chat, message_ids=[]) == (
        "Bad Request: message identifiers are not specified"
    )
    assert await stage.refusal("deleteMessages", chat_id=chat, message_ids=list(range(1, 102))) == (
        "Bad Request: too many message identifiers specified"
    )


async def test_an_edit_must_change_something(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_message(chat, "one", reply_markup=keyboard("ok"))
    edited = await stage.bot.edit_message_text("two", chat, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.text == "two"
    assert edited.reply_markup is None
    assert edited.edit_date
    reason = await stage.refusal("editMessageText", chat_id=chat, message_id=sent.message_id, text="two")
    assert reason == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )
    with_buttons = await stage.bot.edit_message_reply_markup(chat, sent.message_id, reply_markup=keyboard("a", "b"))
    assert not isinstance(with_buttons, bool)
    assert with_buttons.reply_markup == keyboard("a", "b")
    with pytest.raises(BadRequest, match=r"(?i)not modified"):
        await stage.bot.edit_message_reply_markup(chat, sent.message_id, reply_markup=keyboard("a", "b"))


async def test_only_its_own_standing_messages_are_edited(stage: Stage) -> None:
    chat = await stage.group()
    theirs = await stage.people.post(chat, "owner", "theirs")
    given = {"chat_id": chat, "text": "x"}
    assert await stage.refusal("editMessageText", message_id=theirs, **given) == "Bad Request: message can't be edited"
    gone = await stage.bot.send_message(chat, "gone")
    await gone.delete()
    reason = "Bad Request: message to edit not found"
    assert await stage.refusal("editMessageText", message_id=gone.message_id, **given) == reason
    own = await stage.bot.send_message(chat, "own")
    too_long = await stage.refusal("editMessageText", chat_id=chat, message_id=own.message_id, text="x" * 4097)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"


async def test_an_edit_of_its_own_is_not_told_to_the_bot(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_message(chat, "one")
    await stage.opt_in()
    await stage.bot.edit_message_text("two", chat, sent.message_id)
    assert await stage.updates() == []
