"""Senders that are no users: anonymous administrators, channels, the linked channel; sources of forwards."""

from __future__ import annotations

import pytest

from sandbox.client import VerbRefused
from tests.sandbox.stage import Stage


async def test_an_anonymous_administrator_speaks_as_the_group(stage: Stage) -> None:
    chat = await stage.group()
    admin = await stage.member(chat, "Admin")
    await stage.people.promote(chat, admin, title="Coach", anonymous=True)
    await stage.opt_in()
    await stage.people.post(chat, admin, "/warn")
    (update,) = await stage.updates()
    message = update.message
    assert message
    assert message.from_user
    assert message.sender_chat
    assert (message.from_user.id, message.sender_chat.id, message.author_signature) == (1087968824, chat, "Coach")


async def test_a_member_cannot_be_anonymous(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    with pytest.raises(VerbRefused, match="anonymous"):
        await stage.people.post(chat, user, "boo", as_chat=chat)


async def test_a_channel_as_sender_can_be_banned(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    channel = await stage.people.chat_create("channel", "Ads", user, username="ads_here")
    other = await stage.people.chat_create("channel", "More ads", user)
    await stage.opt_in()
    await stage.people.post(chat, user, "buy", as_chat=channel)
    (update,) = await stage.updates()
    assert update.message
    assert update.message.from_user
    assert update.message.sender_chat
    assert (update.message.from_user.id, update.message.sender_chat.id) == (136817688, channel)
    await stage.bot.ban_chat_sender_chat(chat, channel)
    for mask in (channel, other):
        with pytest.raises(VerbRefused, match="banned"):
            await stage.people.post(chat, user, "buy", as_chat=mask)
    await stage.bot.unban_chat_sender_chat(chat, channel)
    await stage.people.post(chat, user, "buy", as_chat=channel)


async def test_nobody_speaks_as_a_channel_of_another(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    channel = await stage.people.chat_create("channel", "News", "owner")
    with pytest.raises(VerbRefused, match="does not run"):
        await stage.people.post(chat, user, "fake news", as_chat=channel)


async def test_posts_of_the_linked_channel_come_by_themselves(stage: Stage) -> None:
    chat = await stage.group()
    channel = await stage.people.chat_create("channel", "News", "owner")
    await stage.people.link_channel(chat, channel)
    await stage.opt_in()
    await stage.people.post(channel, "owner", "today at 8")
    (update,) = await stage.updates()
    message = update.message
    assert message
    assert message.is_automatic_forward
    assert message.from_user
    assert message.sender_chat
    assert (message.from_user.id, message.sender_chat.id, message.text) == (777000, channel, "today at 8")
    assert message.forward_origin
    assert message.forward_origin.type == "channel"
    assert (await stage.bot.get_chat(chat)).linked_chat_id == channel


async def test_a_channel_tells_its_administrator_bot(stage: Stage) -> None:
    channel = await stage.group("channel")
    await stage.opt_in()
    message = await stage.people.post(channel, "owner", "post")
    await stage.people.edit(channel, message, "owner", "better post")
    posted, edited = await stage.updates()
    assert posted.channel_post
    assert posted.channel_post.from_user is None
    assert edited.edited_channel_post
    assert edited.edited_channel_post.text == "better post"
    await stage.people.react(channel, message, "owner")
    (counted,) = await stage.updates()
    assert counted.message_reaction_count
    assert counted.message_reaction_count.reactions[0].total_count == 1


@pytest.mark.parametrize("source", ["user", "hidden", "channel", "chat"])
async def test_a_forward_names_its_source(stage: Stage, source: str) -> None:
    chat = await stage.group()
    channel = await stage.people.chat_create("channel", "News", "owner")
    given = {"user": "owner", "hidden": "Somebody", "channel": channel, "chat": chat}
    await stage.opt_in()
    await stage.people.post(chat, "owner", "look", forward_from={source: given[source]})
    (update,) = await stage.updates()
    kinds = {"user": "user", "hidden": "hidden_user", "channel": "channel", "chat": "chat"}
    assert update.message
    assert update.message.forward_origin
    assert update.message.forward_origin.type == kinds[source]


async def test_a_reply_into_another_chat_carries_origin_media_and_quote(stage: Stage) -> None:
    chat = await stage.group()
    channel = await stage.people.chat_create("channel", "News", "owner")
    await stage.opt_in()
    elsewhere = {"origin": {"channel": channel}, "chat": channel, "message_id": 3, "media": {"kind": "photo"}}
    await stage.people.post(chat, "owner", "see", external_reply=elsewhere, quote="earn 5000 a day")
    (update,) = await stage.updates()
    assert update.message
    assert update.message.external_reply
    assert update.message.quote
    assert update.message.external_reply.photo
    assert update.message.quote.text == "earn 5000 a day"
