"""/policy: what the group has decided, with the layer each value comes from; changing a value makes a new version."""

import difflib
from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.textscan import PatternError
from handlers.arrival import language
from handlers.frame.context import Talk
from handlers.frame.orders import Order, one_of
from handlers.policy import changing, moderators
from handlers.policy.allowances import allowed_words, reason_words
from handlers.policy.changing import shown
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, in_private, phrase, word
from handlers.saying.fitting import length
from rules.conduct.effects import Phrase
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import (
    Loaded,
    PolicyError,
    Problem,
    dump,
    keys,
    load,
    nearest_key,
    parse_value,
    value_of,
)

PATTERNED = ("nickname_format.mode", "blocked_text.mode")
# Telegram takes 4096 characters; the rest is for keys and layers of the longest value.
LONGEST_POST = 3900
LAYERS = ("defaults", "installation", "group")
# A list of what is watched for, or of who is not, would be a manual.
NOT_FOR_ALL = frozenset({
    "insult.words", "blocked_text.words", "blocked_text.patterns", "blocked_text.allow", "exempt.user_ids",
})  # fmt: skip


async def policy(talk: Talk, order: Order) -> None:
    first = order.first()
    if one_of(first, ("set", "设", "设置")):
        await set_to(talk, order.without_first())
    elif one_of(first, ("reset", "还原")):
        await give_back(talk, order.without_first().first())
    else:
        await look(talk, first)


async def look(talk: Talk, wanted: str) -> None:
    """All of it, one key, or the keys of one rule; never in the group, where it would be a manual for spammers."""
    found = [key for key in keys() if not wanted or key == wanted or key.startswith(f"{wanted}.")]
    if not found:
        await answer(talk, unknown(wanted))
    elif not await in_private(talk, lambda: values(talk, found, whole=not wanted)):
        await answer(talk, phrase("policy_in_private", bot=talk.services.me.username, group=group_row(talk).id))


async def values(talk: Talk, found: Sequence[str], whole: bool) -> list[Phrase]:
    loaded, group = await talk.loaded(), group_row(talk)
    head = [
        phrase("policy_head", title=group.title, version=group.policy_version),
        *language.shown(group),
    ]
    if not whole:
        return [line(talk, loaded, key, LONGEST_POST // len(found)) for key in found]
    for most in (LONGEST_POST, 40, 20):
        rooms = groupby(found, lambda key: key.partition(".")[0])
        rows = [*head, *(row for name, listed in rooms for row in room(talk, loaded, name, listed, most))]
        if length(talk.services.texts, rows, talk.language) <= LONGEST_POST:
            return rows
    return [*head, *(line(talk, loaded, key, most) for key in found)]


def room(talk: Talk, loaded: Loaded, name: str, listed: Iterable[str], most: int) -> list[Phrase]:
    """What belongs together, under the name that people know it by."""
    rule = hasattr(getattr(loaded.policy, name), "mode")
    title = phrase("policy_room", what=word(talk, f"rule_{name}" if rule else f"policy_{name}"))
    return [title, *(line(talk, loaded, key, most) for key in listed)]


async def set_to(talk: Talk, order: Order) -> None:
    key, text = order.first(), order.without_first().words
    if not key or not text:
        await answer(talk, phrase("usage_policy"))
    elif key in language.KEYS:
        await language.KEYS[key](talk, text)
    elif key == moderators.KEY:
        await moderators.set_desk(talk, text.strip())
    elif key not in keys():
        await answer(talk, unknown(key))
    else:
        await put(talk, key, text)


async def put(talk: Talk, key: str, text: str) -> None:
    """A version of its own, unless the value is wrong or a pattern in it could not be used."""
    before = await talk.policy()
    try:
        value = parse_value(key, text)
        tried = load([("group", {**dump(before), key: value})])
        if tried.problems:
            raise PolicyError(tried.problems[0])
        talk.services.scanner.compile_lists(with_all_patterns(tried.policy))
    except PolicyError as error:
        await answer(talk, refusal(talk, error.problem))
    except PatternError as error:
        why, position = reason_words(talk, error.why), error.position + 1
        shown_pattern = error.pattern if talk.private else "…"
        await answer(talk, phrase("policy_pattern", pattern=shown_pattern, position=position, why=why))
    else:
        await change(talk, key, value)


async def give_back(talk: Talk, key: str) -> None:
    """The group's own value goes, that of the layer below stands again."""
    if key in keys():
        await change(talk, key, None)
    else:
        await answer(talk, unknown(key) if key else phrase("usage_policy"))


async def change(talk: Talk, key: str, value: object) -> None:
    version = await changing.change(talk, "policy.set", {key: list(value) if isinstance(value, tuple) else value})
    if key in NOT_FOR_ALL and not talk.private:
        await answer(talk, phrase("policy_set_unseen", key=key, version=version, group=group_row(talk).id))
    else:
        now = shown(value_of(await talk.policy(), key))
        await answer(talk, phrase("policy_set", key=key, value=now, version=version))


def with_all_patterns(policy: Policy) -> Policy:
    """A rule that is off today is turned on tomorrow: its patterns are tried as if it were on."""
    return load([("tried", {**dump(policy), **dict.fromkeys(PATTERNED, "enforce")})]).policy


def line(talk: Talk, loaded: Loaded, key: str, most: int) -> Phrase:
    """A long list of words is cut, or Telegram would take none of it."""
    layer = loaded.origin.get(key, "defaults")
    named = word(talk, f"layer_{layer}") if layer in LAYERS else layer
    value = shown(value_of(loaded.policy, key))
    return phrase("policy_line", key=key, value=value if len(value) <= most else f"{value[:most]}…", layer=named)


def unknown(key: str) -> Phrase:
    sections = {known.partition(".")[0] for known in keys()}
    near = [] if "." in key else difflib.get_close_matches(key, sections, 1)
    meant = near[0] if near else nearest_key(key)
    return phrase("policy_meant", key=key, meant=meant) if meant else phrase("policy_unknown", key=key)


def refusal(talk: Talk, problem: Problem) -> Phrase:
    allowed = allowed_words(talk, problem)
    if problem.hint:
        return phrase("policy_value_meant", key=problem.key, allowed=allowed, meant=problem.hint)
    return phrase("policy_value", key=problem.key, allowed=allowed)
