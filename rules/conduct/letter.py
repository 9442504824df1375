"""The letter after two days as arithmetic: when it comes, what was seen of each rule, and which of them are offered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import NamedTuple, TypeVar

from rules.conduct.deadlines import awake
from rules.conduct.effects import DAY, HOUR
from rules.conduct.policy import Policy

T = TypeVar("T")

WATCHED_SECONDS = 48 * HOUR
LONGEST_SECONDS = 14 * DAY
ADS = "ad_without_red_packet"
# What may be switched on by the letter; the others are set by a leader who wants them, or only ever tell leaders.
OFFERABLE = (ADS, "flooding", "insult", "blocked_text")
WRONG, OF = 2, 9
A_PAGE = 8


class Seen(NamedTuple):
    """One case that was only observed; `wrong`: a leader said that the rule was wrong there."""

    decision_id: int
    rule: str
    wrong: bool = False


class Tally(NamedTuple):
    rule: str
    cases: int = 0
    wrong: int = 0


class Offer(NamedTuple):
    """`rules` may be enforced by one press; of `doubtful` ones too many cases were wrong."""

    rules: tuple[str, ...] = ()
    doubtful: tuple[Tally, ...] = ()


def due(begun: int, zone: tzinfo) -> int:
    """Two days later, by day."""
    return awake(begun + WATCHED_SECONDS, zone)


def tallies(seen: Iterable[Seen]) -> tuple[Tally, ...]:
    """Every rule that saw something, the one with the most cases first."""
    cases, wrong = Counter[str](), Counter[str]()
    for each in seen:
        cases[each.rule] += 1
        wrong[each.rule] += each.wrong
    found = (Tally(rule, number, wrong[rule]) for rule, number in cases.items())
    return tuple(sorted(found, key=lambda tally: (-tally.cases, tally.rule)))


def doubtful(tally: Tally) -> bool:
    """Two or more in nine were wrong. Of a handful of cases one is enough: so little speaks for the rule."""
    return tally.wrong > 0 and tally.wrong * OF >= tally.cases * WRONG


def offer(seen: Iterable[Seen], policy: Policy) -> Offer:
    """Of the rules that only observe by now those that were right; one that saw nothing was wrong in nothing."""
    known = {tally.rule: tally for tally in tallies(seen)}
    observing = [rule for rule in OFFERABLE if getattr(policy, rule).mode == "observe"]
    apart = tuple(known[rule] for rule in observing if rule in known and doubtful(known[rule]))
    kept = {tally.rule for tally in apart}
    return Offer(tuple(rule for rule in observing if rule not in kept), apart)


def pages(count: int) -> int:
    return max(1, -(-count // A_PAGE))


def page(rows: Sequence[T], number: int) -> tuple[Sequence[T], int]:
    """The rows of that page, and which page it is: one that is no more is the last."""
    which = min(max(number, 0), pages(len(rows)) - 1)
    return rows[which * A_PAGE : (which + 1) * A_PAGE], which
