"""Settings as people call them: a name, what it is for, and values in words; every key has its own in `policy.po`."""

from typing import get_args, get_origin

from handlers.frame.context import Talk
from handlers.saying.answers import catalogue, has_started, in_their_language, plain, word
from rules.conduct.policy_layers import types

in_policy = catalogue("policy")

SHORT, SHOWN_ITEMS = 60, 6
COMMA = {"en": ", "}
LAYERS = ("defaults", "installation", "group")


async def read_alone(talk: Talk) -> None:
    """What follows is read by whoever asked, in their language; in a group only where they can be written to."""
    if not talk.private and await has_started(talk, talk.actor.user_id):
        await in_their_language(talk)


def name(talk: Talk, key: str) -> str:
    return words_for(talk, f"name_{key.replace('.', '_')}", key)


def about(talk: Talk, key: str) -> str:
    return words_for(talk, f"about_{key.replace('.', '_')}", "…")


def words_for(talk: Talk, key: str, otherwise: str) -> str:
    """One setting without words of its own must not hide all the others."""
    said = in_policy(key)
    return plain(talk, said) if said.key in talk.services.texts.keys(talk.language) else otherwise


def full_name(talk: Talk, key: str) -> str:
    """With the section, for lists in which several sections meet."""
    section, _, field = key.partition(".")
    return f"{name(talk, section)}·{name(talk, key)}" if field else name(talk, key)


def in_words(talk: Talk, key: str, value: object, most: int = SHORT) -> str:
    """A value as a reader sees it, short enough for a line; None is what stands below."""
    if value is None:
        return plain(talk, in_policy("value_below"))
    if isinstance(value, bool):
        return plain(talk, in_policy("choice_on" if value else "choice_off"))
    if isinstance(value, list | tuple):
        return listed(talk, key, value, most)
    if key in types() and get_args(types()[key]):
        return words_for(talk, f"choice_{value}", str(value))
    text = str(value)
    return (text if len(text) <= most else f"{text[: most - 1]}…") or plain(talk, in_policy("value_empty"))


def listed(talk: Talk, key: str, value: list[object] | tuple[object, ...], most: int) -> str:
    if not value:
        return plain(talk, in_policy("value_none"))
    shown = COMMA.get(talk.language, "、").join(item(talk, key, each) for each in value[:SHOWN_ITEMS])
    shown = shown if len(shown) <= most else f"{shown[: most - 1]}…"
    return shown if len(value) <= SHOWN_ITEMS else plain(talk, in_policy("value_many", shown=shown, n=len(value)))


def item(talk: Talk, key: str, value: object) -> str:
    """One part of a list; the name of a rule by its own name."""
    if key not in types() or not get_args(inner(key)):
        return str(value)
    return words_for(talk, f"choice_{value}", name(talk, str(value)))


def inner(key: str) -> object:
    """The type of what a list holds, None for everything else."""
    kind = types()[key]
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def layer_words(talk: Talk, layer: str) -> str:
    return word(talk, f"layer_{layer}") if layer in LAYERS else layer


def signed(talk: Talk, user_id: int, known: str) -> str:
    return known or (str(user_id) if user_id else plain(talk, in_policy("author_program")))
