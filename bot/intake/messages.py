"""From a message, a join or a leave in Telegram's words to Facts in ours; nothing is looked up, nothing is judged."""

from typing import Literal

from bot.intake.attachments import button_words, join, origin_words, reply_elsewhere
from bot.intake.shapes import Chat, Entity, Membership, Message, User
from rules.conduct.facts import Entity as Span
from rules.conduct.facts import Facts, Media, SenderKind

Move = Literal["join", "leave"]

PRESENT = frozenset({"creator", "administrator", "member"})
# Telegram itself: it speaks in a discussion group for the channel.
SERVICE_ACCOUNT = 777000


def is_in(member: Membership) -> bool:
    return member.status in PRESENT or (member.status == "restricted" and member.is_member is True)


def person(update_id: int, kind: Move, chat_id: int, at: int, user: User) -> Facts:
    return Facts(
        update_id,
        kind,
        chat_id,
        user.id,
        at,
        name=join(user.first_name, user.last_name),
        username=user.username or "",
        is_bot=user.is_bot is True,
        sender="bot" if user.is_bot else "member",
    )


def told(update_id: int, kind: Move, message: Message, user: User) -> Facts:
    """A join or a leave that a service message tells of; its sender is who added or put out."""
    facts = person(update_id, kind, message.chat.id, message.date, user)
    return facts._replace(message_id=message.message_id, by_user_id=message.sender.id if message.sender else 0)


def facts_of(update_id: int, message: Message, kind: Literal["message", "edit"], media: tuple[Media, ...]) -> Facts:
    """Positional, for this is the hottest line of the intake."""
    user, channel, reply = message.sender, message.sender_chat, message.reply_to_message
    speaker = channel if channel is not None else user
    # Outside forums answers have a thread's number as well, which is no topic.
    thread = (message.message_thread_id or 0) if message.is_topic_message else 0
    # Never both: what has media has a caption in the place of a text.
    text = message.text if message.text is not None else message.caption
    spans = message.entities if message.text is not None else message.caption_entities
    # In a forum every message "answers" the one that opened the topic.
    answers = reply if reply is not None and reply.message_id != thread else None
    return Facts(
        update_id,
        kind,
        message.chat.id,
        user.id if user is not None else 0,
        message.date if kind == "message" else message.edit_date or message.date,
        message.message_id,
        thread,
        sender_of(message, user, channel),
        channel.id if channel is not None else 0,
        name_of(user, channel),
        (speaker.username or "") if speaker is not None else "",
        message.sender_tag or "",
        user is not None and user.is_bot is True and channel is None,
        text or "",
        tuple(map(span, spans)) if spans else (),
        (message.quote.text or "") if message.quote is not None else "",
        origin_words(message.forward_origin) if message.forward_origin is not None else "",
        answers.message_id if answers is not None else 0,
        answers.sender.id if answers is not None and answers.sender is not None else 0,
        message.media_group_id or "",
        media if message.external_reply is None else (*media, *reply_elsewhere(message.external_reply)),
        button_words(message.reply_markup) if message.reply_markup is not None else (),
        message.via_bot is not None,
    )


def sender_of(message: Message, user: User | None, channel: Chat | None) -> SenderKind:
    if channel is not None:
        if message.is_automatic_forward:
            return "linked_channel"
        return "anonymous_admin" if channel.id == message.chat.id else "channel"
    if user is None or user.id == SERVICE_ACCOUNT:
        return "telegram"
    return "bot" if user.is_bot else "member"


def name_of(user: User | None, channel: Chat | None) -> str:
    if channel is not None:
        return channel.title or ""
    if user is None:
        return ""
    return f"{user.first_name} {user.last_name}" if user.first_name and user.last_name else user.first_name or ""


def span(entity: Entity) -> Span:
    user = entity.user
    return Span(entity.type, entity.offset, entity.length, entity.url or "", user.id if user is not None else 0)
