"""The brakes: beyond a few measures an hour a person is asked, whatever the rules say (fairness 3)."""

from rules.conduct import words
from rules.conduct.case import Case, GroupView
from rules.conduct.effects import HOUR, Card, Phrase, against_member
from rules.conduct.gate import RULE as GATE
from rules.conduct.plan import waiting
from rules.conduct.policy import Brakes, Policy
from rules.conduct.verdict import Verdict

GOOD = frozenset(("settle", "free", "undo", "pardon"))
TELLING = frozenset(("remind", "warn", "fine"))


def braked(case: Case, policy: Policy, verdict: Verdict) -> Verdict:
    """`verdict`, or the same held with one card where the hour is full. A burst is one case and spends once."""
    if not spends(verdict) or not full(case.group, policy.brakes, case.now):
        return verdict
    if verdict.held:
        # A leader is asked already: what would have been done at once waits for the same answer.
        return verdict._replace(acts=tuple(waiting(p, case, verdict.held) for p in verdict.acts))
    acts = tuple(waiting(p, case, "brake") for p in verdict.acts)
    cards = () if case.group.brake_asked else (card(case, policy, verdict),)
    return verdict._replace(acts=acts, cards=cards, held="brake")


def spends(verdict: Verdict) -> bool:
    """Whether it is a measure now: it deletes, mutes, restricts or removes, or reminds, warns or fines somebody.

    Good news, the kind question for a name, the gate that everybody meets and one press ends, what only waits, and
    what joins a case are none.
    """
    if verdict.mode != "enforce" or verdict.joins_case or verdict.step in GOOD or verdict.rule == GATE:
        return False
    told = verdict.step in TELLING and verdict.rule != "nickname_format" and not verdict.held and verdict.notifies
    return told or any(against_member(p.act) and not p.held and not p.simulated for p in verdict.acts)


def full(group: GroupView, brakes: Brakes, now: int) -> bool:
    if now < group.brake_lifted_until:
        return False
    here, everywhere = within(group.measures, now), within(group.measures_all, now)
    return here >= limit(brakes, group.member_count) or everywhere >= brakes.installation_most


def within(moments: tuple[int, ...], now: int) -> int:
    """Measures of the last hour; those of the same batch may lie a little ahead of `now`."""
    return sum(1 for at in moments if at > now - HOUR)


def limit(brakes: Brakes, member_count: int) -> int:
    """Cases an hour: a share of the group, but at least and at most a few."""
    return min(max(member_count * brakes.percent // 100, brakes.least), brakes.most)


def person_full(policy: Policy, removals_last_hour: int) -> bool:
    return removals_last_hour >= policy.brakes.removals_per_person


def card(case: Case, policy: Policy, verdict: Verdict) -> Card:
    here, everywhere = within(case.group.measures, case.now), within(case.group.measures_all, case.now)
    count = here if here >= limit(policy.brakes, case.group.member_count) else everywhere
    said = (
        Phrase("conduct.card_brake", (("n", count),)),
        words.about(verdict.rule, case),
    )
    go_on = words.for_leaders("brake_go_on", "brake.go_on")
    return Card("brake", said, ((go_on,), (words.for_leaders("brake_stop", "brake.stop"),)))
