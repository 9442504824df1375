"""Complaints and distress: heard by a leader at once, and never deleted, fined or counted (fairness 7)."""

from dataclasses import replace

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.checks.answers import is_answer
from rules.conduct.effects import HOUR, Button, Card, Entry, Phrase, Planned, Say
from rules.conduct.findings import Finding
from rules.conduct.plan import alone
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

DISTRESS, COMPLAINT = "distress", "complaint"
RULES = frozenset((DISTRESS, COMPLAINT))
PREFIX = "care."
# A burst of such messages is one matter.
PAUSE = HOUR
# Two severe signals of fraud are fraud, whatever else was written around them.
FRAUD = frozenset(("scam_newcomer", "hijacked_member"))


def heard(case: Case) -> Finding | None:
    """Distress before a complaint. `marked`: it may be somebody else's words, or handed in as homework."""
    if case.facts.sender != "member" or case.facts.is_bot:
        return None
    own = [(name.removeprefix(PREFIX), word) for name, word in case.view.lists if name.startswith(PREFIX)]
    others = bool(case.facts.forward) or is_answer(case)
    for rule in (DISTRESS, COMPLAINT):
        said = tuple(word for name, word in own if name == rule)
        quoted = tuple(word for name, word in own if name == f"{rule}.quoted") if rule == DISTRESS else ()
        if said or quoted:
            return Finding(rule, True, (("words", said or quoted), ("marked", others or not said)))
    return None


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """A card, and to somebody in distress a word that they alone see; nothing that anybody could mind."""
    rule = finding.rule
    open_one = next((seen for seen in case.member.standing.observed if seen.rule == rule), None)
    if open_one is not None and case.now < open_one.at + PAUSE:
        return Verdict(rule=rule, step="record", joins_case=open_one.decision_id)
    marked = bool(dict(finding.seen)["marked"])
    kind = rule == DISTRESS and not marked
    return Verdict(
        rule=rule,
        step="record",
        entries=(Entry("observed", rule, valid_until=case.now + PAUSE),),
        acts=(kindly(case, policy),) if kind else (),
        cards=(card(case, rule, marked=marked),),
    )


def beside(fraud: Verdict, heard: Verdict) -> Verdict:
    """Distress in a message that is fraud as well: a leader sees it all the same, and a fraudster is not consoled.

    Fraud that is not acted upon now (observed, or held by a brake) waits behind somebody who may need help.
    """
    if fraud.mode == "observe" or fraud.held:
        return heard
    if fraud.joins_case or heard.joins_case:
        return fraud
    return fraud._replace(entries=(*fraud.entries, *heard.entries), cards=(*fraud.cards, *heard.cards))


def kindly(case: Case, policy: Policy) -> Planned:
    """To that person alone, with the help that the operator wrote down; nothing is asked and nothing is guessed."""
    known = (("name", words.who(case)),)
    help_line = policy.care.help_line
    help_words = (Phrase("protect.care_help", (("text", help_line),)),) if help_line else ()
    said = (Phrase("protect.care", known), *help_words)
    in_short = (*help_words, Phrase("protect.care_short")) if help_words else (Phrase("protect.care", known),)
    plan = alone(case, policy, said, in_short, (), line="protect.care_line")
    # It answers what was written just now: it waits for no morning and counts among no posts.
    return plan._replace(act=replace(plan.act, purpose="answer")) if isinstance(plan.act, Say) else plan


def card(case: Case, rule: str, *, marked: bool) -> Card:
    said = [Phrase(f"protect.card_{rule}", (("name", words.who(case)),)), words.quote(case)]
    said += [Phrase("protect.card_marked")] if marked else []
    said.append(Phrase(f"protect.card_{rule}_how"))
    return Card(rule, tuple(said), buttons(message_link(case)))


def buttons(link: str = "") -> tuple[tuple[Button, ...], ...]:
    seen = Button(Phrase("protect.button_care"), "care.seen", "leaders")
    look = Button(Phrase("protect.button_look"), url=link)
    return ((look, seen),) if link else ((seen,),)


def message_link(case: Case) -> str:
    """Where the message stands; only supergroups have such links."""
    inside = str(case.group.chat_id).removeprefix("-100")
    there = case.facts.message_id and inside != str(case.group.chat_id)
    return f"https://t.me/c/{inside}/{case.facts.message_id}" if there else ""
