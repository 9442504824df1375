"""What follows `needs_approval`: a message waits out of sight for a leader's look, and is posted or given back."""

from collections.abc import Iterable
from typing import NamedTuple

from rules.conduct import words
from rules.conduct.brakes import card as brake_card
from rules.conduct.brakes import full
from rules.conduct.case import Case
from rules.conduct.deadlines import awake, stamp
from rules.conduct.effects import HOUR, Button, Card, Deadline, Entry, Mention, Phrase, Planned, Repost
from rules.conduct.findings import Finding
from rules.conduct.fines import Aside
from rules.conduct.plan import delete, news, planned, tell, waiting
from rules.conduct.policy import Policy
from rules.conduct.verdict import NOTHING, Verdict

RULE, CARD = "needs_approval", "approval"
# The parts of an album come within a moment.
ALBUM_SECONDS = 120


class Reason(NamedTuple):
    """Why something is given back: one of ours by its name, or a leader's words."""

    name: str = ""
    text: str = ""
    by: str = ""


REASONS = ("no_links", "as_text", "off_topic")
UNANSWERED = Reason("unanswered")


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """Out of sight at once; its author is told until when, and leaders are asked. It counts for nothing."""
    decision_id = album_of(case)
    if decision_id:
        return joined(case, decision_id)
    due_at = awake(case.now + policy.needs_approval.hours * HOUR, case.group.zone)
    verdict = Verdict(
        rule=RULE,
        step="hold",
        entries=(Entry("observed", RULE, valid_until=case.now + ALBUM_SECONDS),),
        acts=(*delete(case), told_to_wait(case, policy, due_at)),
        cards=(card(case),),
        deadlines=(Deadline("approval_due", due_at),),
        set_aside=True,
    )
    return braked(case, policy, verdict) if policy.needs_approval.mode == "enforce" else verdict


def braked(case: Case, policy: Policy, verdict: Verdict) -> Verdict:
    """Where the hour is full it stays where it is until a leader has said yes to that, and is asked about only then."""
    if not full(case.group, policy.brakes, case.now):
        return verdict
    acts = tuple(waiting(each, case, "brake") for each in verdict.acts)
    cards = () if case.group.brake_asked else (brake_card(case, policy, verdict),)
    later = (*verdict.deadlines, Deadline("approval_ask", case.now))
    return verdict._replace(acts=acts, cards=cards, deadlines=later, held="brake")


def album_of(case: Case) -> int:
    """The decision about the album this is a part of (fairness 8); 0 for none."""
    album = case.facts.album_id
    moments = {each.at for each in case.member.recent if album and each.album_id == album}
    standing = case.member.standing
    seen = (*standing.observed, *standing.waiting)
    return next((each.decision_id for each in seen if each.rule == RULE and each.at in moments), 0)


def joined(case: Case, decision_id: int) -> Verdict:
    """A further part goes the way of the first."""
    held = next((each.cause for each in case.member.standing.waiting if each.decision_id == decision_id), "")
    acts = tuple(waiting(each, case, held) for each in delete(case)) if held else delete(case)
    return Verdict(rule=RULE, step="hold", acts=acts, joins_case=decision_id, held=held, set_aside=True)


def told_to_wait(case: Case, policy: Policy, due_at: int) -> Planned:
    until = (("deadline", stamp(due_at, case.group.zone)),)
    return tell(case, policy, "approval", words.of_rule(RULE), until, ())


def card(case: Case) -> Card:
    return Card(CARD, (words.card_head(case, "approval"), words.quote(case)), buttons())


def buttons() -> tuple[tuple[Button, ...], ...]:
    def button(name: str) -> Button:
        return Button(Phrase(f"approval.button_{name}"), f"approval.{name}", "leaders")

    return (button("post"), button("return")), (button("look"),)


def posted(case: Case, policy: Policy, asides: Iterable[Aside], decision_id: int) -> Verdict:
    """Everybody may read it: again under its author's name, and the author hears of it."""
    again = tuple(planned(case, repost(case, each)) for each in asides)
    if not again:
        return NOTHING
    return Verdict(
        rule=RULE, step="settle", acts=(*again, news(case, policy, "approval_posted")), cancels=decision_id
    )  # fmt: skip


def returned(case: Case, policy: Policy, reason: Reason, decision_id: int) -> Verdict:
    """Its author hears why, and may have the text back."""
    keep = words.for_member(case, "approval_text", "approval.text")
    notice = tell(case, policy, "returned", why(reason), buttons=((keep,),))
    return Verdict(rule=RULE, step="settle", acts=(notice,), cancels=decision_id)


def why(reason: Reason) -> Phrase:
    if reason.text:
        return Phrase("conduct.rule_returned_because", (("reason", reason.text), ("issuer", reason.by)))
    return Phrase(f"conduct.rule_returned_{reason.name}")


def repost(case: Case, aside: Aside) -> Repost:
    return Repost(
        author=Mention(case.member.user_id, case.member.name), label=Phrase("approval.label"),
        language=case.group.language, text=aside.text, entities=aside.entities, media=aside.media, thread=aside.thread,
    )  # fmt: skip
