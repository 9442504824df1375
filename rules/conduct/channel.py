"""Channels that speak as senders: their messages can go, their `from` is a fake user whom nothing may name."""

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.effects import Card, Entry, Phrase
from rules.conduct.findings import Finding
from rules.conduct.ladder import case_joined, joined
from rules.conduct.plan import delete
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """Delete, and ask a leader whether the channel may go on speaking here; a burst asks once."""
    rule = finding.rule
    decision_id = case_joined(case, policy, rule)
    if decision_id:
        return joined(case, rule, decision_id, delete(case))
    noted = Entry("violation", rule, valid_until=case.now + policy.ladder.pause_minutes * 60)
    return Verdict(rule=rule, step="delete", entries=(noted,), acts=delete(case), cards=(_card(case),), set_aside=True)


def _card(case: Case) -> Card:
    said = (
        Phrase("conduct.card_channel", (("channel", case.facts.name),)),
        words.quote(case),
    )
    ban = words.for_leaders("ban_channel", "sender.ban", note=str(case.facts.sender_chat_id))
    return Card("channel", said, ((ban,), (words.for_leaders("fine_free", "case.undo"),)))
