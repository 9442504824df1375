"""The page of one setting: what it is, what it says now, the buttons that change it; nothing is kept before [保存]."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from handlers.frame.context import Talk
from handlers.policy import samples
from handlers.policy.allowances import allowed_words
from handlers.policy.naming import about, full_name, in_policy, in_words, inner, item, layer_words
from handlers.policy.proposals import Proposal, outcome
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows
from handlers.saying.pages import page_of
from handlers.saying.panels import Made, back
from rules.conduct.checks import CHECKS
from rules.conduct.effects import Button, Phrase
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import Problem, types, value_of
from rules.conduct.policy_ranges import RANGES, UNRESTRICTED

PANEL = "policy"
OPEN, KEY, TRY, TYPE, ITEMS = "policy.open", "policy.key", "policy.try", "policy.type", "policy.items"
SAVE, WHY, SIMULATE = "policy.save", "policy.why", "policy.simulate"
LONG, SHORT, A_PAGE = 700, 40, 12
# Lists of sentences: a comma in one of them separates nothing.
BY_LINES = frozenset({"rules_text", "joining.questions", "joining.quiz", "blocked_text.patterns"})
RULES = frozenset(name for name, _ in CHECKS)


def button(label: Phrase, action: str, note: str = "", ref: int = 0) -> Button:
    return Button(label, action, "leaders", ref=ref, note=note)


async def page(talk: Talk, key: str, wanted: Proposal | None = None, *also: Phrase) -> Made:
    """With a proposal also what it would become; a wrong one says why and cannot be saved."""
    loaded = await talk.loaded()
    now = value_of(loaded.policy, key)
    words = [*also, in_policy("setting", name=full_name(talk, key), key=key, about=about(talk, key))]
    words.append(in_policy("now", value=in_words(talk, key, now, LONG), layer=layer_words(talk, loaded.origin[key])))
    offered: Rows = ()
    pending = now
    if wanted is not None:
        pending, wrong = await outcome(talk, wanted)
        words += wrong or told(talk, key, pending)
        offered = () if wrong else keep_buttons(talk, wanted)
        pending = now if wrong or pending is None else pending
    else:
        words += hint(talk, key)
    words += own_words(talk, loaded.policy, key, pending)
    owns = wanted is None and loaded.origin[key] == "group"
    given_back: Rows = ((button(in_policy("button_back"), TRY, Proposal(key, "back").packed()),),) if owns else ()
    return words, (*controls(talk, key, pending), *offered, *given_back, (upwards(key),))


def told(talk: Talk, key: str, value: object) -> list[Phrase]:
    lines = [in_policy("then", value=in_words(talk, key, value, LONG))]
    if value is not None and key.endswith(".mode") and key.partition(".")[0] in RULES:
        lines.append(in_policy(f"means_{value}"))
    return lines


def own_words(talk: Talk, policy: Policy, key: str, text: object) -> list[Phrase]:
    """A wording of a notice is read before it is saved, and ours before somebody writes their own."""
    section, _, way = key.partition(".")
    if section != "notice_texts":
        return []
    return samples.shown(talk, samples.of_way(talk, samples.tried(policy, {key: text}), way))


def hint(talk: Talk, key: str) -> list[Phrase]:
    """What it takes, where the buttons do not say it."""
    kind = types()[key]
    if kind is bool or choices(kind):
        return []
    if key in BY_LINES:
        return [in_policy("takes_lines")]
    return [in_policy("takes", allowed=allowed_words(talk, Problem(key, None, "")))]


def keep_buttons(talk: Talk, wanted: Proposal) -> Rows:
    note, version = wanted.packed(), group_row(talk).policy_version
    keep = (button(in_policy("button_save"), SAVE, note, version), button(in_policy("button_why"), WHY, note, version))
    if wanted.key.partition(".")[0] in RULES and wanted.op != "back":
        return (keep, (button(in_policy("button_simulate"), SIMULATE, note),))
    return (keep,)


def upwards(key: str) -> Button:
    section, _, field = key.partition(".")
    return button(in_policy("button_up"), OPEN, section) if field else back(PANEL)


def controls(talk: Talk, key: str, value: object) -> Rows:
    kind = types()[key]
    if kind is bool:
        return (tuple(choice(talk, key, each, value) for each in (True, False)),)
    if kind is int:
        return numbers(key, value)
    if get_origin(kind) is tuple:
        return of_list(talk, key, value)
    if named := choices(kind):
        return tuple((choice(talk, key, each, value),) for each in named)
    return ((button(in_policy("button_write"), TYPE, Proposal(key).packed()),),)


def choices(kind: Any) -> tuple[Any, ...]:
    return () if get_origin(kind) is tuple else get_args(kind)


def choice(talk: Talk, key: str, each: object, now: object) -> Button:
    mark = "● " if each == now else ""
    return button(
        in_policy("choice", mark=mark, value=in_words(talk, key, each)), TRY, Proposal(key, "set", each).packed()
    )


def numbers(key: str, value: object) -> Rows:
    """A step and a big step in each direction, as far as they lead anywhere; any other number is typed."""
    span, now = RANGES.get(key, UNRESTRICTED), value if isinstance(value, int) else 0
    typed = button(in_policy("button_number"), TYPE, Proposal(key).packed())
    if span.least is None or span.most is None or span.most > 10_000_000:
        return ((typed,),)
    return (tuple(steps(key, now, span.least, span.most)), (typed,))


def steps(key: str, now: int, least: int, most: int) -> Iterator[Button]:
    big = 100 if now >= 200 else 10 if most >= 30 else 5
    for step in (-big, -1, 1, big):
        value = min(max(now + step, least), most)
        if value != now:
            label = in_policy("step", sign="−" if step < 0 else "＋", n=abs(value - now))
            yield button(label, TRY, Proposal(key, "set", value).packed())


def of_list(talk: Talk, key: str, value: object) -> Rows:
    parts = tuple(value) if isinstance(value, list | tuple) else ()
    if named := get_args(inner(key)):
        return tuple((toggle(talk, key, each, each in parts),) for each in named)
    add = button(in_policy("button_add"), TYPE, Proposal(key, "add").packed())
    return ((add, button(in_policy("button_items", n=len(parts)), ITEMS, key)),) if parts else ((add,),)


def toggle(talk: Talk, key: str, each: object, on: bool) -> Button:
    label = in_policy("choice", mark="● " if on else "", value=item(talk, key, each))
    return button(label, TRY, Proposal(key, "drop" if on else "add", each).packed())


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


async def items(talk: Talk, key: str, number: int) -> Made:
    """Every part of a list with a button that takes it out."""
    found = value_of(await talk.policy(), key)
    parts = found if isinstance(found, tuple) else ()
    here, turn = page_of(parts, number, A_PAGE, ITEMS)
    turn = tuple(tuple(each._replace(note=key) for each in row) for row in turn)
    rows = tuple(
        (button(in_policy("drop", value=shortened(str(each))), TRY, Proposal(key, "drop", each).packed()),)
        for each in here
    )
    head = in_policy("items" if parts else "items_none", name=full_name(talk, key), n=len(parts))
    return [head], (*rows, *turn, (button(in_policy("button_up"), KEY, key),))
