"""Invite links with ends and limits, requests to join and their answers."""

from __future__ import annotations

import pytest
from telegram import ChatMemberUpdated
from telegram.error import BadRequest

from sandbox.client import VerbRefused
from tests.sandbox.stage import START, Stage

NOW = int(START)


async def change(stage: Stage) -> ChatMemberUpdated:
    return next(update.chat_member for update in await stage.updates() if update.chat_member)


async def test_the_way_in_is_told(stage: Stage) -> None:
    chat = await stage.group()
    link = await stage.bot.create_chat_invite_link(chat, name="spring")
    user = await stage.people.user_create("Lin")
    await stage.opt_in()
    await stage.people.join(chat, user, via_link=link.invite_link)
    told = await change(stage)
    assert told.invite_link is not None
    assert told.invite_link.name == "spring"
    other = await stage.people.user_create("Wu")
    await stage.people.join(chat, other, added_by="owner")
    told = await change(stage)
    assert told.from_user.username == "owner"
    assert told.invite_link is None


async def test_links_run_out(stage: Stage) -> None:
    chat = await stage.group()
    people = [await stage.people.user_create(f"User {n}") for n in range(4)]
    once = await stage.bot.create_chat_invite_link(chat, member_limit=1)
    await stage.people.join(chat, people[0], via_link=once.invite_link)
    with pytest.raises(VerbRefused, match="used up"):
        await stage.people.join(chat, people[1], via_link=once.invite_link)
    short = await stage.bot.create_chat_invite_link(chat, expire_date=NOW + 3600)
    await stage.people.join(chat, people[1], via_link=short.invite_link)
    await stage.people.clock(jump_seconds=3600)
    with pytest.raises(VerbRefused, match="expired"):
        await stage.people.join(chat, people[2], via_link=short.invite_link)
    gone = await stage.bot.create_chat_invite_link(chat)
    assert (await stage.bot.revoke_chat_invite_link(chat, gone.invite_link)).is_revoked
    with pytest.raises(VerbRefused, match="revoked"):
        await stage.people.join(chat, people[3], via_link=gone.invite_link)


async def test_links_are_edited_and_the_primary_one_replaced(stage: Stage) -> None:
    chat = await stage.group()
    link = await stage.bot.create_chat_invite_link(chat)
    edited = await stage.bot.edit_chat_invite_link(chat, link, name="new", creates_join_request=True)
    assert (edited.name, edited.creates_join_request) == ("new", True)
    first = await stage.bot.export_chat_invite_link(chat)
    second = await stage.bot.export_chat_invite_link(chat)
    assert first != second
    assert (await stage.bot.get_chat(chat)).invite_link == second


async def test_links_need_the_right_and_sense(stage: Stage) -> None:
    chat = await stage.group(admin=["delete_messages"])
    reason = "Bad Request: not enough rights to manage chat invite link"
    assert await stage.refusal("createChatInviteLink", chat_id=chat) == reason
    await stage.people.set_bot_rights(chat, "all")
    both = {"member_limit": 5, "creates_join_request": True}
    assert await stage.refusal("createChatInviteLink", chat_id=chat, **both) == (
        "Bad Request: member limit can't be specified for links requiring administrator approval"
    )


async def test_a_request_is_approved(stage: Stage) -> None:
    chat = await stage.group()
    link = await stage.bot.create_chat_invite_link(chat, creates_join_request=True)
    user = await stage.people.user_create("Lin", bio="I sell courses")
    await stage.opt_in()
    assert await stage.people.join(chat, user, via_link=link.invite_link) == "requested"
    (update,) = await stage.updates()
    assert update.chat_join_request is not None
    assert (update.chat_join_request.bio, update.chat_join_request.user_chat_id) == ("I sell courses", user)
    with pytest.raises(VerbRefused, match="already"):
        await stage.people.join_request(chat, user)
    await stage.bot.approve_chat_join_request(chat, user)
    told = await change(stage)
    assert told.via_join_request
    assert told.invite_link is not None
    reason = "Bad Request: USER_ALREADY_PARTICIPANT"
    assert await stage.refusal("approveChatJoinRequest", chat_id=chat, user_id=user) == reason


async def test_a_request_is_declined_and_cannot_be_answered_twice(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.people.user_create("Lin")
    await stage.people.join_request(chat, user)
    await stage.bot.decline_chat_join_request(chat, user)
    assert (await stage.people.member(chat, user))["status"] == "left"
    with pytest.raises(BadRequest, match=r"(?i)HIDE_REQUESTER_MISSING"):
        await stage.bot.decline_chat_join_request(chat, user)


async def test_requests_are_for_those_who_may_invite(stage: Stage) -> None:
    chat = await stage.group(admin=["delete_messages"])
    user = await stage.people.user_create("Lin")
    await stage.opt_in()
    await stage.people.join_request(chat, user)
    assert await stage.updates() == []
    reason = "Bad Request: not enough rights to manage chat join requests"
    assert await stage.refusal("approveChatJoinRequest", chat_id=chat, user_id=user) == reason


async def test_an_administrator_may_be_faster_than_the_bot(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.people.user_create("Lin")
    await stage.people.join_request(chat, user)
    await stage.people.do("answer_request", chat=chat, user=user, approve=True)
    assert (await stage.people.member(chat, user))["status"] == "member"
    assert await stage.refusal("declineChatJoinRequest", chat_id=chat, user_id=user) == (
        "Bad Request: USER_ALREADY_PARTICIPANT"
    )
