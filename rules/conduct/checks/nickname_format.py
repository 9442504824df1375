"""Names without the group's format; asked only of those who joined after the rule began, never a removal (J03)."""

from rules.conduct.case import Case
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("nickname_format", False)


def check(case: Case, policy: Policy) -> Finding:
    """The scan has compared the names in the facts: where the group uses tags the tag or the display name has to fit,
    elsewhere the display name. A registered name or an exemption always suffices (fairness 9).
    """
    member, names = case.member, dict(case.view.names)
    if not names or policy.nickname_format.mode == "off":
        return NOTHING
    name = (case.group.uses_tags and case.facts.tag) or case.facts.name
    fits = names.get(name, False) or names.get(case.facts.name, False)
    asked = joined_under_the_rule(case)
    suffices = fits or bool(member.nick) or member.nick_exempt
    seen = (("name", name), ("fits", fits), ("nick", member.nick), ("exempt", member.nick_exempt), ("asked", asked))
    return Finding("nickname_format", asked and not suffices, seen)


def joined_under_the_rule(case: Case) -> bool:
    began = case.group.rule_began.get("nickname_format")
    # Whoever joins just now stands in no books yet.
    joined_at = case.now if case.facts.kind == "join" else case.member.joined_at
    return began is not None and joined_at is not None and joined_at >= began
