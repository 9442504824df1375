"""Leaders' words in a reply (警告, 禁言…) do what the commands do; from anybody else they are just words."""

from telegram import Message, Update
from telegram.ext.filters import MessageFilter

from bot.roles import authorize
from bot.textscan.folding import simplified
from handlers.frame.context import Talk
from handlers.frame.obey import obey
from handlers.frame.orders import order_of
from handlers.routing.commands import COMMANDS, WORDS


class StartsWithAWord(MessageFilter):
    """The first word is one of WORDS, in simplified or traditional characters."""

    def filter(self, message: Message) -> bool:
        return word_of(message) in WORDS


async def on_word(update: Update, talk: Talk) -> None:
    message = update.message
    if message is None or talk.group is None:
        return
    name, _, meant = WORDS[word_of(message)].partition(" ")
    order = order_of(name, message)
    if order.answered is None or not await leads(talk):
        return
    await obey(talk, order._replace(words=f"{meant} {order.words}".strip()), COMMANDS[name])


async def leads(talk: Talk) -> bool:
    decision = await authorize(talk.unit, talk.actor, "lead", talk.place)
    return decision.allowed or decision.why == "confirm"


def word_of(message: Message) -> str:
    found = (message.text or "").split(maxsplit=1)
    return simplified(found[0]) if found else ""
