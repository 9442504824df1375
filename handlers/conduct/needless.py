"""What there is no need for: freeing who is free, forgiving nothing, removing who is gone."""

from collections.abc import Callable

from bot.roles import PRESENT
from bot.storage.members import GONE
from rules.conduct.case import Case
from rules.conduct.policy import Policy
from rules.conduct.verdict import NOTHING, Verdict

Make = Callable[[Case, Policy], Verdict]


def where(needed: Callable[[Case], bool], make: Make) -> Make:
    """The measure where it changes something, else NOTHING."""
    return lambda case, policy: make(case, policy) if needed(case) else NOTHING


def silenced(case: Case) -> bool:
    standing = case.member.standing
    kept = standing.muted_until is not None or bool(standing.read_only) or standing.asked_to_leave_at is not None
    return kept or case.member.status == "restricted"


def away(case: Case) -> bool:
    return case.facts.sender == "channel" or case.member.status not in PRESENT


def removable(case: Case, ban: bool) -> bool:
    """Who left may still be banned; who is banned is as far away as can be."""
    return case.member.status != "kicked" if ban else case.member.status not in GONE


def burdened(case: Case) -> bool:
    standing = case.member.standing
    return bool(standing.rules or standing.warnings or standing.asked) or standing.asked_to_leave_at is not None
