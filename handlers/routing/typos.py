"""Commands as people really type them: what is meant is understood where it is harmless, else shown by one example."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import NamedTuple

from telegram import Message, Update

from bot.powers import LEADERS
from bot.roles import roles_of
from bot.textscan.folding import simplified
from handlers.frame import awaiting
from handlers.frame.context import Talk
from handlers.frame.obey import Command, obey
from handlers.frame.orders import order_of
from handlers.routing.commands import COMMANDS, IN_CHINESE
from handlers.saying.answers import answer
from handlers.saying.panels import in_menu
from rules.conduct.effects import Phrase

LIKE_A_COMMAND = re.compile(r"^[。、．.]?[/／]")
PARTS = re.compile(r"^[。、．.]?[/／]+(\s*)([^\s@＠]*)(?:[@＠](\S*))?")
GLUED = re.compile(r"^([a-z]+)([^a-z_].*)$")
# Of three letters nearly everything is one edit away from some command.
LONGEST, SHORTEST_GUESS = 32, 4


class Typed(NamedTuple):
    """`name` is a command there is, or ""; `glued` is what was written to it without a space.

    `plain` where nothing had to be guessed; `bot` is whom it was addressed to.
    """

    name: str
    glued: str = ""
    plain: bool = False
    bot: str = ""
    spaced: bool = False


def read(text: str, names: Collection[str], chinese: Mapping[str, str]) -> Typed:
    """What was meant; one edit away from exactly one command is near enough."""
    found = PARTS.match(text)
    if found is None:
        return Typed("")
    bot, spaced = found[3] or "", bool(found[1])
    word = unicodedata.normalize("NFKC", found[2]).lower()
    if word in names:
        return Typed(word, "", True, bot, spaced)
    if word in chinese:
        return Typed(chinese[word], "", True, bot, spaced)
    glued = GLUED.match(word)
    if glued is not None and glued[1] in names:
        same = len(word) == len(found[2])
        return Typed(glued[1], found[2][len(glued[1]) :] if same else glued[2], False, bot, spaced)
    near = {name for name in names if len(word) >= SHORTEST_GUESS and len(word) <= LONGEST and one_edit(word, name)}
    return Typed(near.pop() if len(near) == 1 else "", "", False, bot, spaced)


def one_edit(typed: str, name: str) -> bool:
    """A letter too much, too few, wrong, or two changed places."""
    if abs(len(typed) - len(name)) > 1 or typed == name:
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, name, strict=False)) if a != b), min(len(typed), len(name)))
    one, other = typed[start:], name[start:]
    swapped = len(one) == len(other) > 1 and one[1] + one[0] + one[2:] == other
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped


async def mistyped(update: Update, talk: Talk) -> None:
    """What looks like a command and is none. In a group the bot stays silent unless it can help, or is spoken to."""
    message = update.message
    if message is None or not (talk.private or talk.group):
        return
    await awaiting.forget(talk)
    text = simplified(message.text or "")
    typed = read(text, COMMANDS, IN_CHINESE)
    addressed = typed.bot.lower() == talk.services.me.username.lower()
    if typed.bot and not addressed:
        return
    words = words_after(message, typed)
    if may_run(typed, words):
        await obey(talk, order_of(typed.name, message)._replace(words=words), COMMANDS[typed.name])
    elif talk.private or addressed or (typed.name and await may_use(talk, COMMANDS[typed.name])):
        await answer(talk, example(typed, words) if typed.name else in_menu("no_such_command"))


async def was_a_word(talk: Talk, message: Message) -> bool:
    """In private 菜单 alone is /menu, and so on; only for what does no harm."""
    word = simplified((message.text or "").strip())
    name = IN_CHINESE.get(word, "")
    if not name or COMMANDS[name].guessed != "always":
        return False
    await obey(talk, order_of(name, message), COMMANDS[name])
    return True


def words_after(message: Message, typed: Typed) -> str:
    order = order_of(typed.name, message)
    if typed.spaced:
        order = order.without_first()
    return f"{typed.glued} {order.words}".strip()


def may_run(typed: Typed, words: str) -> bool:
    """A command that does something to people is never guessed."""
    if not typed.name:
        return False
    command = COMMANDS[typed.name]
    if command.guessed == "always" or (command.guessed == "alone" and not words):
        return True
    return typed.plain and not command.for_leaders


async def may_use(talk: Talk, command: Command) -> bool:
    if not command.for_leaders:
        return True
    return bool(talk.group and await roles_of(talk.unit, talk.actor, talk.group.id) & LEADERS)


def example(typed: Typed, words: str) -> Phrase:
    return in_menu("meant", command=f"/{typed.name} {words}".strip()[:100])
