"""Accounts that somebody else took: severe signals from a member whom the group has known for long."""

from rules.conduct.case import Case
from rules.conduct.checks.warnings import severe
from rules.conduct.effects import DAY
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("hijacked_member", False)


def check(case: Case, policy: Policy) -> Finding:
    words = severe(case.view)
    if not words:
        return NOTHING
    rule, member = policy.hijacked_member, case.member
    seen = (("severe", words), ("needed", rule.min_severe), ("joined", member.joined_at), ("before", member.messages))
    return Finding("hijacked_member", len(words) >= rule.min_severe and _is_known(case, policy), seen, severe=True)


def _is_known(case: Case, policy: Policy) -> bool:
    """Who was here before the bot is known as soon as they had written before."""
    rule, member = policy.hijacked_member, case.member
    if case.messages_before > rule.known_messages:
        return True
    if member.joined_at is None or member.joined_at <= case.group.bot_joined_at:
        return case.messages_before > 0
    return case.now - member.joined_at > rule.known_days * DAY
