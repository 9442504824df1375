"""The ladder: remind → warn → ask to leave → remove; one ladder for all rules and for what leaders do by hand."""

from typing import Literal

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.deadlines import deadline
from rules.conduct.effects import DAY, HOUR, Card, Deadline, Entry, Phrase, Planned, Remove, Restrict
from rules.conduct.leaders import told, with_care
from rules.conduct.plan import Buttons, delete, lasting, planned, privately, tell, waiting
from rules.conduct.policy import Policy
from rules.conduct.standing import RuleStanding, Standing
from rules.conduct.verdict import Step, Verdict

STEPS: tuple[Step, ...] = ("remind", "warn", "ask_to_leave", "remove")
ASKED: Literal["ask_to_leave"] = "ask_to_leave"


def case_joined(case: Case, policy: Policy, rule: str) -> int:
    """The decision of the burst this event belongs to, 0 for a new case (fairness 1). Words said once are one event,
    however often their message is edited.
    """
    waits = next((w.decision_id for w in case.member.standing.waiting if w.rule == rule), 0)
    # However long ago: while nobody has answered, another card would only ask the same.
    if waits:
        return waits
    last = case.member.standing.of(rule)
    if case.facts.kind == "edit" and case.facts.message_id in last.messages:
        return last.last_decision_id
    if not last.events or last.closed or not case.now < _open_until(last, policy):
        return 0
    return last.last_decision_id


def joined(case: Case, rule: str, decision_id: int, acts: tuple[Planned, ...]) -> Verdict:
    """A further event of a burst: its content goes the way of the first, and no step is taken."""
    held = next((w.cause for w in case.member.standing.waiting if w.decision_id == decision_id), "")
    # What waits for a leader is about a step; the content itself goes at once, unless the brake holds all.
    if held == "brake":
        acts = tuple(waiting(p, case, held) for p in acts)
    return Verdict(rule=rule, step="delete", acts=acts, joins_case=decision_id, held=held)


def next_step(standing: Standing, policy: Policy, rule: str) -> Step:
    """The first event of a rule is a reminder, and so is one after a reminder that never arrived."""
    if rule in policy.ladder.severe_rules:
        return "remove"
    last = standing.of(rule)
    if not last.events or (last.noticed and last.notice_at is None):
        return "remind"
    return step_up(standing, policy)


def step_up(standing: Standing, policy: Policy) -> Step:
    """The step that a further warning means; a warning that was never heard is given again."""
    if standing.warned is not None and standing.warned.noticed and standing.warned.notice_at is None:
        return "warn"
    if standing.asked:
        return "remove"
    return "ask_to_leave" if standing.warnings + 1 >= policy.ladder.persuade_at else "warn"


def climb(case: Case, policy: Policy, rule: str) -> Verdict:
    """An event of `rule` that costs its message and moves its author on the ladder."""
    decision_id = case_joined(case, policy, rule)
    if decision_id:
        return joined(case, rule, decision_id, delete(case))
    step = next_step(case.member.standing, policy, rule)
    warned = case.member.standing.warned
    if too_early(case, policy, step) and warned is not None and rule not in policy.ladder.severe_rules:
        return joined(case, rule, warned.last_decision_id, delete(case))
    return told(case, policy, capped(case, policy, take(case, policy, step, rule, words.of_rule(rule))))


def too_early(case: Case, policy: Policy, step: Step) -> bool:
    """Steps above a warning begin when the last warning, of whatever rule, was heard and the pause is over."""
    warned = case.member.standing.warned
    return warned is not None and step in ("ask_to_leave", "remove") and case.now < _open_until(warned, policy)


def take(case: Case, policy: Policy, step: Step, rule: str, said: Phrase) -> Verdict:
    """One step as a verdict, whoever decided on it."""
    acts = delete(case)
    violation = (violation_of(case, policy, rule),) if rule else ()
    match step:
        case "remind":
            reminder = Entry("reminder", rule, valid_until=valid_until(case, policy))
            return Verdict((), rule, step, entries=(*violation, reminder), acts=(*acts, remind(case, policy, said)))
        case "warn":
            entries = (*violation, warning(case, policy, rule))
            return Verdict((), rule, step, entries=entries, acts=(*acts, warn(case, policy, said)))
        case "ask_to_leave":
            return ask(case, policy, said, Verdict((), rule, entries=violation, acts=acts))
        case _:
            return remove_as_agreed(case, policy, said, Verdict((), rule, entries=violation, acts=acts))


def violation_of(case: Case, policy: Policy, rule: str) -> Entry:
    return Entry("violation", rule, valid_until=valid_until(case, policy), ref=case.facts.message_id)


def further(case: Case, policy: Policy, said: Phrase, so_far: Verdict, by_person: bool = False) -> Verdict:
    """A warning that counts, on top of `so_far`, and what it leads to; what needs a person becomes a card."""
    step = step_up(case.member.standing, policy)
    if too_early(case, policy, step) and not by_person:
        step = "warn"
    if above_highest("warn", policy) and not by_person:
        return so_far._replace(cards=(ask_card(case, policy, "warn"),))
    if step == "warn" or above_highest(step, policy):
        return so_far._replace(
            step="warn",
            entries=(*so_far.entries, warning(case, policy, so_far.rule)),
            acts=(*so_far.acts, warn(case, policy, said)),
            cards=() if step == "warn" else (ask_card(case, policy, step),),
        )
    taken = ask if step == "ask_to_leave" else remove_as_agreed
    verdict = taken(case, policy, said, so_far)
    return verdict if by_person else told(case, policy, verdict)


def remind(case: Case, policy: Policy, said: Phrase) -> Planned:
    return tell(case, policy, "remind", said, counting(case, policy))


