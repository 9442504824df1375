"""What follows `scam_newcomer`: deleted, quiet for a day, a card; removal is for a person to decide."""

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.effects import HOUR, Card, Entry
from rules.conduct.findings import Finding
from rules.conduct.ladder import case_joined, joined, valid_until
from rules.conduct.plan import delete, muted, privately, tell
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

RULE = "scam_newcomer"


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    decision_id = case_joined(case, policy, RULE)
    if decision_id:
        return joined(case, RULE, decision_id, delete(case))
    hours = policy.scam_newcomer.mute_hours
    until = case.now + hours * HOUR
    acts = (*delete(case), muted(case, until))
    # Told in private or not at all: a line in the group would only point at a fraud that is gone.
    if case.member.started_bot:
        acts = (*acts, privately(tell(case, policy, "scam", words.of_rule(RULE), (("hours", hours),))))
    return Verdict(
        rule=RULE,
        step="mute",
        entries=(Entry("violation", RULE, valid_until=valid_until(case, policy)), Entry("mute", RULE, until=until)),
        acts=acts,
        cards=(_card(case),),
    )


def _card(case: Case) -> Card:
    said = (words.card_head(case, "scam"), words.quote(case))
    remove = words.for_leaders("remove_ban", "scam.remove")
    return Card("scam", said, ((remove,), (words.for_leaders("fine_free", "case.undo"),)))
