"""A command taken apart: its name, the words after it, and whom or what it points at; it does nothing."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from telegram import Message, MessageEntity

from handlers.targetkinds import Kind, kind_of
from rules.conduct.effects import Mention


class Pointed(NamedTuple):
    """The message a command answers. `user_id` is 0 where no person wrote it."""

    message_id: int = 0
    user_id: int = 0
    name: str = ""
    kind: Kind = "member"


class Order(NamedTuple):
    """`words` come after the name; a person tapped into the text stands in `mention` and no longer in `words`."""

    name: str
    words: str = ""
    mention: Mention | None = None
    answered: Pointed | None = None

    def first(self) -> str:
        return self.words.split(maxsplit=1)[0] if self.words.strip() else ""

    def without_first(self) -> "Order":
        return self._replace(words=" ".join(self.words.split(maxsplit=1)[1:]))


def order_of(name: str, message: Message) -> Order:
    """From a message whose first word is the command (or the leaders' word) itself."""
    text = " ".join((message.text or "").split(maxsplit=1)[1:])
    tapped = message.parse_entities([MessageEntity.TEXT_MENTION])
    mention = None
    for entity, shown in tapped.items():
        if entity.user is not None:
            mention = Mention(entity.user.id, entity.user.full_name)
            text = text.replace(shown, " ", 1)
            break
    return Order(name, text.strip(), mention, answered(message))


def answered(message: Message) -> Pointed | None:
    reply = message.reply_to_message
    # In a forum every message "answers" the one that opened its topic.
    if reply is None or (message.is_topic_message and reply.message_id == message.message_thread_id):
        return None
    user = reply.from_user
    return Pointed(reply.message_id, user.id if user else 0, user.full_name if user else "", kind_of(reply))


def pack(order: Order) -> str:
    """As text, to be kept with a button until somebody confirms it."""
    return json.dumps([order.name, order.words, order.mention, order.answered], ensure_ascii=False)


def unpack(text: str) -> Order:
    name, words, mention, pointed = json.loads(text)
    return Order(name, words, Mention(*mention) if mention else None, Pointed(*pointed) if pointed else None)


def one_of(word: str, choices: Sequence[str]) -> str:
    """`word` if it is one of the choices, else ""."""
    return word.lower() if word.lower() in choices else ""
