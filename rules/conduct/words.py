"""Sentences to people as keys and values: thanks, the rule and its reason, the way out, the shared aim."""

from dataclasses import fields
from datetime import tzinfo

from rules.conduct.case import Case
from rules.conduct.codes import cited
from rules.conduct.effects import Button, Mention, Phrase, Value
from rules.conduct.policy import Policy
from rules.conduct.policy_rules import Rules
from rules.programme.localtime import local

Params = tuple[tuple[str, Value], ...]
SHOWN = 300
# A value of this name is the key of another sentence, said with the same values (`bot.texts`).
SENTENCE = "sentence:"
# Ways to tell that share the thanks, or the group's own wording, of another.
THANKS = {"ask_to_leave_care": "ask_to_leave"}
OWN_TEXT = {**THANKS, "remind_ad": "remind", "fine_points": "fine", "fine_other": "fine"}
NAMED = frozenset(each.name for each in fields(Rules))


def who(case: Case) -> Mention:
    return Mention(case.member.user_id, case.member.name or case.facts.name)


def four_parts(
    case: Case, policy: Policy, way: str, rule: Phrase, params: Params = (), thanks: str = ""
) -> tuple[Phrase, ...]:
    """The whole of a notice; `way` names its thanks and its way out."""
    known = known_of(case, policy, params)
    own = own_text(policy, way, rule, known)
    if own is not None:
        return (own, *(() if "{rule}" in own_template(policy, way) else cited(policy, rule)))
    return (
        Phrase(f"conduct.thanks_{thanks or THANKS.get(way, way)}", known),
        Phrase(rule.key, (*known, *rule.params)),
        *cited(policy, rule),
        Phrase(f"conduct.way_{way}", known),
        aim(policy, known),
    )


def own_text(policy: Policy, way: str, rule: Phrase, known: Params) -> Phrase | None:
    """The group's own wording of a notice, in which our sentences stand for what it leaves to us."""
    template = own_template(policy, way)
    if not template:
        return None
    name = rule.key.removeprefix("conduct.rule_")
    short = f"talk.rule_{name}" if name in NAMED else "conduct.agreement"
    ours = {"rule": short, "reason": rule.key, "way": f"conduct.way_{way}", "goal": "conduct.goal"}
    sentences = tuple((f"{SENTENCE}{each}", key) for each, key in ours.items())
    return Phrase("own", (("template", template), *known, *rule.params, *sentences))


def own_template(policy: Policy, way: str) -> str:
    return str(getattr(policy.notice_texts, OWN_TEXT.get(way, way), ""))


def until_of(until: int, zone: tzinfo) -> Params:
    """Until when something counts, as `{until}`: a day, as people write it."""
    there = local(until, zone)
    return (f"{SENTENCE}until", "conduct.day"), ("month", there.month), ("day", there.day)


def known_of(case: Case, policy: Policy, params: Params = ()) -> Params:
    """What every sentence of a notice may name, whichever of it a group's own wording uses."""
    return ("name", who(case)), ("group_goal", policy.notices.group_goal), *params


def aim(policy: Policy, known: Params) -> Phrase:
    """The closing line; one that the leaders wrote stands in place of ours."""
    if policy.notices.closing:
        return Phrase("own", (("template", policy.notices.closing), *known))
    return Phrase("conduct.aim", known)


def good_news(case: Case, policy: Policy, key: str) -> tuple[Phrase, ...]:
    """One line, and the shared aim."""
    known = known_of(case, policy)
    return (Phrase(f"conduct.{key}", known), aim(policy, known))


def in_short(case: Case, policy: Policy, way: str, rule: Phrase, params: Params = ()) -> tuple[Phrase, ...]:
    """The rule and the way out: what fits into an alert of 200 characters."""
    known = known_of(case, policy, params)
    return Phrase(rule.key, (*known, *rule.params)), *cited(policy, rule), Phrase(f"conduct.short_{way}", known)


def about(rule: str, case: Case) -> Phrase:
    """The rule and the beginning of the message, for those who judge it."""
    return Phrase(f"conduct.card_rule_{rule or 'none'}", (("text", excerpt(case)),))


def quote(case: Case) -> Phrase:
    return Phrase("conduct.card_quote", (("text", excerpt(case)),))


def excerpt(case: Case) -> str:
    """What leaders see of a message: its beginning, or what kind of thing it was."""
    return case.facts.text[:SHOWN] or ", ".join(media.file_name or media.kind for media in case.facts.media) or "–"


def card_head(case: Case, kind: str) -> Phrase:
    return Phrase(f"conduct.card_{kind}", (("name", who(case)),))


def of_rule(rule: str) -> Phrase:
    return Phrase(f"conduct.rule_{rule}")


def of_leader(reason: str, issuer: str = "", code: str = "") -> Phrase:
    """Why, in a leader's own words, with the leader's name and the point of the rules where they are known."""
    key = f"conduct.rule_{'reason' if reason else 'plain'}{'_from' if issuer else ''}"
    return Phrase(key, (("reason", reason), ("issuer", issuer), ("code", code)))


def for_member(case: Case, name: str, action: str) -> Button:
    """A button that only the person concerned may press."""
    return Button(Phrase(f"conduct.button_{name}"), action, "member", case.member.user_id)


def for_leaders(name: str, action: str, note: str = "") -> Button:
    return Button(Phrase(f"conduct.button_{name}"), action, "leaders", note=note)


def heard(case: Case) -> Button:
    return for_member(case, "heard", "notice.heard")


def appeal(case: Case) -> Button:
    return for_member(case, "appeal", "appeal.open")
