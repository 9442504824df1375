"""What follows `flooding`: what was repeated goes, a short quiet, one reminder; never more than that."""

from rules.conduct import words
from rules.conduct.case import Case, Recent
from rules.conduct.effects import Entry
from rules.conduct.findings import Finding
from rules.conduct.ladder import case_joined, joined, valid_until
from rules.conduct.plan import delete, muted, tell
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

RULE = "flooding"


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    decision_id = case_joined(case, policy, RULE)
    if decision_id:
        return joined(case, RULE, decision_id, delete(case))
    minutes = policy.flooding.mute_minutes
    until, kept = case.now + minutes * 60, valid_until(case, policy)
    return Verdict(
        rule=RULE,
        step="mute",
        entries=(
            Entry("violation", RULE, valid_until=kept),
            Entry("reminder", RULE, valid_until=kept),
            Entry("mute", RULE, until=until),
        ),
        acts=(
            *delete(case, *repeated(case, policy)),
            muted(case, until),
            tell(case, policy, "mute", words.of_rule(RULE), (("minutes", minutes),)),
        ),
    )


def repeated(case: Case, policy: Policy) -> tuple[int, ...]:
    """What was said before in the same burst. The first of each text stays, and so do messages that differ."""
    since = case.now - max(policy.flooding.seconds, policy.flooding.same_text_seconds)
    burst = [r for r in case.member.recent if r.at >= since]
    first: dict[int, Recent] = {}
    for r in burst:
        first.setdefault(r.fold_hash, r)
    return tuple(r.message_id for r in burst if first[r.fold_hash] is not r)
