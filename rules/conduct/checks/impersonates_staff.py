"""Names that are, or nearly are, those of somebody who leads the group; the scan has compared them."""

from rules.conduct.case import Case
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("impersonates_staff", False)


def check(case: Case, policy: Policy) -> Finding:
    """A pair that leaders were asked about already is no news."""
    found = case.view.resembles
    if not found or case.facts.sender != "member":
        return NOTHING
    known = case.member.standing.paired
    new = tuple(f"{person.name} ({person.user_id})" for person in found if person.user_id not in known)
    seen = (("name", case.facts.name), ("resembles", new), ("known", not new))
    return Finding("impersonates_staff", bool(new), seen)
