"""Who wrote a message, as far as Telegram tells: a person, a bot, the group itself, a channel."""

from typing import Literal

from telegram import Message

Kind = Literal["member", "bot", "anonymous_admin", "channel"]


def kind_of(message: Message) -> Kind:
    if message.sender_chat is not None:
        return "anonymous_admin" if message.sender_chat.id == message.chat.id else "channel"
    if message.from_user is None:
        return "channel"
    return "bot" if message.from_user.is_bot else "member"
