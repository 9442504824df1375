"""What a chat shows, pins, topics, reactions of the bot, its commands and texts."""

from __future__ import annotations

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    ChatAdministratorRights,
    MenuButtonCommands,
)
from telegram.error import BadRequest

from sandbox.client import VerbRefused
from sandbox.world.media import PIXEL
from tests.sandbox.stage import Stage


async def test_a_chat_shows_itself(stage: Stage) -> None:
    chat = await stage.group(username="camp07")
    await stage.bot.set_chat_description(chat, "Be kind")
    await stage.bot.set_chat_photo(chat, PIXEL)
    said = await stage.bot.send_message(chat, "rules")
    await stage.bot.pin_chat_message(chat, said.message_id)
    shown = await stage.bot.get_chat(chat)
    assert (shown.title, shown.username, shown.description) == ("Camp 07", "camp07", "Be kind")
    assert shown.photo is not None
    assert shown.pinned_message is not None
    assert shown.pinned_message.message_id == said.message_id
    assert shown.permissions is not None
    assert shown.permissions.can_send_messages
    user = await stage.member(chat, bio="I am Lin", photos=2)
    assert (await stage.bot.get_chat(user)).bio == "I am Lin"
    assert (await stage.bot.get_user_profile_photos(user)).total_count == 2


async def test_pins_come_and_go(stage: Stage) -> None:
    chat = await stage.group()
    one, two = [await stage.bot.send_message(chat, text) for text in ("one", "two")]
    await one.pin()
    await two.pin()
    await stage.bot.unpin_chat_message(chat)
    shown = await stage.bot.get_chat(chat)
    assert shown.pinned_message is not None
    assert shown.pinned_message.message_id == one.message_id
    await stage.bot.unpin_all_chat_messages(chat)
    assert (await stage.bot.get_chat(chat)).pinned_message is None
    with pytest.raises(BadRequest, match=r"(?i)message to pin not found"):
        await stage.bot.pin_chat_message(chat, 999)
    await stage.people.set_bot_rights(chat, ["delete_messages"])
    assert await stage.refusal("pinChatMessage", chat_id=chat, message_id=one.message_id) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )


async def test_title_photo_and_description_need_the_right(stage: Stage) -> None:
    chat = await stage.group(admin=["delete_messages"])
    assert await stage.refusal("setChatTitle", chat_id=chat, title="x") == (
        "Bad Request: not enough rights to change chat title"
    )
    assert await stage.refusal("setChatDescription", chat_id=chat, description="x") == (
        "Bad Request: not enough rights to set chat description"
    )
    assert await stage.refusal("deleteChatPhoto", chat_id=chat) == "Bad Request: not enough rights to change chat photo"


