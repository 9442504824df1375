"""What follows when a time has come: a fine unpaid, a name unchanged, a question unanswered."""

from rules.conduct import ladder, nickname, words
from rules.conduct.brakes import braked
from rules.conduct.case import Case
from rules.conduct.deadlines import awake, deadline
from rules.conduct.effects import DAY, HOUR, Card, Deadline, Entry, Phrase
from rules.conduct.fines import RULE as AD
from rules.conduct.fines import fine_of, notice
from rules.conduct.leaders import told, with_care
from rules.conduct.policy import Policy
from rules.conduct.protection import protected
from rules.conduct.standing import OpenFine
from rules.conduct.verdict import NOTHING, Verdict


def due(case: Case, kind: str, ref: int, policy: Policy) -> Verdict:
    """`ref` is the decision that set the deadline. NOTHING where the matter is settled or the person protected now."""
    if protected(case, policy):
        return NOTHING
    match kind:
        case "fine_due":
            verdict = fine_due(case, policy, ref)
        case "nickname_remind" if policy.nickname_format.mode == "enforce":
            verdict = nickname.reminded(case, policy)
        case "nickname_due" if policy.nickname_format.mode == "enforce":
            verdict = nickname.overdue(case, policy)
        case "leave_unanswered":
            verdict = leave_unanswered(case, policy)
        case _:
            return NOTHING
    return braked(case, policy, verdict)


def fine_due(case: Case, policy: Policy, ref: int) -> Verdict:
    """A warning on the ladder; whoever was never told is told now and has the whole time again."""
    fine = fine_of(case, ref)
    if fine is None or fine.overdue:
        return NOTHING
    if fine.noticed and (fine.notice_at is None or case.now < fine.notice_at + DAY):
        return told_again(case, policy, fine)
    overdue = Verdict(rule=AD, step="record", entries=(Entry("fine_overdue", AD, ref=fine.fine_id),))
    return ladder.further(case, policy, Phrase("conduct.rule_fine_overdue"), overdue)


def told_again(case: Case, policy: Policy, fine: OpenFine) -> Verdict:
    """A notice that came late moves the end by as much; one that never came is sent anew."""
    if fine.notice_at is not None:
        return Verdict(
            rule=AD, step="record", deadlines=(Deadline("fine_due", awake(fine.notice_at + DAY, case.group.zone)),)
        )
    due_at = deadline(case.now, policy.ad_without_red_packet.deadline_hours, case.group.zone)
    return Verdict(
        rule=AD, step="record", acts=(notice(case, policy, due_at),), deadlines=(Deadline("fine_due", due_at),)
    )


def leave_unanswered(case: Case, policy: Policy) -> Verdict:
    """Silence is not refusal (fairness 4): only who was here after the question can have left it unanswered."""
    standing, hours = case.member.standing, policy.ladder.unanswered_hours
    if standing.asked_to_leave_at is None:
        return NOTHING
    asked_at = standing.asked_to_leave_at
    if standing.asked_notice_at is not None:
        asked_at = standing.asked_notice_at + policy.notices.heard_after_minutes * 60
    if case.now < asked_at + hours * HOUR:
        again = deadline(asked_at, hours, case.group.zone)
        return Verdict(step="record", deadlines=(Deadline("leave_unanswered", again),))
    seen = standing.asked_notice_at is not None and case.member.last_seen > standing.asked_notice_at
    if seen and not ladder.above_highest("remove", policy):
        said = Phrase("conduct.rule_unanswered")
        return told(case, policy, ladder.remove_as_agreed(case, policy, said, Verdict()))
    return Verdict(step="record", cards=(unanswered_card(case, policy),))


def unanswered_card(case: Case, policy: Policy) -> Card:
    said = (words.card_head(case, "unanswered"),)
    remove, free = words.for_leaders("step_remove", "ladder.remove"), words.for_leaders("let_stay", "ladder.stay")
    return Card("unanswered", said, with_care(policy, ((remove, free),)))
