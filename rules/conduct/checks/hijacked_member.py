"""Accounts that somebody else took: severe signals from a member whom the group has known for long."""

from rules.conduct.case import Case
from rules.conduct.checks.warnings import offers
from rules.conduct.effects import DAY
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("hijacked_member", False)


def check(case: Case, policy: Policy) -> Finding:
    if not case.view.signals:
        return NOTHING
    severe = tuple(f"{signal.id}: {signal.word}" for signal in offers(case.view) if signal.severe)
    if not severe:
        return NOTHING
    rule, member = policy.hijacked_member, case.member
    seen = (("severe", severe), ("needed", rule.min_severe), ("joined", member.joined_at), ("before", member.messages))
    return Finding("hijacked_member", len(severe) >= rule.min_severe and _is_known(case, policy), seen, severe=True)


def _is_known(case: Case, policy: Policy) -> bool:
    """Who was here before the bot is known as soon as they had written before."""
    rule, member = policy.hijacked_member, case.member
    before = member.messages - (case.facts.kind == "edit")
    if before > rule.known_messages:
        return True
    if member.joined_at is None or member.joined_at <= case.group.bot_joined_at:
        return before > 0
    return case.now - member.joined_at > rule.known_days * DAY
