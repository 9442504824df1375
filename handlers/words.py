"""Leaders' words in a reply (警告, 禁言…) do what the commands do; from anybody else they are just words."""

from telegram import Message, Update

from bot.roles import authorize
from handlers.commands import COMMANDS, WORDS
from handlers.context import Talk
from handlers.obey import obey, place_of
from handlers.orders import order_of


async def on_word(update: Update, talk: Talk) -> None:
    message = update.message
    if message is None or talk.group is None:
        return
    command, _, first = WORDS[word_of(message)].partition(" ")
    order = order_of(command, message)
    if order.answered is None or not await leads(talk):
        return
    await obey(talk, order._replace(words=f"{first} {order.words}".strip()), COMMANDS[command])


async def leads(talk: Talk) -> bool:
    decision = await authorize(talk.unit, talk.actor, "lead", place_of(talk))
    return decision.allowed or decision.why == "confirm"


def word_of(message: Message) -> str:
    return (message.text or "").split(maxsplit=1)[0]
