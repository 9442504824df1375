"""What follows `ad_without_red_packet`: a pass covers it, newer members make it up, else a leader is asked."""

from rules.conduct import fines, ladder, words
from rules.conduct.case import Case, MemberView
from rules.conduct.effects import DAY, Card, Entry
from rules.conduct.findings import Finding
from rules.conduct.plan import delete, waiting
from rules.conduct.policy import Policy
from rules.conduct.policy_rules import AdWithoutRedPacket
from rules.conduct.verdict import NOTHING, Verdict

RULE = fines.RULE


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    if (settled := covered(case)) is not None:
        return settled
    decision_id = ladder.case_joined(case, policy, RULE)
    if decision_id:
        return joined(case, decision_id)
    if not may_be_fined(case, policy):
        return held(case, policy)
    verdict = fines.opened(case, policy)
    return with_warning(case, policy, verdict) if overdue(case) else verdict


def covered_or_held(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """Nothing is fined or taken away, whoever wrote it: a leader looks."""
    settled = covered(case)
    if settled is not None:
        return settled
    decision_id = ladder.case_joined(case, policy, RULE)
    return Verdict(rule=RULE, step="record", joins_case=decision_id) if decision_id else held(case, policy)


def covered(case: Case) -> Verdict | None:
    """A pass covers it, or covered it before it was edited; None where none does."""
    standing = case.member.standing
    if case.facts.kind == "edit" and case.facts.message_id in standing.covered:
        return NOTHING
    if not has_pass(case):
        return None
    used = Entry("pass_used", RULE, until=standing.pass_until, ref=case.facts.message_id)
    return Verdict(rule=RULE, step="none", entries=(used,))


def has_pass(case: Case) -> bool:
    standing = case.member.standing
    return standing.pass_until > max(case.now, standing.pass_spent_until)


def may_be_fined(case: Case, policy: Policy) -> bool:
    """Only who came after the rule, is new here and accepted the rules (fairness 2)."""
    terms, member = policy.ad_without_red_packet, case.member
    return terms.fines and member.rules_accepted_at is not None and is_newer(case, terms, member)


def is_newer(case: Case, terms: AdWithoutRedPacket, member: MemberView) -> bool:
    if member.joined_at is None or member.joined_at < case.group.rule_began.get(RULE, case.group.bot_joined_at):
        return False
    days_here = (case.now - member.joined_at) / DAY
    return days_here <= terms.new_member_days and member.messages <= terms.new_member_messages


def overdue(case: Case) -> bool:
    return any(fine.overdue for fine in case.member.standing.open_fines)


def joined(case: Case, decision_id: int) -> Verdict:
    verdict = ladder.joined(case, RULE, decision_id, delete(case))
    held_acts = tuple(waiting(p, case, verdict.held) for p in verdict.acts) if verdict.held else verdict.acts
    return verdict._replace(acts=held_acts, set_aside=True)


def held(case: Case, policy: Policy) -> Verdict:
    """The message stays where it is until a leader has looked."""
    acts = tuple(waiting(p, case, "leader") for p in delete(case))
    return Verdict(rule=RULE, step="hold", acts=acts, cards=(card(case, policy),), held="leader", set_aside=True)


def card(case: Case, policy: Policy) -> Card:
    said = (words.card_head(case, "ad"), words.quote(case))
    agreed = policy.ad_without_red_packet.fines and case.member.rules_accepted_at is not None
    fine = words.for_leaders("open_fine", "case.fine") if agreed else words.for_leaders("is_ad", "case.ad")
    only_delete = words.for_leaders("only_delete", "case.release")
    return Card("ad", said, ((fine,), (only_delete, words.for_leaders("ok", "case.ok"))))


def with_warning(case: Case, policy: Policy, fine: Verdict) -> Verdict:
    """A further ad while a fine is overdue: the fine, and at once a step on the ladder."""
    said = words.of_rule(RULE)
    step = ladder.step_up(case.member.standing, policy)
    if step == "remove" and not ladder.above_highest(step, policy) and not ladder.too_early(case, policy, step):
        # No fine is opened for somebody who goes.
        return ladder.take(case, policy, step, RULE, said)
    return ladder.further(case, policy, said, fine)