def warn(case: Case, policy: Policy, said: Phrase) -> Planned:
    return tell(case, policy, "warn", said, counting(case, policy))


def counting(case: Case, policy: Policy) -> words.Params:
    """Which reminder it is, of how many, and until when it counts."""
    nth = (("n", case.member.standing.warnings + 1), ("max", policy.ladder.persuade_at))
    return *nth, *words.until_of(valid_until(case, policy), case.group.zone)


def ask(case: Case, policy: Policy, said: Phrase, so_far: Verdict) -> Verdict:
    """Read-only, with the three ways to go on: stay and keep the agreement, have it looked at, leave."""
    hours = policy.ladder.unanswered_hours
    until = valid_until(case, policy)
    entries = (
        warning(case, policy, so_far.rule),
        Entry("ask_to_leave", so_far.rule, counted=True, valid_until=until),
        Entry("read_only", ASKED),
    )
    counts = (*counting(case, policy), ("hours", hours))
    due_at = deadline(case.now, hours, case.group.zone)
    notice = lasting(tell(case, policy, asking(policy), said, counts, _choices(case, policy)), due_at - case.now)
    within = min(notice.expires_at, case.now + HOUR)
    # Nobody is silenced who was not told, nor long after the event.
    silence = planned(case, Restrict(user_id=case.member.user_id))
    silence = silence._replace(after=len(so_far.acts), expires_at=within)
    return so_far._replace(
        step=ASKED,
        entries=(*so_far.entries, *entries),
        acts=(*so_far.acts, notice._replace(expires_at=within), silence),
        deadlines=(Deadline("leave_unanswered", due_at),),
    )


def asking(policy: Policy) -> str:
    """The question names the special-care group where there is one."""
    return "ask_to_leave_care" if policy.special_care.group else ASKED


def _choices(case: Case, policy: Policy) -> Buttons:
    stay = words.for_member(case, "stay", "leave.stay")
    go = words.for_member(case, "leave", "leave.go")
    care = ((words.for_member(case, "care", "leave.care"),),) if policy.special_care.group else ()
    return (stay,), (words.appeal(case), go), *care


def remove_as_agreed(case: Case, policy: Policy, said: Phrase, so_far: Verdict) -> Verdict:
    """Sent away as the group decided: with a way back (a kick) or without (a ban)."""
    return remove(case, policy, policy.ladder.removal == "ban", said, so_far)


def remove(case: Case, policy: Policy, ban: bool, said: Phrase, so_far: Verdict) -> Verdict:
    """Removal voids open fines; the person is told in private where that is possible."""
    fines = tuple(Entry("fine_void", fine.rule, ref=fine.fine_id) for fine in case.member.standing.open_fines)
    acts = (*so_far.acts, planned(case, Remove(user_id=case.member.user_id, ban=ban)))
    # A line in the group would reach nobody whom it concerns.
    if case.member.started_bot:
        acts = (*acts, privately(tell(case, policy, "remove", said)))
    return so_far._replace(
        step="remove",
        entries=(*so_far.entries, Entry("removal", so_far.rule, note="ban" if ban else "kick"), *fines),
        acts=acts,
    )


def capped(case: Case, policy: Policy, verdict: Verdict) -> Verdict:
    """Above the highest step that needs no person a leader is asked; only the message goes at once."""
    if verdict.rule in policy.ladder.severe_rules or not above_highest(verdict.step, policy):
        return verdict
    card = Card(
        "ladder",
        (*next_in_words(case, verdict.step), words.about(verdict.rule, case)),
        with_care(policy, ((words.for_leaders("release", "case.release"), words.for_leaders("ok", "case.ok")),)),
    )
    mine = delete(case)
    acts = tuple(p if p in mine else waiting(p, case, "leader") for p in verdict.acts)
    # Set aside, because what went at once is given back where the leader says no.
    return verdict._replace(held="leader", acts=acts, cards=(card,), set_aside=bool(mine))


def ask_card(case: Case, policy: Policy, step: Step) -> Card:
    """Asks leaders for a step that may not be taken without them, beside a warning that was given."""
    yes = words.for_leaders(f"step_{step}", f"ladder.{step}")
    rows = with_care(policy, ((yes, words.for_leaders("not_now", "case.not_now")),))
    return Card("ladder_ask", next_in_words(case, step), rows)


def next_in_words(case: Case, step: Step) -> tuple[Phrase, ...]:
    nth = (("n", case.member.standing.warnings + 1),)
    return words.card_head(case, "ladder"), Phrase(f"conduct.card_step_{step}", nth)


def above_highest(step: Step, policy: Policy) -> bool:
    return step in STEPS and STEPS.index(step) > STEPS.index(policy.ladder.highest)


def warning(case: Case, policy: Policy, rule: str) -> Entry:
    return Entry("warning", rule, counted=True, valid_until=valid_until(case, policy))


def valid_until(case: Case, policy: Policy) -> int:
    return case.now + policy.ladder.valid_days * DAY


def _open_until(last: RuleStanding, policy: Policy) -> int:
    """A case stays open until the person was told and had the pause to answer it."""
    pause = policy.ladder.pause_minutes * 60
    return max(_heard_at(last, policy, pause), last.last_event_at) + pause


def _heard_at(last: RuleStanding, policy: Policy, pause: int) -> int:
    """When they said so; else so long after it arrived as the group allows for reading it."""
    if not last.noticed or last.notice_at is None:
        return last.last_event_at
    read = last.notice_at + policy.notices.heard_after_minutes * 60
    if last.heard_at is None or last.heard_at >= read + pause:
        return read
    return max(last.heard_at, last.notice_at)
