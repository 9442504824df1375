"""/policy: what the group has decided, with the layer each value comes from; changing a value makes a new version."""

import difflib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import groupby

from bot.joining.card import phrase as in_join
from bot.storage import roster
from handlers.arrival import language
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.policy import changing, exporting, files, moderators, panel, versions
from handlers.policy.changing import shown
from handlers.policy.naming import layer_words, name
from handlers.policy.proposals import hindrances, refusal
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, has_started, in_private, phrase, whisper
from handlers.saying.fitting import length
from rules.conduct.effects import Phrase
from rules.conduct.policy_layers import Loaded, PolicyError, keys, nearest_key, parse_value, value_of

# Telegram takes 4096 characters; the rest is for keys and layers of the longest value.
LONGEST_POST, A_POST = 3900, 60
WORDS: Mapping[str, str] = {
    "set": "set", "设": "set", "设置": "set", "reset": "reset", "还原": "reset", "show": "show", "get": "show",
    "看": "show",
    "history": "history", "历史": "history", "diff": "diff", "比较": "diff", "rollback": "rollback", "恢复": "rollback",
    "export": "export", "导出": "export", "import": "import", "导入": "import",
}  # fmt: skip
ORDERS: Mapping[str, Callable[[Talk, Order], Awaitable[None]]] = {
    "history": versions.history, "diff": versions.diff, "rollback": versions.rollback,
    "export": exporting.export, "import": files.import_,
}  # fmt: skip
# A list of what is watched for, or of who is not, would be a manual.
NOT_FOR_ALL = frozenset({
    "insult.words", "blocked_text.words", "blocked_text.patterns", "blocked_text.allow",
    "blocked_text.links", "blocked_text.files", "blocked_text.kinds", "blocked_text.allow_links", "exempt.user_ids",
    "needs_approval.user_ids",
})  # fmt: skip


async def policy(talk: Talk, order: Order) -> None:
    first, rest = order.first(), order.without_first()
    meant = WORDS.get(first.lower(), "")
    if not first:
        await panel.opened(talk)
    elif meant in ORDERS:
        await ORDERS[meant](talk, rest)
    elif meant == "set":
        await set_to(talk, rest)
    elif meant == "reset":
        await give_back(talk, rest.first())
    else:
        await look(talk, rest.first() if meant == "show" else first)


async def look(talk: Talk, wanted: str) -> None:
    """All of it, one key, or the keys of one rule; never in the group, where it would be a manual for spammers."""
    found = [key for key in keys() if not wanted or key == wanted or key.startswith(f"{wanted}.")]
    if not found:
        await answer(talk, unknown(wanted))
    elif not (talk.private or await has_started(talk, talk.actor.user_id)):
        await answer(talk, phrase("policy_in_private", bot=talk.services.me.username, group=group_row(talk).id))
    else:
        await in_private(talk, lambda: values(talk, found[:A_POST]))
        for at in range(A_POST, len(found), A_POST):
            await whisper(talk, await values(talk, found[at : at + A_POST]))


async def values(talk: Talk, found: Sequence[str]) -> list[Phrase]:
    """Each with its layer, under the name of what it belongs to; cut where one post could not hold them."""
    loaded, group = await talk.loaded(), group_row(talk)
    head = [phrase("policy_head", title=group.title, version=group.policy_version), *language.shown(group)]
    for most in (LONGEST_POST // len(found), 40, 20):
        rooms = groupby(found, lambda key: key.partition(".")[0])
        rows = [*head, *(row for name, listed in rooms for row in room(talk, loaded, name, listed, most))]
        if length(talk.services.texts, rows, talk.language) <= LONGEST_POST:
            return rows
    return [*head, *(line(talk, loaded, key, most) for key in found)]


def room(talk: Talk, loaded: Loaded, section: str, listed: Iterable[str], most: int) -> list[Phrase]:
    """What belongs together, under the name that people know it by."""
    title = phrase("policy_room", what=name(talk, section))
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
    try:
        value = parse_value(key, text)
    except PolicyError as error:
        await answer(talk, refusal(talk, error.problem))
        return
    wrong = await hindrances(talk, {key: value})
    await (answer(talk, wrong[:1]) if wrong else change(talk, key, value))


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
        await answer(talk, [phrase("policy_set", key=key, value=now, version=version), *await still_missing(talk, key)])


async def still_missing(talk: Talk, key: str) -> list[Phrase]:
    """A door that asks for numbers nobody has given it would turn everybody away to a leader."""
    if key != "joining.mode" or (await talk.policy()).joining.mode != "roster":
        return []
    group = group_row(talk).id
    return [] if (await roster.counts(talk.unit, group)).listed else [in_join("roster_empty_now", group=group)]


def line(talk: Talk, loaded: Loaded, key: str, most: int) -> Phrase:
    """A long list of words is cut, or Telegram would take none of it."""
    layer = loaded.origin.get(key, "defaults")
    named = layer_words(talk, layer)
    value = shown(value_of(loaded.policy, key))
    return phrase("policy_line", key=key, value=value if len(value) <= most else f"{value[:most]}…", layer=named)


def unknown(key: str) -> Phrase:
    sections = {known.partition(".")[0] for known in keys()}
    near = [] if "." in key else difflib.get_close_matches(key, sections, 1)
    meant = near[0] if near else nearest_key(key)
    return phrase("policy_meant", key=key, meant=meant) if meant else phrase("policy_unknown", key=key)
