"""Ban, restrict, promote, title, tag: rights, targets, ends, and what people can do afterwards."""

from __future__ import annotations

import pytest
from telegram import ChatMemberRestricted, ChatPermissions

from sandbox.client import VerbRefused
from tests.sandbox.stage import START, Stage

READ_ONLY = {"can_send_messages": False}
NOW = int(START)


async def test_without_the_right_nobody_is_banned(stage: Stage) -> None:
    chat = await stage.group(admin=["delete_messages"])
    user = await stage.member(chat)
    reason = "Bad Request: not enough rights to restrict/unrestrict chat member"
    assert await stage.refusal("banChatMember", chat_id=chat, user_id=user) == reason
    assert await stage.refusal("unbanChatMember", chat_id=chat, user_id=user) == reason
    assert await stage.refusal("restrictChatMember", chat_id=chat, user_id=user, permissions=READ_ONLY) == reason
    plain = await stage.group(admin=None)
    other = await stage.member(plain)
    assert await stage.refusal("banChatMember", chat_id=plain, user_id=other) == reason


async def test_owner_self_and_administrators_are_out_of_reach(stage: Stage) -> None:
    chat = await stage.group()
    admin = await stage.member(chat, "Admin")
    await stage.people.promote(chat, admin)
    owner, me = stage.world.names["owner"], stage.world.bot_id
    for method in ("banChatMember", "unbanChatMember", "restrictChatMember"):
        given = {"chat_id": chat, "permissions": READ_ONLY}
        assert await stage.refusal(method, user_id=owner, **given) == "Bad Request: can't remove chat owner"
        assert await stage.refusal(method, user_id=me, **given) == "Bad Request: can't restrict self"
        assert (
            await stage.refusal(method, user_id=admin, **given) == "Bad Request: user is an administrator of the chat"
        )
        assert await stage.refusal(method, user_id=999, **given) == "Bad Request: PARTICIPANT_ID_INVALID"


async def test_the_owner_is_checked_before_the_bots_own_rights(stage: Stage) -> None:
    chat = await stage.group(admin=None)
    reason = await stage.refusal("banChatMember", chat_id=chat, user_id=stage.world.names["owner"])
    assert reason == "Bad Request: can't remove chat owner"


