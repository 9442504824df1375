"""The message that a command answers, as Facts: what it says is set aside if a leader takes it for an ad."""

from typing import Literal, NamedTuple

from telegram import Message, MessageEntity

from rules.conduct.facts import Entity, Facts, Media

Kind = Literal["member", "bot", "anonymous_admin", "channel"]

FILES = ("animation", "audio", "document", "sticker", "video", "video_note", "voice")


class Pointed(NamedTuple):
    """Who wrote it, as far as Telegram tells; `facts.user_id` is 0 where no person did."""

    kind: Kind
    facts: Facts

    @property
    def message_id(self) -> int:
        return self.facts.message_id


def answered(message: Message) -> Pointed | None:
    reply = message.reply_to_message
    # In a forum every message "answers" the one that opened its topic.
    if reply is None or (message.is_topic_message and reply.message_id == message.message_thread_id):
        return None
    return Pointed(kind_of(reply), facts_of(reply))


def kind_of(message: Message) -> Kind:
    if message.sender_chat is not None:
        return "anonymous_admin" if message.sender_chat.id == message.chat.id else "channel"
    if message.from_user is None:
        return "channel"
    return "bot" if message.from_user.is_bot else "member"


def facts_of(message: Message) -> Facts:
    user, kind = message.from_user, kind_of(message)
    words, spans = (message.text, message.entities) if message.text else (message.caption, message.caption_entities)
    return Facts(
        update_id=0,
        kind="message",
        chat_id=message.chat.id,
        user_id=user.id if user else 0,
        at=int(message.date.timestamp()),
        message_id=message.message_id,
        thread_id=(message.message_thread_id or 0) if message.is_topic_message else 0,
        sender=kind,
        sender_chat_id=message.sender_chat.id if message.sender_chat else 0,
        name=user.full_name if user else "",
        username=(user.username or "") if user else "",
        is_bot=bool(user and user.is_bot),
        text=words or "",
        entities=tuple(map(entity_of, spans or ())),
        album_id=message.media_group_id or "",
        media=media_of(message),
    )


def entity_of(entity: MessageEntity) -> Entity:
    return Entity(entity.type, entity.offset, entity.length, entity.url or "", entity.user.id if entity.user else 0)


def media_of(message: Message) -> tuple[Media, ...]:
    photos = (Media("photo", message.photo[-1].file_id),) if message.photo else ()
    files = ((kind, getattr(message, kind)) for kind in FILES)
    return photos + tuple(
        Media(kind, file.file_id, getattr(file, "file_name", None) or "", mime=getattr(file, "mime_type", None) or "")
        for kind, file in files
        if file is not None
    )
