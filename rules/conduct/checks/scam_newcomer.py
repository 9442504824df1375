"""Accounts that come to defraud: severe signals in the first messages of somebody who joined after the bot did."""

from rules.conduct.case import Case
from rules.conduct.checks.warnings import severe
from rules.conduct.effects import HOUR
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("scam_newcomer", False)


def check(case: Case, policy: Policy) -> Finding:
    words = severe(case.view)
    if not words:
        return NOTHING
    rule, member = policy.scam_newcomer, case.member
    seen = (("severe", words), ("needed", rule.min_severe), ("joined", member.joined_at), ("before", member.messages))
    return Finding("scam_newcomer", len(words) >= rule.min_severe and _is_new(case, policy), seen, severe=True)


def _is_new(case: Case, policy: Policy) -> bool:
    """Somebody whose join was not seen was here before the bot, and is no newcomer."""
    rule, joined_at = policy.scam_newcomer, case.member.joined_at
    if joined_at is None or joined_at <= case.group.bot_joined_at or case.now - joined_at > rule.hours * HOUR:
        return False
    return case.messages_before < rule.first_messages
