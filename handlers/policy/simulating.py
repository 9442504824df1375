"""/simulate: whom a changed setting would have treated otherwise among the cases that were decided; nothing is done."""

import re
from typing import NamedTuple

from bot.conduct import replaying
from bot.conduct.replaying import Effect, Tried
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.policy import proposals, settingpage
from handlers.policy.naming import full_name, in_policy, in_words, name, read_alone, words_for
from handlers.policy.policies import unknown
from handlers.policy.proposals import Proposal, outcome, unpacked
from handlers.policy.settingpage import OPEN, RULES, SIMULATE, TRY, button, keep_buttons
from handlers.reading.kept import name_of
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, answer, plain
from handlers.saying.panels import Made, show
from rules.conduct.effects import DAY, Phrase
from rules.conduct.policy_layers import PolicyError, dump, keys, load, parse_value, types, value_of
from rules.conduct.replay import Summary

DAYS, MOST_DAYS, MOST_LINES = 14, 3650, 20
MARKED = re.compile(r"(\d{1,4})\s*(?:d|days?|天)", re.IGNORECASE)
BARE = re.compile(r"\d{1,4}")


class Asked(NamedTuple):
    """`wanted` None: the rule by today's settings."""

    rule: str
    wanted: Proposal | None
    days: int = DAYS


async def simulate(talk: Talk, order: Order) -> None:
    """`/simulate flooding.messages 6`, `/simulate flooding.messages 6 30d`, `/simulate flooding 30`."""
    asked = understood(talk, order)
    if isinstance(asked, Phrase):
        await answer(talk, asked)
    else:
        await read_alone(talk)
        await show(talk, *await page(talk, asked))


def understood(talk: Talk, order: Order) -> Asked | Phrase:
    """What is asked, or the sentence about what is wrong with it."""
    first, rest = order.first(), order.without_first().words.strip()
    if not first or (first in keys() and not rest):
        return in_policy("simulate_usage")
    if first in RULES:
        found = BARE.fullmatch(rest) or MARKED.fullmatch(rest)
        return (
            Asked(first, None, days_of(re.sub(r"\D", "", rest))) if found or not rest else in_policy("simulate_usage")
        )
    rule = first.partition(".")[0]
    if first not in keys():
        return unknown(first)
    if rule not in RULES:
        return in_policy("simulate_no_rule", name=full_name(talk, first))
    text, days = value_and_days(first, rest)
    try:
        value = proposals.as_stored(parse_value(first, text))
    except PolicyError as error:
        return proposals.refusal(talk, error.problem)
    return Asked(rule, Proposal(first, "set", value), days)


def value_and_days(key: str, text: str) -> tuple[str, int]:
    """Days stand behind the value: `30d`, or a bare number where the value is one word."""
    rest, _, last = text.rpartition(" ")
    if rest and (MARKED.fullmatch(last) or (BARE.fullmatch(last) and " " not in rest and one_word(key))):
        return rest, days_of(re.sub(r"\D", "", last))
    return text, DAYS


def one_word(key: str) -> bool:
    return types()[key] in (int, bool) or key.endswith(".mode")


def days_of(digits: str) -> int:
    return min(max(int(digits), 1), MOST_DAYS) if digits else DAYS


@press(SIMULATE)
async def on_simulate(talk: Talk, pressed: ButtonRow) -> None:
    """What is not saved yet, from its page."""
    wanted = unpacked(pressed.note)
    if wanted is None:
        await alert(talk, in_policy("gone"))
    else:
        await show(talk, *await page(talk, Asked(wanted.key.partition(".")[0], wanted)))


async def page(talk: Talk, asked: Asked) -> Made:
    wanted, value = asked.wanted, None
    if wanted is not None:
        value, wrong = await outcome(talk, wanted)
        if wrong:
            return await settingpage.page(talk, wanted.key, wanted)
    effect = await tried(talk, asked, value)
    words = [head(talk, asked, value, effect), *lines(talk, effect)]
    words += [in_policy("simulate_most", n=replaying.MOST)] if effect.more else []
    words += [] if looser(asked.rule, wanted, value) else [in_policy("simulate_unseen")]
    return words, await buttons(talk, asked)


def looser(rule: str, wanted: Proposal | None, value: object) -> bool:
    """What is only switched off or watched can find nobody new."""
    return wanted is not None and wanted.key == f"{rule}.mode" and value in ("off", "observe")


async def tried(talk: Talk, asked: Asked, value: object) -> Effect:
    ruled = await talk.services.moderator.ruled(talk.unit, group_row(talk))
    scanner, now = talk.services.scanner, Tried(ruled.policy, ruled.lists)
    then = now
    if asked.wanted is not None and value is not None:
        policy = load([("tried", {**dump(ruled.policy), asked.wanted.key: value})]).policy
        then = Tried(policy, scanner.compile_lists(policy))
    since = int(talk.services.clock.now()) - asked.days * DAY
    return await replaying.effect(
        talk.unit, scanner, group_row(talk).id, since, then, now if asked.wanted is not None else None
    )


def head(talk: Talk, asked: Asked, value: object, effect: Effect) -> Phrase:
    if asked.wanted is None:
        return in_policy("simulate_head_now", name=name(talk, asked.rule), days=asked.days, n=effect.cases)
    key = asked.wanted.key
    return in_policy(
        "simulate_head", name=full_name(talk, key), value=in_words(talk, key, value), days=asked.days, n=effect.cases
    )


def lines(talk: Talk, effect: Effect) -> list[Phrase]:
    found = effect.differences
    if not found:
        return [in_policy("simulate_none")]
    told = [
        in_policy(
            "simulate_line", number=row.id, name=name_of(row)[:40],
            before=summary_words(talk, each.before), after=summary_words(talk, each.after),
        )
        for each, row in found[:MOST_LINES]
    ]  # fmt: skip
    left = len(found) - MOST_LINES
    more = [in_policy("simulate_more", n=left)] if left > 0 else []
    return [in_policy("simulate_some", n=len(found)), *told, *more]


def summary_words(talk: Talk, summary: Summary) -> str:
    if not summary.rule:
        return plain(talk, in_policy("simulate_nothing"))
    what = words_for(talk, f"step_{summary.step}", plain(talk, in_policy("step_other")))
    if summary.mode == "observe":
        return plain(talk, in_policy("simulate_watched", what=what))
    return plain(talk, in_policy("simulate_held", what=what)) if summary.held else what


async def buttons(talk: Talk, asked: Asked) -> Rows:
    mode, wanted = f"{asked.rule}.mode", asked.wanted
    rows: list[Rows] = [keep_buttons(talk, wanted)[:1]] if wanted is not None else []
    if value_of(await talk.policy(), mode) != "observe":
        watch = Proposal(mode, "set", "observe").packed()
        rows.append(((button(in_policy("simulate_observe"), TRY, watch),),))
    up = button(in_policy("button_up"), OPEN, asked.rule)
    return (*(row for each in rows for row in each), (up,))
