"""What the bot is shown: privacy, administrators, other bots, its own messages, what nobody is told."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from tests.sandbox.stage import Stage, keyboard, kind_of


def texts(updates: list[Update]) -> list[str | None]:
    return [update.message.text for update in updates if update.message and not service(update)]


def service(update: Update) -> bool:
    return update.message is not None and update.message.text is None


async def test_privacy_lets_only_what_is_meant_for_the_bot_through(stage: Stage) -> None:
    chat = await stage.group(admin=None)
    user = await stage.member(chat)
    await stage.opt_in()
    said = await stage.bot.send_message(chat, "I am here")
    await stage.people.post(chat, user, "just talk")
    await stage.people.post(chat, user, "/rules@dengta_bot")
    await stage.people.post(chat, user, "/rules@other_bot")
    await stage.people.post(chat, user, "I answer", reply_to=said.message_id)
    await stage.people.post(chat, user, "via", via_bot="dengta_bot")
    assert texts(await stage.updates()) == ["/rules@dengta_bot", "I answer", "via"]


async def test_a_bare_command_comes_through_privacy_only_if_the_bot_spoke_last(stage: Stage) -> None:
    chat = await stage.group(admin=None)
    user = await stage.member(chat)
    await stage.opt_in()
    await stage.people.post(chat, user, "/rules")
    await stage.bot.send_message(chat, "hello")
    await stage.people.post(chat, user, "/rules now")
    other = await stage.member(chat, "Other", is_bot=True, username="other_bot")
    await stage.people.post(chat, other, "me too")
    await stage.people.post(chat, user, "/rules later")
    assert texts(await stage.updates()) == ["/rules now"]


async def test_an_administrator_sees_everything(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.opt_in()
    await stage.people.post(chat, user, "just talk")
    assert texts(await stage.updates()) == ["just talk"]


async def test_a_privacy_switch_needs_the_bot_to_be_added_again(stage: Stage) -> None:
    chat = await stage.group(admin=None)
    user = await stage.member(chat)
    await stage.people.privacy(False)
    await stage.opt_in()
    await stage.people.post(chat, user, "unheard")
    await stage.people.remove_bot(chat)
    await stage.people.add_bot(chat)
    await stage.people.post(chat, user, "heard")
    assert texts(await stage.updates()) == ["heard"]
    assert (await stage.bot.get_me()).can_read_all_group_messages


async def test_other_bots_are_never_heard(stage: Stage) -> None:
    chat = await stage.group()
    other = await stage.member(chat, "Other", is_bot=True, username="other_bot")
    await stage.opt_in()
    await stage.people.post(chat, other, "beep")
    assert await stage.updates() == []


async def test_the_bot_never_sees_its_own_messages_but_its_own_service_messages(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    said = await stage.bot.send_message(chat, "pin me")
    await stage.bot.pin_chat_message(chat, said.message_id)
    await stage.bot.set_chat_title(chat, "Camp 08")
    pinned, titled = await stage.updates()
    assert pinned.message
    assert pinned.message.pinned_message
    assert pinned.message.pinned_message.message_id == said.message_id
    assert titled.message
    assert titled.message.new_chat_title == "Camp 08"


async def test_nothing_tells_of_deletions_renames_and_tags(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    message = await stage.people.post(chat, user, "soon gone")
    await stage.opt_in()
    await stage.people.delete(chat, message)
    await stage.people.user_rename(user, "Lin Two", username="lin2")
    await stage.people.set_tag(chat, user, "07营-林")
    assert await stage.updates() == []
    member = await stage.bot.get_chat_member(chat, user)
    assert (member.user.full_name, member.user.username, member.to_dict()["tag"]) == ("Lin Two", "lin2", "07营-林")


async def test_members_and_reactions_are_told_to_an_administrator_only(stage: Stage) -> None:
    chat = await stage.group(admin=None)
    await stage.opt_in()
    user = await stage.member(chat)
    message = await stage.people.post(chat, "owner", "/hi@dengta_bot")
    await stage.people.react(chat, message, user)
    assert {kind_of(update) for update in await stage.updates()} == {"message"}
    await stage.people.promote(chat, "dengta_bot")
    await stage.updates()
    await stage.people.react(chat, message, user, "🔥")
    (update,) = await stage.updates()
    assert update.message_reaction is not None
    assert [kind.to_dict()["emoji"] for kind in update.message_reaction.new_reaction] == ["🔥"]
    assert [kind.to_dict()["emoji"] for kind in update.message_reaction.old_reaction] == ["👍"]


async def test_a_big_group_has_no_join_messages(stage: Stage) -> None:
    chat = await stage.group(big=True)
    await stage.opt_in()
    user = await stage.member(chat)
    await stage.people.leave(chat, user)
    assert [kind_of(update) for update in await stage.updates()] == ["chat_member", "chat_member"]


async def test_messages_from_before_the_bot_came_stay_unknown_to_it(stage: Stage) -> None:
    chat = await stage.group(bot=False)
    await stage.people.post(chat, "owner", "before")
    await stage.people.add_bot(chat, admin="all")
    assert texts(await stage.updates()) == []


async def test_an_edit_is_told_as_an_edit(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    message = await stage.people.post(chat, user, "good day")
    await stage.opt_in()
    await stage.people.edit(chat, message, user, "buy at https://spam.example.com")
    (update,) = await stage.updates()
    assert update.edited_message
    assert update.edited_message.edit_date
    assert [entity.type for entity in update.edited_message.entities] == ["url"]


async def test_an_album_comes_as_single_messages_of_one_group(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.opt_in()
    await stage.people.post(chat, user, media="photo", caption="three", media_group=True, count=3)
    updates = await stage.updates()
    assert len(updates) == 3
    assert len({update.message.media_group_id for update in updates if update.message}) == 1


@pytest.mark.parametrize("kind", ["group", "supergroup", "forum"])
async def test_being_added_is_told_twice(stage: Stage, kind: str) -> None:
    await stage.group(kind, admin=None)
    standing, service_message = await stage.updates()
    assert standing.my_chat_member
    assert standing.my_chat_member.new_chat_member.status == "member"
    assert service_message.message
    assert service_message.message.new_chat_members[0].username == "dengta_bot"


async def test_a_startgroup_link_brings_its_payload(stage: Stage) -> None:
    chat = await stage.group(bot=False)
    await stage.people.add_bot(chat, payload="camp_07")
    assert texts(await stage.updates()) == ["/start@dengta_bot camp_07"]


async def test_losing_a_right_is_told(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    await stage.people.set_bot_rights(chat, ["restrict_members", "pin_messages"])
    (update,) = await stage.updates()
    assert update.my_chat_member is not None
    old, new = update.my_chat_member.old_chat_member.to_dict(), update.my_chat_member.new_chat_member.to_dict()
    assert old["can_delete_messages"]
    assert not new["can_delete_messages"]
    assert new["can_restrict_members"]


async def test_blocking_and_starting_again_are_told(stage: Stage) -> None:
    user = await stage.people.user_create("Lin")
    await stage.people.start(user, "join_07")
    await stage.people.block(user)
    await stage.people.start(user)
    kinds: list[Any] = []
    for update in await stage.updates():
        change = update.my_chat_member
        kinds.append(change.new_chat_member.status if change else update.message and update.message.text)
    assert kinds == ["/start join_07", "kicked", "member", "/start"]


async def test_buttons_of_a_message_stand_in_the_update_that_quotes_it(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    said = await stage.bot.send_message(chat, "choose", reply_markup=keyboard("yes", "no"))
    await stage.people.post(chat, "owner", "why?", reply_to=said.message_id, quote="choo")
    (update,) = await stage.updates()
    assert update.message
    assert update.message.reply_to_message
    assert update.message.quote
    assert update.message.reply_to_message.reply_markup == said.reply_markup
    assert (update.message.quote.text, update.message.quote.position) == ("choo", 0)
