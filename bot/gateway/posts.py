"""Posts as calls: what the bot says, changes and posts again, as methods of the Bot API and their parameters."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    User,
)

from bot.gateway.outcomes import Place, Renderer
from rules.conduct.effects import AFTER_LINK, AnswerPress, Button, Edit, Mention, Repost, Say, SendFile
from rules.conduct.facts import Entity, Media

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
GENERAL_TOPIC = 1
TAG = re.compile(r"<[^<>]*>")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

CAPTIONED = frozenset({"photo", "video", "animation", "document", "audio", "voice"})
POSTABLE = CAPTIONED | {"sticker", "video_note"}
IN_ALBUMS = {
    "photo": InputMediaPhoto, "video": InputMediaVideo, "document": InputMediaDocument, "audio": InputMediaAudio,
}  # fmt: skip
MIXABLE = frozenset({"photo", "video"})
# Links, hashtags and commands Telegram finds again by itself; custom emoji are not the bot's to send.
KEPT_ENTITIES = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre"}
)


class Call(NamedTuple):
    """A method of the library's Bot and its parameters."""

    method: str
    parameters: Mapping[str, Any]


class TooLong(Exception):
    """A post that Telegram would not take; shortening it is not the gateway's to decide."""


class NoResult(Exception):
    """The act before this one left nothing behind that this one needs."""


def earlier(place: Place) -> int:
    """The message that the act before this one posted."""
    message_id = place.after.get("message_id")
    if not isinstance(message_id, int):
        raise NoResult
    return message_id


def earlier_link(place: Place) -> str:
    """The invite link that the act before this one made."""
    url = place.after.get("invite_link")
    if not isinstance(url, str):
        raise NoResult
    return url


def linked(rows: Sequence[Sequence[Button]], place: Place) -> Sequence[Sequence[Button]]:
    """Buttons that open what the act before this one made."""
    return [
        [each._replace(url=earlier_link(place)) if each.url == AFTER_LINK else each for each in row] for row in rows
    ]


def opened(act: Say, place: Place) -> Say:
    """A sentence may show that link, for whoever passes it on."""
    if not any(value == AFTER_LINK for each in act.words for _, value in each.params):
        return act
    url = earlier_link(place)
    words = (
        each._replace(params=tuple((name, url if value == AFTER_LINK else value) for name, value in each.params))
        for each in act.words
    )
    return replace(act, words=tuple(words))


def send_file(act: SendFile, place: Place, render: Renderer) -> Call:
    # Telegram shows a CSV of Chinese names rightly on every phone only with the mark of UTF-8.
    data = act.text.encode("utf-8-sig" if act.file_name.endswith(".csv") else "utf-8", "replace")
    return Call(
        "send_document",
        {
            "chat_id": place.chat_id,
            "document": InputFile(data, filename=act.file_name),
            "caption": render.html(act.words, act.language) if act.words else None,
            "parse_mode": "HTML",
        },
    )


def say(act: Say, place: Place, render: Renderer) -> Call:
    # What is answered may be gone by the time this is sent.
    quoted = ReplyParameters(act.reply_to, allow_sending_without_reply=True) if act.reply_to else None
    return Call(
        "send_message",
        {
            "chat_id": place.chat_id,
            "text": markup(opened(act, place), render),
            "parse_mode": "HTML",
            "link_preview_options": NO_PREVIEW,
            "message_thread_id": topic(act.thread),
            "reply_parameters": quoted,
            "reply_markup": keyboard(linked(act.buttons, place), place.button_ids, act.language, render),
        },
    )


def edit(act: Edit, place: Place, render: Renderer) -> Call:
    return Call(
        "edit_message_text",
        {
            "chat_id": place.chat_id,
            "message_id": act.message_id or earlier(place),
            "text": markup(act, render),
            "parse_mode": "HTML",
            "link_preview_options": NO_PREVIEW,
            "reply_markup": keyboard(linked(act.buttons, place), place.button_ids, act.language, render),
        },
    )


def answer(act: AnswerPress, _place: Place, render: Renderer) -> Call:
    return Call(
        "answer_callback_query",
        {
            "callback_query_id": act.query_id,
            "text": render.plain(act.words, act.language) if act.words else None,
            "show_alert": act.alert,
            "url": act.url or None,
        },
    )


