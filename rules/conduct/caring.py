"""The special-care group as verdicts: asked there and quiet meanwhile, gone over, welcome back; the words to each."""

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.deadlines import deadline, stamp
from rules.conduct.effects import Card, Deadline, Entry, Phrase, Readmit, Remove
from rules.conduct.ladder import ASKED
from rules.conduct.plan import planned, restraint
from rules.conduct.policy import Policy
from rules.conduct.protection import by_telegram
from rules.conduct.verdict import NOTHING, Verdict

# Why somebody may only read, and the word in the books.
CARE = "care"
HOURS = 24
# From how many on "some reminders" is true.
SEVERAL = 2
UNUSED, READY = "care_unused", "care_ready"


def offered(case: Case, policy: Policy, reason: str = "") -> Verdict:
    """Quiet in the group until they have gone over; what they were asked before is answered by it."""
    standing = case.member.standing
    if by_telegram(case.facts, case.member) or case.facts.sender == "channel" or CARE in standing.read_only:
        return NOTHING
    answered = (Entry("stayed"), Entry("freed", ASKED)) if standing.asked_to_leave_at is not None else ()
    reading = standing.without(ASKED)
    return Verdict(
        step="care",
        entries=(*answered, Entry("read_only", CARE, note=reason)),
        acts=(restraint(case, reading.reading_for((*reading.read_only, CARE))),),
        deadlines=(Deadline("care_offered", deadline(case.now, HOURS, case.group.zone)),),
    )


def entered(case: Case, policy: Policy) -> Verdict:
    """They are inside, so they leave the group they came from; the door stays open (a kick). Whoever leads there by
    now stays, and is only no longer quiet."""
    if by_telegram(case.facts, case.member):
        return Verdict(step="care", entries=(Entry("freed", CARE),))
    return Verdict(
        step="care",
        entries=(Entry("freed", CARE), Entry("removal", CARE, note="kick")),
        acts=(planned(case, Remove(user_id=case.member.user_id)),),
    )


def returning(case: Case, policy: Policy) -> Verdict:
    """A leader said yes: nothing keeps them out any more."""
    return Verdict(
        step="free", entries=(Entry("readmitted", CARE),), acts=(planned(case, Readmit(user_id=case.member.user_id)),)
    )


def invitation(case: Case, policy: Policy, place: str, carer: str, until: int) -> tuple[Phrase, ...]:
    """In four parts (V09): extra care, and never a word of mockery."""
    return words.four_parts(
        case, policy, CARE, of_carer(case, carer), told(policy, place, carer, stamp_of(case, until))
    )


def in_short(case: Case, policy: Policy, place: str, carer: str, until: int) -> tuple[Phrase, ...]:
    return words.in_short(case, policy, CARE, of_carer(case, carer), told(policy, place, carer, stamp_of(case, until)))


def of_carer(case: Case, carer: str) -> Phrase:
    """Reminders are named only where there were some."""
    before = "" if case.member.standing.warnings >= SEVERAL else "_first"
    return words.of_rule((CARE if carer else "care_place") + before)


def told(policy: Policy, place: str, carer: str, until: str) -> words.Params:
    return ("place", place), ("carer", carer), ("deadline", until), ("days", policy.special_care.clean_days)


def stamp_of(case: Case, until: int) -> str:
    return stamp(until, case.group.zone)


def unused_card(case: Case) -> Card:
    """Asked twice, and they did not go: a leader decides (fairness 4)."""
    remove, free = words.for_leaders("step_remove", "ladder.remove"), words.for_leaders("let_stay", "case.undo")
    return Card(UNUSED, (words.card_head(case, UNUSED),), ((remove, free),))


def ready_card(case: Case, place: str, days: int) -> Card:
    said = Phrase(f"conduct.card_{READY}", (("name", words.who(case)), ("place", place), ("days", days)))
    return Card(
        READY, (said,), ((words.for_leaders("care_back", "care.return"), words.for_leaders("care_keep", "care.keep")),)
    )
