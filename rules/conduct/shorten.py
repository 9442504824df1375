"""An appeal that is granted in part: what is left of a decision becomes half as long; the decision itself stands."""

from collections.abc import Sequence
from typing import NamedTuple

from rules.conduct.case import Case
from rules.conduct.effects import Entry, Planned, Readmit
from rules.conduct.ladder import ASKED
from rules.conduct.measures import SHORTEST_MUTE
from rules.conduct.plan import planned, restraint
from rules.conduct.standing import BookRow
from rules.conduct.verdict import NOTHING, Verdict

COUNTING = frozenset(("violation", "reminder", "warning", "ask_to_leave"))


class Shortened(NamedTuple):
    """What there is of one kind: entries, acts, and how the member's sentence about it ends."""

    entries: tuple[Entry, ...] = ()
    acts: tuple[Planned, ...] = ()
    told: str = ""
    until: int = 0


def shorten(decision_id: int, rule: str, entries: Sequence[BookRow], case: Case) -> tuple[Verdict, Shortened]:
    """NOTHING where nothing is left to shorten: a deletion, a name, a fine, whose way out is free at any time.

    A mute ends after half of what is left, a reminder counts half as long, whoever was asked to leave may write and
    need not choose any more, and whoever was removed may come back, while it stays on their record.
    """
    found = [part(decision_id, rule, entries, case) for part in (removed, asked, muted, counted)]
    parts = [each for each in found if each.entries]
    if not parts:
        return NOTHING, Shortened()
    verdict = Verdict(
        rule=rule, step="shorten", entries=tuple(e for each in parts for e in each.entries),
        acts=tuple(act for each in parts for act in each.acts),
    )  # fmt: skip
    return verdict, parts[0]


def removed(_: int, rule: str, entries: Sequence[BookRow], case: Case) -> Shortened:
    """Only while it is this decision by which the person is away."""
    standing = case.member.standing
    mine = any(row.kind == "removal" and row.at == standing.removed_at for row in entries)
    if not (mine and standing.removed):
        return Shortened()
    return Shortened((Entry("readmitted", rule),), (planned(case, Readmit(user_id=case.member.user_id)),), "removed")


def asked(_: int, rule: str, entries: Sequence[BookRow], case: Case) -> Shortened:
    standing = case.member.standing
    if not any(row.kind == "ask_to_leave" and row.at == standing.asked_to_leave_at for row in entries):
        return Shortened()
    free = restraint(case, standing.without(ASKED))
    return Shortened((Entry("stayed", rule), Entry("freed", ASKED)), (free,), "asked")


def muted(_: int, rule: str, entries: Sequence[BookRow], case: Case) -> Shortened:
    """Only while it is this decision by which the person is quiet."""
    standing = case.member.standing
    ends = [row.until for row in entries if row.kind == "mute"]
    if not ends or standing.muted_until != ends[-1] or ends[-1] - case.now <= SHORTEST_MUTE:
        return Shortened()
    until = half_way(case.now, ends[-1], SHORTEST_MUTE)
    act = restraint(case, standing._replace(muted_until=until))
    return Shortened((Entry("mute", rule, until=until),), (act,), "mute", until)


def counted(decision_id: int, rule: str, entries: Sequence[BookRow], case: Case) -> Shortened:
    ends = [row.valid_until for row in entries if row.kind in COUNTING and row.valid_until > case.now]
    if not ends:
        return Shortened()
    until = half_way(case.now, max(ends))
    return Shortened((Entry("shortened", rule, until=until, ref=decision_id),), (), "counts", until)


def half_way(now: int, until: int, least: int = 0) -> int:
    return now + max((until - now) // 2, least)
