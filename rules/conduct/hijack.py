"""What follows `hijacked_member`: the message goes aside, quiet for a day, a leader asks whether it was they."""

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.effects import HOUR, Button, Card, Entry
from rules.conduct.findings import Finding
from rules.conduct.ladder import case_joined, joined, valid_until
from rules.conduct.plan import delete, muted, tell
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

RULE = "hijacked_member"
BUTTONS = ((("hijack_own", "case.undo"),), (("step_remove", "ladder.remove"),))


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """Never a removal by itself, and nothing that counts: whoever knows the person decides (fairness 2)."""
    decision_id = case_joined(case, policy, RULE)
    if decision_id:
        return joined(case, RULE, decision_id, delete(case))._replace(set_aside=True)
    hours = policy.hijacked_member.mute_hours
    until = case.now + hours * HOUR
    return Verdict(
        rule=RULE,
        step="mute",
        entries=(Entry("violation", RULE, valid_until=valid_until(case, policy)), Entry("mute", RULE, until=until)),
        acts=(
            *delete(case),
            muted(case, until),
            tell(case, policy, "hijack", words.of_rule(RULE), (("hours", hours),)),
        ),
        cards=(Card("hijack", (words.card_head(case, "hijack"), words.quote(case)), card_buttons()),),
        set_aside=True,
    )


def card_buttons() -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(words.for_leaders(name, action) for name, action in row) for row in BUTTONS)
