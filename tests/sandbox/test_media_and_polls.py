"""Media of every kind from both sides, albums, files and their bytes, copies, forwards, polls."""

from __future__ import annotations

import pytest
from telegram import InputMediaDocument, InputMediaPhoto, InputMediaVideo, Message
from telegram.error import BadRequest

from sandbox.client import VerbRefused
from sandbox.world.media import MAKERS, PIXEL, SHAPES
from tests.sandbox.stage import Stage


@pytest.mark.parametrize("kind", sorted({*SHAPES, *MAKERS, "poll"}))
async def test_people_post_every_kind(stage: Stage, kind: str) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.opt_in()
    await stage.people.post(chat, user, media=kind)
    (update,) = await stage.updates()
    assert update.message is not None
    assert update.message.to_dict()[kind]


async def test_captions_have_entities_and_fields_can_be_set(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    media = {"kind": "document", "file_name": "work-from-home.apk"}
    await stage.people.post(chat, "owner", media=media, caption="get it at t.me/easy_money", spoiler=True)
    (update,) = await stage.updates()
    message = update.message
    assert message is not None
    assert message.document is not None
    assert message.document.file_name == "work-from-home.apk"
    assert [entity.type for entity in message.caption_entities] == ["url"]


async def test_the_bot_sends_what_it_uploads_and_it_can_be_fetched(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_document(
        chat, b"list of names", filename="names.txt", caption="<b>all</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("names.txt", 13)
    assert sent.caption_entities[0].type == "bold"
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"list of names"
    again = await stage.bot.send_document(chat, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_name == "names.txt"
    with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
        await stage.bot.get_file("nothing")
    missing = await stage.people.http.get(f"/file/bot{stage.world.token}/documents/none")
    assert missing.status_code == 404


async def test_every_sending_method_gives_a_message(stage: Stage) -> None:
    chat = await stage.group()
    bot = stage.bot
    sent: list[Message] = [
        await bot.send_photo(chat, PIXEL, caption="photo"),
        await bot.send_photo(chat, "https://example.com/never-fetched.jpg"),
        await bot.send_video(chat, b"video", width=10, height=20),
        await bot.send_animation(chat, b"gif"),
        await bot.send_audio(chat, b"mp3", title="Song"),
        await bot.send_voice(chat, b"ogg"),
        await bot.send_video_note(chat, b"round"),
        await bot.send_sticker(chat, b"webp"),
        await bot.send_dice(chat),
        await bot.send_contact(chat, "+8613800138000", "Lin"),
        await bot.send_location(chat, 31.2, 121.5),
        await bot.send_venue(chat, 31.2, 121.5, "Lighthouse", "Harbour Road"),
    ]
    assert len({message.message_id for message in sent}) == len(sent)
    assert await bot.send_chat_action(chat, "typing")
    with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
        await bot.send_photo(chat, PIXEL, caption="x" * 1025)


async def test_an_album_goes_whole(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_media_group(chat, [InputMediaPhoto(PIXEL, "one"), InputMediaVideo(b"two")])
    assert len({message.media_group_id for message in sent}) == 1
    assert sent[0].caption == "one"
    reason = "Bad Request: too many messages to send as an album"
    eleven = [{"type": "photo", "media": "https://example.com/a.jpg"}] * 11
    assert await stage.refusal("sendMediaGroup", chat_id=chat, media=eleven) == reason
    assert await stage.refusal("sendMediaGroup", chat_id=chat, media=[]) == "Bad Request: there are no messages to send"


async def test_media_and_captions_are_edited(stage: Stage) -> None:
    chat = await stage.group()
    sent = await stage.bot.send_photo(chat, PIXEL, caption="one")
    edited = await stage.bot.edit_message_caption(chat, sent.message_id, caption="two")
    assert not isinstance(edited, bool)
    assert edited.caption == "two"
    swapped = await stage.bot.edit_message_media(InputMediaDocument(b"pdf", caption="three"), chat, sent.message_id)
    assert not isinstance(swapped, bool)
    assert (swapped.caption, bool(swapped.document), bool(swapped.photo)) == ("three", True, False)


async def test_copies_hide_and_forwards_show_the_source(stage: Stage) -> None:
    chat, desk = await stage.group(), await stage.group()
    user = await stage.member(chat)
    one = await stage.people.post(chat, user, "look at https://example.com")
    two = await stage.people.post(chat, user, media="photo", caption="and this")
    copied = await stage.bot.copy_message(desk, chat, one)
    forwarded = await stage.bot.forward_message(desk, chat, one)
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.to_dict()["sender_user"]["id"] == user
    shown = await stage.people.message(desk, copied.message_id)
    assert shown is not None
    assert (shown["text"], "forward_origin" in shown) == ("look at https://example.com", False)
    assert len(await stage.bot.forward_messages(desk, chat, [one, two, 999])) == 2
    assert len(await stage.bot.copy_messages(desk, chat, [one, two])) == 2
    with pytest.raises(BadRequest, match=r"(?i)message to copy not found"):
        await stage.bot.copy_message(desk, chat, 999)
    with pytest.raises(BadRequest, match=r"(?i)there are no messages to forward"):
        await stage.bot.forward_messages(desk, chat, [998, 999])


async def test_a_poll_counts_votes_and_is_stopped(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    sent = await stage.bot.send_poll(chat, "When?", ["8", "9"], is_anonymous=False)
    await stage.opt_in()
    await stage.people.vote(chat, sent.message_id, user, 1)
    await stage.people.vote(chat, sent.message_id, user, 0)
    counted, answered, again, changed = await stage.updates()
    assert counted.poll is not None
    assert [option.voter_count for option in counted.poll.options] == [0, 1]
    assert answered.poll_answer is not None
    assert answered.poll_answer.option_ids == (1,)
    assert again.poll is not None
    assert again.poll.total_voter_count == 1
    assert changed.poll_answer is not None
    stopped = await stage.bot.stop_poll(chat, sent.message_id)
    assert stopped.is_closed
    with pytest.raises(VerbRefused, match="closed"):
        await stage.people.vote(chat, sent.message_id, user, 1)
    with pytest.raises(BadRequest, match=r"(?i)already been closed"):
        await stage.bot.stop_poll(chat, sent.message_id)


async def test_a_poll_with_an_end_closes_by_the_clock(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    sent = await stage.bot.send_poll(chat, "Quick?", ["yes", "no"], open_period=60)
    await stage.people.clock(jump_seconds=61)
    (update,) = await stage.updates()
    assert update.poll is not None
    assert update.poll.is_closed
    with pytest.raises(VerbRefused, match="closed"):
        await stage.people.vote(chat, sent.message_id, "owner", 0)


@pytest.mark.parametrize(
    ("given", "data"), [({"content": "名单"}, "名单".encode()), ({"bytes": "AAEC"}, b"\x00\x01\x02")]
)
async def test_a_file_of_a_person_holds_what_they_put_into_it(stage: Stage, given: dict[str, str], data: bytes) -> None:
    user = await stage.people.user_create("Lin")
    await stage.opt_in()
    await stage.people.post(user, user, media={"kind": "document", "file_name": "list.csv", **given})
    (update,) = await stage.updates()
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.document.file_size == len(data)
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == data


async def test_bytes_that_are_no_base64_are_refused(stage: Stage) -> None:
    user = await stage.people.user_create("Lin")
    with pytest.raises(VerbRefused, match="base64"):
        await stage.people.post(user, user, media={"kind": "document", "bytes": "?"})
