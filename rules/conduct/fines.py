"""Fines, which members read as 补发: opened, and settled once by packet, withdrawal or a leader's word."""

from typing import Protocol

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.deadlines import deadline, stamp
from rules.conduct.effects import Deadline, Entry, EntryKind, Mention, Phrase, Planned, Repost
from rules.conduct.facts import Entity, Media
from rules.conduct.ladder import valid_until, violation_of
from rules.conduct.plan import delete, news, planned, post
from rules.conduct.policy import Policy
from rules.conduct.standing import OpenFine
from rules.conduct.verdict import NOTHING, Verdict

RULE = "ad_without_red_packet"
WAYS = {"CNY": "fine", "points": "fine_points"}


class Aside(Protocol):
    """A message that was set aside."""

    @property
    def text(self) -> str: ...
    @property
    def entities(self) -> tuple[Entity, ...]: ...
    @property
    def media(self) -> tuple[Media, ...]: ...
    @property
    def thread(self) -> int: ...


def opened(case: Case, policy: Policy, reason: str = "") -> Verdict:
    """The message goes aside; packet or withdrawal within the time, and nothing else happens.

    The first fine is the reminder that does not count.
    """
    terms, kept = policy.ad_without_red_packet, valid_until(case, policy)
    due_at = deadline(case.now, terms.deadline_hours, case.group.zone)
    first = not case.member.standing.of(RULE).events
    reminder = (Entry("reminder", RULE, valid_until=kept),) if first else ()
    fine = Entry(
        "fine_opened", RULE, amount=terms.amount, unit=terms.unit, shares=terms.shares, due_at=due_at, note=reason
    )
    return Verdict(
        rule=RULE,
        step="fine",
        entries=(violation_of(case, policy, RULE), *reminder, fine),
        acts=(*delete(case), notice(case, policy, due_at, reason)),
        deadlines=(Deadline("fine_due", due_at),),
        set_aside=bool(case.facts.message_id),
    )


def notice(case: Case, policy: Policy, due_at: int, reason: str = "") -> Planned:
    """In the group, because the member withdraws and a leader confirms under the same post."""
    terms = policy.ad_without_red_packet
    params: words.Params = (
        ("amount", terms.amount), ("unit", terms.unit), ("shares", terms.shares),
        ("deadline", stamp(due_at, case.group.zone)),
    )  # fmt: skip
    rule = words.of_leader(reason) if reason else words.of_rule(RULE)
    withdraw = words.for_member(case, "withdraw", "fine.withdraw")
    paid = words.for_leaders("paid", "fine.paid")
    way = WAYS.get(terms.unit, "fine_other")
    said = words.four_parts(case, policy, way, rule, params, thanks="fine")
    alone = words.in_short(case, policy, way, rule, params)
    return post(case, said, ((withdraw,), (paid, words.appeal(case))), stays=due_at - case.now, alert=alone)


def paid(case: Case, policy: Policy, fine_id: int, aside: Aside | None) -> Verdict:
    """The packet was given: the ad is posted again under its label. NOTHING if it is settled, here and below."""
    fine = open_fine(case, fine_id)
    if fine is None:
        return NOTHING
    again = () if aside is None else (planned(case, repost(case, aside)),)
    return Verdict(
        rule=fine.rule,
        step="settle",
        entries=(Entry("fine_paid", fine.rule, ref=fine_id),),
        acts=again or (news(case, policy, "fine_paid"),),
        cancels=fine.decision_id,
    )


def withdrawn(case: Case, policy: Policy, fine_id: int) -> Verdict:
    """The member takes the ad back: no cost, no trace on the ladder, and nobody needs to be told."""
    return settled(case, fine_id, "fine_withdrawn", ())


def waived(case: Case, policy: Policy, fine_id: int, reason: str = "") -> Verdict:
    """A leader lets it be: no cost, no trace on the ladder."""
    return settled(case, fine_id, "fine_waived", (news(case, policy, "fine_waived"),), reason)


def settled(case: Case, fine_id: int, kind: EntryKind, told: tuple[Planned, ...], note: str = "") -> Verdict:
    fine = open_fine(case, fine_id)
    if fine is None:
        return NOTHING
    entry = Entry(kind, fine.rule, ref=fine_id, note=note)
    return Verdict(rule=fine.rule, step="settle", entries=(entry,), acts=told, cancels=fine.decision_id)


def reopened(case: Case, policy: Policy, fine: OpenFine) -> Verdict:
    """Its end was taken back: it can be settled again, and there is the whole time for it."""
    if fine.overdue:
        return NOTHING
    due_at = max(deadline(case.now, policy.ad_without_red_packet.deadline_hours, case.group.zone), fine.due_at)
    return Verdict(
        rule=RULE, step="record", acts=(notice(case, policy, due_at),), deadlines=(Deadline("fine_due", due_at),),
        joins_case=fine.decision_id,
    )  # fmt: skip


def repost(case: Case, aside: Aside) -> Repost:
    return Repost(
        author=Mention(case.member.user_id, case.member.name), label=Phrase("conduct.label_ad"),
        language=case.group.language, text=aside.text, entities=aside.entities, media=aside.media, thread=aside.thread,
    )  # fmt: skip


def open_fine(case: Case, fine_id: int) -> OpenFine | None:
    return next((fine for fine in case.member.standing.open_fines if fine.fine_id == fine_id), None)


def fine_of(case: Case, decision_id: int) -> OpenFine | None:
    return next((fine for fine in case.member.standing.open_fines if fine.decision_id == decision_id), None)
