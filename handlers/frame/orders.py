"""A command taken apart: its name, the words after it, and whom or what it points at; it does nothing."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from telegram import Message, MessageEntity

from bot.storage import codec
from bot.textscan.folding import simplified
from handlers.reading.pointing import Pointed, answered
from rules.conduct.effects import Mention


class Order(NamedTuple):
    """`words` come after the name; a person tapped into the text stands in `mention` and no longer in `words`."""

    name: str
    words: str = ""
    mention: Mention | None = None
    answered: Pointed | None = None

    def first(self) -> str:
        """In simplified characters: what is typed 設置 or 列表 in either script is one word."""
        return simplified(self.words.split(maxsplit=1)[0]) if self.words.strip() else ""

    def without_first(self) -> "Order":
        return self._replace(words="".join(self.words.split(maxsplit=1)[1:]))


def order_of(name: str, message: Message) -> Order:
    """From a message whose first word is the command (or the leaders' word) itself."""
    text = "".join((message.text or "").split(maxsplit=1)[1:])
    mention = None
    for entity, shown in message.parse_entities([MessageEntity.TEXT_MENTION]).items():
        if entity.user is not None:
            mention = Mention(entity.user.id, entity.user.full_name)
            text = text.replace(shown, " ", 1)
            break
    return Order(name, text.strip(), mention, answered(message))


def pack(order: Order) -> str:
    """As text, to be kept with a button until somebody confirms it."""
    pointed = order.answered
    facts = [pointed.kind, codec.encode_facts(pointed.facts)] if pointed else None
    return json.dumps([order.name, order.words, order.mention, facts], ensure_ascii=False)


def unpack(text: str) -> Order:
    name, words, mention, pointed = json.loads(text)
    answers = Pointed(pointed[0], codec.decode_facts(pointed[1])) if pointed else None
    return Order(name, words, Mention(*mention) if mention else None, answers)


def one_of(word: str, choices: Sequence[str]) -> str:
    """`word` if it is one of the choices, else ""."""
    return word.lower() if word.lower() in choices else ""
