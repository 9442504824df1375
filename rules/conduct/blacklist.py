"""Kept out of all groups of one owner: what that does to a person in one of them, and what its end does."""

from collections.abc import Collection, Sequence

from rules.conduct import ladder
from rules.conduct.brakes import braked
from rules.conduct.case import Case
from rules.conduct.effects import Button, Card, Entry, Phrase, Planned, Readmit
from rules.conduct.findings import Finding
from rules.conduct.plan import alone, delete, planned, privately
from rules.conduct.policy import Policy
from rules.conduct.protection import protected
from rules.conduct.standing import BookRow, sum_up
from rules.conduct.verdict import NOTHING, Verdict
from rules.conduct.words import Params, aim, appeal, known_of

RULE, SUGGESTION = "blacklist", "blacklist_suggested"
LIFT, KEEP = "blacklist.lift", "blacklist.keep"
PRESENT = frozenset(("member", "restricted"))


def removal(case: Case, policy: Policy, said: Params, *, told: bool, absent: bool = False) -> Verdict:
    """NOTHING for whoever is protected, or not there; `absent` shuts the door also on who is gone. `said` is reason and
    end; of all groups it is told in one."""
    if protected(case, policy) or not (absent or case.member.status in PRESENT):
        return NOTHING
    unseen = case._replace(member=case.member._replace(started_bot=False))
    gone = delete(case)
    so_far = Verdict(rule=RULE, acts=gone, set_aside=bool(gone))
    made = ladder.remove(unseen, policy, True, Phrase("blacklist.notice", said), so_far)
    reaches = told and case.member.started_bot
    return made._replace(acts=(*made.acts, notice(case, policy, said))) if reaches else made


def notice(case: Case, policy: Policy, said: Params) -> Planned:
    """In four parts, in private alone: no next time is promised, but an end and a second look."""
    known = known_of(case, policy, said)
    why, way = Phrase("blacklist.notice", known), Phrase("blacklist.way", known)
    whole = (Phrase("conduct.thanks_remove", known), why, way, aim(policy, known))
    return privately(alone(case, policy, whole, (why, way), ((appeal(case),),)))


def came_in(case: Case, policy: Policy, said: Params, number: int) -> Verdict:
    """Somebody on the list came by another way: out again, within the brakes, and leaders read it."""
    made = removal(case, policy, said, told=True)
    if not made.stands:
        return NOTHING
    name = case.member.name or str(case.member.user_id)
    words = Phrase("blacklist.card", (("name", name), *said, ("number", number)))
    found = Finding(RULE, True, (("entry", number),))
    return braked(case, policy, made._replace(findings=(found,), cards=(Card(RULE, (words,), buttons(number)),)))


def buttons(number: int) -> tuple[tuple[Button, ...], ...]:
    """The first is asked of officers, for it opens all groups."""
    lift = Button(Phrase("blacklist.button_lift"), LIFT, "leaders", ref=number)
    return (lift,), (Button(Phrase("blacklist.button_keep"), KEEP, "leaders", ref=number),)


def judging(number: int) -> tuple[tuple[Button, ...], ...]:
    """Under a leader's suggestion."""
    yes = Button(Phrase("blacklist.button_accept"), "blacklist.accept", "officers", ref=number)
    return ((yes, Button(Phrase("blacklist.button_refuse"), "blacklist.refuse", "officers", ref=number)),)


def number_in(words: tuple[Phrase, ...]) -> int:
    """Of which entry a card speaks: its sentence says so."""
    return next((value for each in words for name, value in each.params if name == "number" and type(value) is int), 0)


def back(case: Case, policy: Policy, rows: Sequence[BookRow], own: Collection[int], *, told: bool) -> Verdict:
    """It is over: the door is open again, and whoever can be written to hears so in private. Where somebody else's ban
    keeps them out it stays shut, and only what the list itself decided (`own`) means nothing any more."""
    left = sum_up((row for row in rows if row.decision_id not in own), case.now)
    if left.removed and left.banned and (case.member.joined_at or 0) <= left.removed_at:
        return Verdict(rule=RULE, step="free", entries=tuple(Entry("void", RULE, ref=number) for number in own))
    said = (Phrase("blacklist.over", known_of(case, policy)), aim(policy, known_of(case, policy)))
    news = (privately(alone(case, policy, said, said[:1], ())),) if told and case.member.started_bot else ()
    opened = planned(case, Readmit(user_id=case.member.user_id))
    return Verdict(rule=RULE, step="free", entries=(Entry("readmitted"),), acts=(opened, *news))