async def test_the_bot_leaves(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    assert await stage.bot.leave_chat(chat)
    (update,) = await stage.updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "left"
    assert await stage.refusal("getChat", chat_id=chat) == "Forbidden: bot is not a member of the supergroup chat"


async def test_hidden_members_are_hidden_from_a_plain_bot(stage: Stage) -> None:
    chat = await stage.group(admin=None, hidden_members=True)
    user = await stage.member(chat)
    reason = "Bad Request: member list is inaccessible"
    assert await stage.refusal("getChatMember", chat_id=chat, user_id=user) == reason
    private = await stage.people.user_create("Wu")
    await stage.people.start(private)
    assert await stage.refusal("getChatAdministrators", chat_id=private) == (
        "Bad Request: there are no administrators in the private chat"
    )


async def test_topics_live_through_their_states(stage: Stage) -> None:
    chat = await stage.group("forum")
    user = await stage.member(chat)
    await stage.opt_in()
    topic = await stage.bot.create_forum_topic(chat, "签到")
    thread = topic.message_thread_id
    sent = await stage.bot.send_message(chat, "here", message_thread_id=thread)
    assert sent.is_topic_message
    message = await stage.people.post(chat, user, "present", thread=thread)
    await stage.bot.close_forum_topic(chat, thread)
    with pytest.raises(VerbRefused, match="closed"):
        await stage.people.post(chat, user, "late", thread=thread)
    await stage.bot.reopen_forum_topic(chat, thread)
    await stage.bot.edit_forum_topic(chat, thread, name="报到")
    created, present, closed, reopened, edited = await stage.updates()
    assert created.message is not None
    assert created.message.forum_topic_created is not None
    assert present.message is not None
    assert (present.message.message_id, present.message.message_thread_id) == (message, thread)
    assert closed.message is not None
    assert closed.message.forum_topic_closed is not None
    assert reopened.message is not None
    assert edited.message is not None
    assert edited.message.forum_topic_edited is not None
    await stage.bot.delete_forum_topic(chat, thread)
    await stage.people.message_deleted(chat, message)
    assert await stage.refusal("sendMessage", chat_id=chat, text="x", message_thread_id=thread) == (
        "Bad Request: message thread not found"
    )


async def test_the_general_topic_is_closed_hidden_and_renamed(stage: Stage) -> None:
    chat = await stage.group("forum")
    assert await stage.bot.edit_general_forum_topic(chat, "Hall")
    assert await stage.bot.close_general_forum_topic(chat)
    assert await stage.bot.reopen_general_forum_topic(chat)
    assert await stage.bot.hide_general_forum_topic(chat)
    assert await stage.bot.unhide_general_forum_topic(chat)
    plain = await stage.group()
    assert await stage.refusal("createForumTopic", chat_id=plain, name="x") == "Bad Request: the chat is not a forum"
    weak = await stage.group("forum", admin=["delete_messages"])
    assert await stage.refusal("createForumTopic", chat_id=weak, name="x") == (
        "Bad Request: not enough rights to create a topic"
    )


async def test_reactions_are_set_and_removed(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    message = await stage.people.post(chat, user, "hello")
    assert await stage.bot.set_message_reaction(chat, message, "👍")
    wrong = [{"type": "emoji", "emoji": "🚪"}]
    given = {"chat_id": chat, "reaction": wrong}
    assert await stage.refusal("setMessageReaction", message_id=message, **given) == "Bad Request: REACTION_INVALID"
    assert (
        await stage.refusal("setMessageReaction", message_id=99, **given) == "Bad Request: message to react not found"
    )
    await stage.people.react(chat, message, user, "💩")
    assert (await stage.call("deleteMessageReaction", chat_id=chat, message_id=message, user_id=user))[0] == 200
    await stage.people.react(chat, message, user, "💩")
    assert (await stage.call("deleteAllMessageReactions", chat_id=chat, user_id=user))[0] == 200
    shown = await stage.people.message(chat, message)
    assert shown is not None
    assert list(shown["reactions"]) == [str(stage.world.bot_id)]


async def test_commands_are_kept_by_scope_and_language(stage: Stage) -> None:
    chat = await stage.group()
    rules, warn = BotCommand("rules", "Show the rules"), BotCommand("warn", "Warn a member")
    await stage.bot.set_my_commands([rules])
    await stage.bot.set_my_commands([rules, warn], BotCommandScopeAllGroupChats(), "zh")
    await stage.bot.set_my_commands([warn], BotCommandScopeChat(chat))
    assert await stage.bot.get_my_commands() == (rules,)
    assert await stage.bot.get_my_commands(BotCommandScopeAllGroupChats(), "zh") == (rules, warn)
    assert await stage.bot.get_my_commands(BotCommandScopeAllGroupChats()) == ()
    await stage.bot.delete_my_commands(BotCommandScopeChat(chat))
    assert await stage.bot.get_my_commands(BotCommandScopeChat(chat)) == ()
    bad = [{"command": "Not Good", "description": "x"}]
    assert await stage.refusal("setMyCommands", commands=bad) == "Bad Request: BOT_COMMAND_INVALID"


async def test_the_bot_describes_itself(stage: Stage) -> None:
    await stage.bot.set_my_description("I keep the rules", "en")
    await stage.bot.set_my_short_description("Rules")
    await stage.bot.set_my_name("Lighthouse", "en")
    assert (await stage.bot.get_my_description("en")).description == "I keep the rules"
    assert (await stage.bot.get_my_short_description()).short_description == "Rules"
    assert (await stage.bot.get_my_name()).name == "灯塔"
    await stage.bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await stage.bot.get_chat_menu_button() == MenuButtonCommands()
    wanted = {**ChatAdministratorRights.no_rights().to_dict(), "can_delete_messages": True}
    await stage.call("setMyDefaultAdministratorRights", rights=wanted)
    assert (await stage.bot.get_my_default_administrator_rights()).can_delete_messages