async def test_the_banned_cannot_come_back_until_the_ban_ends(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.opt_in()
    await stage.bot.ban_chat_member(chat, user, until_date=NOW + 3600)
    with pytest.raises(VerbRefused, match="banned"):
        await stage.people.join(chat, user)
    with pytest.raises(VerbRefused, match="not in the chat"):
        await stage.people.post(chat, user, "let me in")
    change, left = await stage.updates()
    assert change.chat_member
    assert change.chat_member.new_chat_member.status == "kicked"
    assert left.message
    assert left.message.left_chat_member
    assert left.message.left_chat_member.id == user
    await stage.people.clock(jump_seconds=3601)
    assert await stage.updates() == []
    assert (await stage.bot.get_chat_member(chat, user)).status == "left"
    await stage.people.join(chat, user)


async def test_unban_puts_out_one_who_is_in_unless_told_not_to(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.bot.unban_chat_member(chat, user, only_if_banned=True)
    assert (await stage.bot.get_chat_member(chat, user)).status == "member"
    await stage.bot.unban_chat_member(chat, user)
    assert (await stage.bot.get_chat_member(chat, user)).status == "left"
    await stage.people.join(chat, user)


async def test_a_restriction_binds_survives_a_rejoin_and_ends_without_an_update(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.bot.restrict_chat_member(chat, user, ChatPermissions.no_permissions(), until_date=NOW + 600)
    with pytest.raises(VerbRefused, match="can_send_messages"):
        await stage.people.post(chat, user, "may I?")
    await stage.people.leave(chat, user)
    left = await stage.bot.get_chat_member(chat, user)
    assert isinstance(left, ChatMemberRestricted)
    assert not left.is_member
    await stage.people.join(chat, user)
    again = await stage.bot.get_chat_member(chat, user)
    assert isinstance(again, ChatMemberRestricted)
    assert again.is_member
    await stage.opt_in()
    await stage.people.clock(jump_seconds=601)
    assert await stage.updates() == []
    await stage.people.post(chat, user, "free again")
    assert (await stage.bot.get_chat_member(chat, user)).status == "member"


@pytest.mark.parametrize("seconds", [0, 20, 367 * 86_400])
async def test_an_end_too_near_or_too_far_is_for_ever(stage: Stage, seconds: int) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.people.clock(freeze=True)
    until = int(await stage.people.now()) + seconds
    await stage.call("restrictChatMember", chat_id=chat, user_id=user, permissions=READ_ONLY, until_date=until)
    _, body = await stage.call("getChatMember", chat_id=chat, user_id=user)
    assert body["result"]["until_date"] == 0
    await stage.people.clock(jump_seconds=400 * 86_400)
    assert (await stage.people.member(chat, user))["status"] == "restricted"


async def test_permissions_left_out_are_false_and_broader_ones_imply_narrower(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    given = {"chat_id": chat, "user_id": user, "permissions": {"can_send_polls": True, "can_pin_messages": True}}
    await stage.call("restrictChatMember", **given)
    member = await stage.people.member(chat, user)
    assert member["can_send_messages"]
    assert member["can_react_to_messages"]
    assert member["can_manage_topics"]
    assert not member["can_send_photos"]
    assert not member["can_invite_users"]
    await stage.call("restrictChatMember", **given, use_independent_chat_permissions=True)
    assert not (await stage.people.member(chat, user))["can_send_messages"]
    broad = {"can_add_web_page_previews": True}
    await stage.call("restrictChatMember", chat_id=chat, user_id=user, permissions=broad)
    assert (await stage.people.member(chat, user))["can_send_photos"]


async def test_all_permissions_lift_a_restriction(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.bot.restrict_chat_member(chat, user, ChatPermissions.no_permissions())
    await stage.bot.restrict_chat_member(chat, user, ChatPermissions.all_permissions())
    assert (await stage.bot.get_chat_member(chat, user)).status == "member"


async def test_what_the_group_forbids_and_what_the_member_lacks_add_up(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.people.set_default_permissions(chat, {"can_send_messages": True})
    with pytest.raises(VerbRefused, match="can_send_photos"):
        await stage.people.post(chat, user, media="photo")
    await stage.people.post(chat, user, "words are fine")
    await stage.people.post(chat, "owner", media="photo")
    await stage.bot.set_chat_permissions(chat, ChatPermissions.all_permissions())
    await stage.people.post(chat, user, media="photo")
    reason = await stage.refusal("setChatPermissions", chat_id=await stage.group(admin=None), permissions={})
    assert reason == "Bad Request: not enough rights to change chat permissions"


async def test_only_supergroups_know_restrictions(stage: Stage) -> None:
    chat = await stage.group("group")
    user = await stage.member(chat)
    reason = await stage.refusal("restrictChatMember", chat_id=chat, user_id=user, permissions=READ_ONLY)
    assert reason == "Bad Request: method is available only for supergroups"
    reason = await stage.refusal("unbanChatMember", chat_id=chat, user_id=user)
    assert reason == "Bad Request: method is available for supergroup and channel chats only"
    await stage.bot.ban_chat_member(chat, user)
    assert (await stage.bot.get_chat_member(chat, user)).status == "left"


async def test_the_bot_appoints_with_what_it_has_and_unmakes_only_its_own(stage: Stage) -> None:
    chat = await stage.group(admin=["promote_members", "delete_messages"])
    user, other = await stage.member(chat, "A"), await stage.member(chat, "B")
    await stage.people.promote(chat, other)
    forbidden = {"chat_id": chat, "user_id": user, "can_pin_messages": True}
    assert await stage.refusal("promoteChatMember", **forbidden) == "Bad Request: RIGHT_FORBIDDEN"
    await stage.bot.promote_chat_member(chat, user, can_delete_messages=True)
    await stage.bot.set_chat_administrator_custom_title(chat, user, "Helper")
    member = await stage.bot.get_chat_member(chat, user)
    assert member.to_dict()["custom_title"] == "Helper"
    assert member.to_dict()["can_be_edited"]
    demote = {"chat_id": chat, "can_delete_messages": False}
    assert await stage.refusal("promoteChatMember", user_id=other, **demote) == "Bad Request: CHAT_ADMIN_REQUIRED"
    await stage.bot.promote_chat_member(chat, user)
    assert (await stage.bot.get_chat_member(chat, user)).status == "member"
    self_reason = await stage.refusal("promoteChatMember", user_id=stage.world.bot_id, **demote)
    assert self_reason == "Bad Request: can't promote self"
    await stage.people.set_bot_rights(chat, ["delete_messages"])
    assert await stage.refusal("promoteChatMember", user_id=user, **demote) == "Bad Request: not enough rights"


async def test_titles_are_for_administrators_the_bot_made(stage: Stage) -> None:
    chat = await stage.group()
    user, admin = await stage.member(chat, "A"), await stage.member(chat, "B")
    await stage.people.promote(chat, admin)
    given = {"chat_id": chat, "custom_title": "Boss"}
    method = "setChatAdministratorCustomTitle"
    owner = stage.world.names["owner"]
    assert await stage.refusal(method, user_id=owner, **given) == (
        "Bad Request: only the owner can edit their custom title"
    )
    assert await stage.refusal(method, user_id=user, **given) == "Bad Request: user is not an administrator"
    assert await stage.refusal(method, user_id=admin, **given) == (
        "Bad Request: not enough rights to change custom title of the user"
    )
    await stage.bot.promote_chat_member(chat, user, can_delete_messages=True)
    assert await stage.refusal(method, chat_id=chat, user_id=user, custom_title="x" * 17) == (
        "Bad Request: CUSTOM_TITLE_INVALID"
    )
    assert await stage.refusal(method, chat_id=chat, user_id=user, custom_title="boss 🔥") == (
        "Bad Request: CUSTOM_TITLE_EMOJI_NOT_ALLOWED"
    )


async def test_tags_are_short_plain_and_for_plain_members(stage: Stage) -> None:
    chat = await stage.group()
    user, admin = await stage.member(chat, "A"), await stage.member(chat, "B")
    await stage.people.promote(chat, admin)
    await stage.bot.set_chat_member_tag(chat, user, "07营-小林-上海")
    message = await stage.people.post(chat, user, "hello")
    shown = await stage.people.message(chat, message)
    assert shown is not None
    assert shown["sender_tag"] == "07营-小林-上海"
    given = {"chat_id": chat, "user_id": user}
    assert await stage.refusal("setChatMemberTag", **given, tag="x" * 17) == "Bad Request: TAG_INVALID"
    assert await stage.refusal("setChatMemberTag", **given, tag="hi 😀") == "Bad Request: TAG_EMOJI_NOT_ALLOWED"
    reason = await stage.refusal("setChatMemberTag", chat_id=chat, user_id=admin, tag="x")
    assert reason == "Bad Request: TAG_CHANGE_FORBIDDEN"
    await stage.bot.set_chat_member_tag(chat, user, "")
    assert "tag" not in (await stage.bot.get_chat_member(chat, user)).to_dict()
    await stage.people.set_bot_rights(chat, ["delete_messages"])
    assert await stage.refusal("setChatMemberTag", **given, tag="x") == "Bad Request: TAG_CHANGE_FORBIDDEN"


async def test_slow_mode_holds_members_but_not_administrators(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.people.set_slow_mode(chat, 60)
    await stage.people.post(chat, user, "one")
    with pytest.raises(VerbRefused, match="slow mode"):
        await stage.people.post(chat, user, "two")
    await stage.people.post(chat, "owner", "one")
    await stage.people.post(chat, "owner", "two")
    await stage.people.clock(jump_seconds=61)
    await stage.people.post(chat, user, "two")
    assert (await stage.bot.get_chat(chat)).to_dict()["slow_mode_delay"] == 60


async def test_administrators_are_listed_without_other_bots(stage: Stage) -> None:
    chat = await stage.group()
    other = await stage.member(chat, "Other", is_bot=True, username="other_bot")
    await stage.people.promote(chat, other, ["delete_messages"])
    names = {member.user.username for member in await stage.bot.get_chat_administrators(chat)}
    assert names == {"owner", "dengta_bot"}
    _, body = await stage.call("getChatAdministrators", chat_id=chat, return_bots=True)
    assert len(body["result"]) == 3
    assert await stage.bot.get_chat_member_count(chat) == 3
