"""The brakes: beyond a few measures an hour a person is asked, whatever the rules say (fairness 3)."""

from rules.conduct import words
from rules.conduct.case import Case, GroupView
from rules.conduct.effects import HOUR, Card, Phrase, against_member
from rules.conduct.plan import waiting
from rules.conduct.policy import Brakes, Policy
from rules.conduct.verdict import Verdict


def braked(case: Case, policy: Policy, verdict: Verdict) -> Verdict:
    """`verdict`, or the same held with one card where the hour is full. A burst is one case and spends once."""
    if verdict.held or verdict.joins_case or not spends(verdict) or not full(case.group, policy.brakes, case.now):
        return verdict
    acts = tuple(waiting(p, case, "brake") for p in verdict.acts)
    cards = () if case.group.brake_asked else (card(case, policy, verdict),)
    return verdict._replace(acts=acts, cards=cards, held="brake")


def spends(verdict: Verdict) -> bool:
    """Deletions, mutes, removals, fines and notices; neither good news nor the kind question for a name is one."""
    notice = verdict.step in ("remind", "warn") and verdict.rule != "nickname_format" and verdict.notifies
    return notice or any(against_member(p.act) for p in verdict.acts)


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
