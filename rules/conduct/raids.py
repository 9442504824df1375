"""Many who join at once: who belongs to the wave, the one question about it, and what a leader's yes does to each."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from rules.conduct import ladder, words
from rules.conduct.case import Case
from rules.conduct.effects import Button, Card, Phrase
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy
from rules.conduct.protection import protected
from rules.conduct.verdict import NOTHING, Verdict

RULE = "raid"
# As long as the question holds the greeting, and gathers who else comes.
ASKING_SECONDS = 10 * 60
NAMES_SHOWN = 5
PRESENT = frozenset(("member", "restricted"))


class Join(NamedTuple):
    user_id: int
    name: str
    at: int


def wave(joins: Sequence[Join], least: int, seconds: int) -> list[Join]:
    """Those who came together with `least` or more within some `seconds`, by their own times; the oldest first."""
    ordered = sorted(joins, key=lambda join: (join.at, join.user_id))
    found: list[Join] = []
    first = taken = 0
    for last, join in enumerate(ordered):
        while ordered[first].at < join.at - seconds:
            first += 1
        if last - first + 1 >= least:
            # Windows overlap: nobody is taken twice.
            found += ordered[max(first, taken) : last + 1]
            taken = last + 1
    return found


def asked(case: Case, policy: Policy, together: Sequence[Join]) -> Verdict:
    """Nothing is done to anybody: one card asks the leaders, and the greeting waits for the answer."""
    terms = policy.raid
    since = datetime.fromtimestamp(together[0].at, case.group.zone).strftime("%H:%M:%S")
    names = tuple((f"name_{place}", join.name) for place, join in enumerate(together[:NAMES_SHOWN], 1))
    said = Phrase("conduct.card_raid", (("n", len(together)), ("seconds", terms.seconds), ("at", since)))
    return Verdict(
        findings=(Finding(RULE, True, (("together", len(together)), ("needed", terms.joins), ("joined", since))),),
        rule=RULE,
        step="hold",
        cards=(Card(RULE, (said, Phrase("conduct.card_raid_names", names)), buttons()),),
    )


def buttons() -> tuple[tuple[Button, ...], ...]:
    """Nobody is hurt by the first: it wins the time in which the others are thought over."""
    close = Button(Phrase("protect.button_lockdown_first"), "lockdown.begin", "leaders", note="10m")
    look = words.for_leaders("raid_ask", "raid.ask")
    return (close,), (look,), (words.for_leaders("raid_let_be", "raid.let_be"),)


def removal(case: Case, policy: Policy) -> Verdict:
    """NOTHING for whoever is gone, protected, or known by a registered name; told in private alone, if at all."""
    member = case.member
    if member.status not in PRESENT or member.nick or member.nick_exempt or protected(case, policy):
        return NOTHING
    return ladder.remove(case, policy, True, words.of_rule(RULE), Verdict(rule=RULE))
