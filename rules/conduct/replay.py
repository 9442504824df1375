"""Old cases under another policy: who would have been treated otherwise. Nothing is done."""

from collections.abc import Iterable
from typing import NamedTuple

from rules.conduct.case import Case
from rules.conduct.checks import CHECKS, Checks
from rules.conduct.decide import decide
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict


class Summary(NamedTuple):
    """What a verdict came to."""

    rule: str
    step: str
    mode: str = "enforce"
    held: str = ""


class Difference(NamedTuple):
    decision_id: int
    before: Summary
    after: Summary


def summary(verdict: Verdict) -> Summary:
    return Summary(verdict.rule, verdict.step, verdict.mode if verdict.rule else "enforce", verdict.held)


def replay(stored: Iterable[tuple[int, Case, Summary]], policy: Policy, checks: Checks = CHECKS) -> list[Difference]:
    """The decisions that `policy` would have decided otherwise, in their order."""
    decided = ((number, before, summary(decide(case, policy, checks))) for number, case, before in stored)
    return [Difference(number, before, now) for number, before, now in decided if before != now]
