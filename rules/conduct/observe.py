"""Observing: what would have been done is recorded, nothing is done, and only leaders hear of it."""

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.effects import Card, Entry
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict


def observed(case: Case, policy: Policy, verdict: Verdict) -> Verdict:
    """The same verdict with its acts simulated, one entry that counts for nothing, and one card for a burst."""
    rule, pause = verdict.rule, policy.ladder.pause_minutes * 60
    seen = next((s for s in case.member.standing.observed if s.rule == rule), None)
    joins = seen.decision_id if seen is not None and case.now < seen.at + pause else 0
    return verdict._replace(
        mode="observe",
        entries=() if joins else (Entry("observed", rule, valid_until=case.now + pause),),
        acts=tuple(p._replace(held="", simulated=True) for p in verdict.acts),
        cards=() if joins or rule == "nickname_format" else (card(case, rule),),
        deadlines=(),
        held="",
        joins_case=joins,
    )


def card(case: Case, rule: str) -> Card:
    said = (words.card_head(case, "observed"), words.about(rule, case))
    delete, ad = words.for_leaders("delete", "case.delete"), words.for_leaders("is_ad", "case.ad")
    # A flood may be advertising; hurtful words are not.
    judged = (delete,) if rule == "insult" else (delete, ad)
    return Card("observed", said, (judged, (words.for_leaders("ok", "case.ok"),)))