def markup(act: Say | Edit, render: Renderer) -> str:
    text = render.html(act.words, act.language)
    if len(html.unescape(TAG.sub("", text))) > LONGEST_TEXT:
        raise TooLong
    return text


def topic(thread: int) -> int | None:
    """The General topic is named by leaving it out."""
    return thread if thread > GENERAL_TOPIC else None


def keyboard(
    rows: Sequence[Sequence[Button]], ids: Sequence[Sequence[str]], language: str, render: Renderer
) -> InlineKeyboardMarkup | None:
    """Buttons carry the ids of their rows in the storage; nothing else leaves the server."""
    shown = [
        [
            InlineKeyboardButton(render.label(button.label, language), url=button.url)
            if button.url
            else InlineKeyboardButton(render.label(button.label, language), callback_data=key)
            for button, key in zip(row, keys, strict=True)
        ]
        for row, keys in zip(rows, ids, strict=True)
    ]
    return InlineKeyboardMarkup(shown) if shown else None


def repost(act: Repost, place: Place, render: Renderer) -> list[Call]:
    """The message again, under its label and its author's name; several calls only where one cannot hold it."""
    head, head_entities = headline(act.author, render.label(act.label, act.language))
    text = f"{head}\n{act.text}" if act.text else head
    entities = [*head_entities, *shifted(act.entities, utf16(head) + 1)]
    where = {"chat_id": place.chat_id, "message_thread_id": topic(act.thread)}
    media = sendable(act.media)
    if media and len(text) <= LONGEST_CAPTION and media[0].kind in CAPTIONED:
        return list(with_media(media, where, {"caption": text, "caption_entities": entities}))
    if len(text) <= LONGEST_TEXT:
        return [text_call(where, text, entities), *with_media(media, where, {})]
    alone = text_call(where, act.text, list(shifted(act.entities, 0)))
    return [text_call(where, head, head_entities), alone, *with_media(media, where, {})]


def headline(author: Mention, label: str) -> tuple[str, list[MessageEntity]]:
    name = " ".join(author.name.split()) or str(author.user_id)
    person = User(author.user_id, name, is_bot=False)
    return f"{label} {name}", [MessageEntity("text_mention", utf16(label) + 1, utf16(name), user=person)]


def text_call(where: Mapping[str, Any], text: str, entities: Sequence[MessageEntity]) -> Call:
    parameters = {**where, "text": text, "entities": entities, "link_preview_options": NO_PREVIEW}
    return Call("send_message", parameters)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shifted(entities: Sequence[Entity], by: int) -> Iterator[MessageEntity]:
    for entity in entities:
        start, length = entity.offset + by, entity.length
        if entity.type in KEPT_ENTITIES:
            yield MessageEntity(entity.type, start, length)
        elif entity.type == "text_link" and entity.url:
            yield MessageEntity("text_link", start, length, url=entity.url)
        elif entity.type == "text_mention" and entity.user_id:
            yield MessageEntity("text_mention", start, length, user=User(entity.user_id, "", is_bot=False))


def sendable(media: Sequence[Media]) -> list[Media]:
    """What can be posted again by its file id; an animation also comes as a document and is sent once."""
    once = {each.file_id: each for each in reversed(media) if each.file_id and each.kind in POSTABLE}
    return list(reversed(once.values()))


def with_media(media: Sequence[Media], where: Mapping[str, Any], caption: Mapping[str, Any]) -> Iterator[Call]:
    album = media[:10] if is_album(media[:10]) else ()
    if album:
        items = [IN_ALBUMS[each.kind](each.file_id) for each in album]
        yield Call("send_media_group", {**where, "media": items, **caption})
    for index, each in enumerate(media[len(album) :]):
        own = caption if not album and index == 0 else {}
        yield Call(f"send_{each.kind}", {**where, each.kind: each.file_id, **own})


def is_album(media: Sequence[Media]) -> bool:
    kinds = {each.kind for each in media}
    return len(media) > 1 and (kinds <= MIXABLE or (len(kinds) == 1 and kinds <= IN_ALBUMS.keys()))
