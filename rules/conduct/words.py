"""Sentences to people as keys and values: thanks, the rule and its reason, the way out, the shared aim."""

from rules.conduct.case import Case
from rules.conduct.effects import Button, Mention, Phrase, Value
from rules.conduct.policy import Policy

Params = tuple[tuple[str, Value], ...]


def who(case: Case) -> Mention:
    return Mention(case.member.user_id, case.member.name or case.facts.name)


def four_parts(case: Case, policy: Policy, way: str, rule: Phrase, params: Params = ()) -> tuple[Phrase, ...]:
    """The whole of a notice; `way` names its thanks and its way out."""
    known: Params = (("name", who(case)), ("group_goal", policy.notices.group_goal), *params)
    return (
        Phrase(f"conduct.thanks_{way}", known),
        Phrase(rule.key, (*known, *rule.params)),
        Phrase(f"conduct.way_{way}", known),
        aim(policy, known),
    )


def aim(policy: Policy, known: Params) -> Phrase:
    """The closing line; one that the leaders wrote stands in place of ours."""
    if policy.notices.closing:
        return Phrase("own", (("template", policy.notices.closing), *known))
    return Phrase("conduct.aim", known)


def closing_note(case: Case, policy: Policy, key: str, params: Params = ()) -> tuple[Phrase, ...]:
    """Good news in one line, and the shared aim."""
    known: Params = (("name", who(case)), ("group_goal", policy.notices.group_goal), *params)
    return (Phrase(f"conduct.{key}", known), aim(policy, known))


def in_short(said: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The rule and the way out, or the news: what fits into an alert."""
    return said[1:3] if len(said) > 2 else said[:1]


def of_rule(rule: str) -> Phrase:
    return Phrase(f"conduct.rule_{rule}")


def of_leader(reason: str, issuer: str = "") -> Phrase:
    """Why, in a leader's own words, with the leader's name where it is known."""
    key = f"conduct.rule_{'reason' if reason else 'plain'}{'_from' if issuer else ''}"
    return Phrase(key, (("reason", reason), ("issuer", issuer)))


def for_member(case: Case, name: str, action: str) -> Button:
    """A button that only the person concerned may press."""
    return Button(Phrase(f"conduct.button_{name}"), action, "member", case.member.user_id)


def for_leaders(name: str, action: str, note: str = "") -> Button:
    return Button(Phrase(f"conduct.button_{name}"), action, "leaders", note=note)


def appeal(case: Case) -> Button:
    return for_member(case, "appeal", "appeal.open")
