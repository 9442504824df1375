"""Who is never measured: those Telegram protects, those the policy exempts, holders of the bot's own roles."""

from rules.conduct.case import Case, MemberView
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy

MEASURED_SENDERS = frozenset(("member", "channel"))
PROTECTED_STATUS = frozenset(("creator", "administrator"))


def protected(case: Case, policy: Policy) -> bool:
    """Whether no rule may measure the sender by itself (fairness 12)."""
    member = case.member
    return bool(member.roles) or by_telegram(case.facts, member) or exempt(case.facts, member, policy)


def by_telegram(facts: Facts, member: MemberView) -> bool:
    """Whether not even a leader may: admins, the anonymous, linked channels, bots, Telegram itself."""
    return (
        facts.sender not in MEASURED_SENDERS or member.status in PROTECTED_STATUS or facts.is_bot or member.is_bot
    )  # fmt: skip


def exempt(facts: Facts, member: MemberView, policy: Policy) -> bool:
    ids = policy.exempt.user_ids
    return bool(ids) and (member.user_id in ids or (facts.sender_chat_id in ids and facts.sender == "channel"))
