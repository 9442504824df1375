"""What follows `nickname_format`: asked, reminded, at most read-only; never the ladder, never removal (fairness 9)."""

from dataclasses import replace

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.deadlines import awake, deadline, stamp
from rules.conduct.effects import DAY, HOUR, Deadline, Entry, Phrase, Planned, Restrict, Say
from rules.conduct.findings import Finding
from rules.conduct.plan import Buttons, news, planned, post, restraint, tell
from rules.conduct.policy import Policy
from rules.conduct.verdict import NOTHING, Verdict

RULE = "nickname_format"


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """Ask once; whoever was asked already is looked at again when the time is over, not at each message."""
    if was_asked(case):
        return NOTHING
    terms, zone = policy.nickname_format, case.group.zone
    due_at = deadline(case.now, terms.deadline_hours, zone)
    remind_at = awake(case.now + terms.remind_hours * HOUR, zone)
    remind = (Deadline("nickname_remind", remind_at),) if remind_at < due_at else ()
    return Verdict(
        rule=RULE,
        step="ask_name",
        entries=(Entry("nickname_asked", RULE, due_at=due_at),),
        acts=(request(case, policy, due_at),),
        deadlines=(*remind, Deadline("nickname_due", due_at)),
    )


def was_asked(case: Case) -> bool:
    """Whoever comes back after the time was over is asked anew."""
    due_at = case.member.standing.nickname_due_at
    return due_at is not None and not (case.facts.kind == "join" and due_at <= case.now)


def request(case: Case, policy: Policy, due_at: int) -> Planned:
    """A welcome, not a reproach."""
    if case.member.started_bot:
        return tell(case, policy, "nickname", words.of_rule(RULE), wanted(case, policy, due_at), buttons(case))
    asked = in_the_group(case, policy, "nickname", due_at)
    # Whoever joins together is asked in one post, with the greeting where there is one.
    wave = 2 * policy.welcome.merge_seconds if case.facts.kind == "join" and policy.welcome.enabled else 0
    return asked._replace(not_before=case.now + wave) if wave else asked


def reminder(case: Case, policy: Policy, due_at: int) -> Planned:
    """In private as long as the person likes that, else by a line in the group with [查看]."""
    if not case.member.started_bot:
        return in_the_group(case, policy, "nickname_again", due_at)
    if case.member.no_reminders:
        # Told as whoever never started the bot is told.
        case = case._replace(member=case.member._replace(started_bot=False))
    said = tell(case, policy, "nickname_again", words.of_rule(RULE), wanted(case, policy, due_at), buttons(case))
    if not isinstance(said.act, Say) or not said.act.to_user:
        return said
    return said._replace(act=replace(said.act, purpose="reminder"))


def in_the_group(case: Case, policy: Policy, way: str, due_at: int) -> Planned:
    """It stands until the time is over."""
    params = wanted(case, policy, due_at)
    said = words.four_parts(case, policy, way, words.of_rule(RULE), params)
    many = Phrase("quiet.names", words.known_of(case, policy, params))
    return post(case, said, buttons(case), stays=max(due_at - case.now, HOUR), gather=many)


def wanted(case: Case, policy: Policy, due_at: int) -> words.Params:
    return *form(policy), ("deadline", stamp(due_at, case.group.zone))


def buttons(case: Case) -> Buttons:
    check = words.for_member(case, "name_check", "name.check")
    return ((check,), (words.for_member(case, "name_register", "name.register"),))


def reminded(case: Case, policy: Policy) -> Verdict:
    due_at = case.member.standing.nickname_due_at
    if due_at is None or due_at <= case.now:
        return NOTHING
    return Verdict(
        rule=RULE,
        step="remind",
        entries=(Entry("nickname_reminded", RULE),),
        acts=(reminder(case, policy, due_at),),
    )


def overdue(case: Case, policy: Policy) -> Verdict:
    """Read-only where the policy says so and the person was here after the notice; else another day (fairness 4)."""
    standing = case.member.standing
    if standing.nickname_asked_at is None or not policy.nickname_format.read_only or RULE in standing.read_only:
        return NOTHING
    told_at = standing.nickname_notice_at
    if told_at is not None and case.now < told_at + DAY:
        return Verdict(step="record", deadlines=(Deadline("nickname_due", awake(told_at + DAY, case.group.zone)),))
    if told_at is None or case.member.last_seen <= told_at:
        again = deadline(case.now, policy.nickname_format.deadline_hours, case.group.zone)
        return Verdict(step="record", deadlines=(Deadline("nickname_due", again),))
    said = words.four_parts(case, policy, "read_only", words.of_rule(RULE), form(policy))
    return Verdict(
        rule=RULE,
        step="read_only",
        entries=(Entry("read_only", RULE),),
        acts=(
            planned(case, Restrict(user_id=case.member.user_id)),
            post(case, said, buttons(case), stays=DAY),
        ),
    )


def form(policy: Policy) -> words.Params:
    return (("example", policy.nickname_format.example), ("pattern", policy.nickname_format.words))


def settled(case: Case, policy: Policy, entry: Entry | None = None) -> Verdict:
    """The name fits now, or was registered: the request is over, and whoever could only read may write again."""
    standing = case.member.standing
    done = entry or Entry("nickname_settled", RULE)
    if RULE not in standing.read_only:
        return Verdict(rule=RULE, step="settle", entries=(done,))
    return Verdict(
        rule=RULE,
        step="free",
        entries=(done, Entry("freed", RULE)),
        acts=(
            restraint(case, standing.without(RULE)),
            news(case, policy, "name_fixed"),
        ),
    )
