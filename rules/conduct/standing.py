"""What the books say of one member of one group, computed from entries and never stored as truth."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rules.conduct.books import CLEAN, BookRow, OpenFine, RuleStanding, Seen, Standing

if TYPE_CHECKING:
    from rules.conduct.verdict import Verdict

__all__ = ["CLEAN", "BookRow", "OpenFine", "RuleStanding", "Seen", "Standing", "after", "rows_of", "sum_up"]

# What is not written yet comes after all that is.
UNWRITTEN = 1 << 62
# As long as the notice that asks somebody to leave may take (`ladder.ask`).
TOLD_WITHIN = 3600
RESEMBLING = "impersonates_staff"
WAITING = {"leader": "held", "brake": "braked"}


def sum_up(rows: Iterable[BookRow], now: int) -> Standing:
    """The standing at `now`; the order of `rows` does not matter."""
    known = tuple(rows)
    if not known:
        return CLEAN
    void = frozenset(r.ref for r in known if r.kind == "void" and not r.voided)
    pardoned = frozenset(r.ref for r in known if r.kind == "pardon" and r.ref and r.decision_id not in void)
    over = frozenset(r.ref for r in known if r.kind == "shortened" and r.until <= now and r.decision_id not in void)
    valid = [r for r in known if _stands(r, void, pardoned | over, now)]
    return _fold(CLEAN, sorted(valid, key=_order), now)


def after(standing: Standing, verdict: "Verdict", decision_id: int, at: int) -> Standing:
    """What the next message of the same batch must see.

    A `void` and the pardon of one decision need the books; they never come from a batch.
    """
    if verdict.held:
        waits = BookRow(0, decision_id, WAITING.get(verdict.held, ""), verdict.rule, at)
        return standing if verdict.joins_case else _fold(standing, (waits,), at)
    rows = rows_of(verdict, decision_id, at)
    return _fold(standing, [row for row in rows if not _is_over(row, at)], at) if rows else standing


def rows_of(verdict: "Verdict", decision_id: int, at: int) -> tuple[BookRow, ...]:
    """The rows `verdict` will have in the books, before anything was delivered."""
    noticed = verdict.notifies
    return tuple(
        BookRow(
            0, decision_id, e.kind, e.rule, at, e.counted, e.valid_until, e.due_at, e.until, e.ref, None, noticed,
            note=e.note,
        )
        for e in verdict.entries
    )  # fmt: skip


def _stands(row: BookRow, void: frozenset[int], pardoned: frozenset[int], now: int) -> bool:
    if row.voided or row.decision_id in void or _is_over(row, now):
        return False
    return not (row.decision_id in pardoned and row.kind in PARDONED) and not _never_began(row, now)


def _never_began(row: BookRow, now: int) -> bool:
    """Whoever was asked to leave may only read from the moment they were told, if that comes in time."""
    untold = row.noticed and row.notice_at is None and now >= row.at + TOLD_WITHIN
    return untold and row.kind == "read_only" and row.rule == "ask_to_leave"


def _is_over(row: BookRow, now: int) -> bool:
    return 0 < row.valid_until <= now


def _order(row: BookRow) -> tuple[int, int]:
    return row.at, row.entry_id or UNWRITTEN


def _fold(standing: Standing, rows: Iterable[BookRow], now: int) -> Standing:
    for row in rows:
        change = CHANGES.get(row.kind)
        if change is not None:
            standing = change(standing, row)
    if standing.muted_until is not None and standing.muted_until <= now:
        standing = standing._replace(muted_until=None)
    return standing


def _violation(s: Standing, row: BookRow) -> Standing:
    known = s.of(row.rule)
    judged = (*known.messages, row.ref) if row.ref else known.messages
    new = RuleStanding(
        row.rule, known.events + 1, row.at, row.decision_id, row.notice_at, row.noticed, False, judged, row.heard_at
    )  # fmt: skip
    return s._replace(rules=tuple(sorted([*(r for r in s.rules if r.rule != row.rule), new])))


def _warning(s: Standing, row: BookRow) -> Standing:
    if not row.counted:
        return s
    last = RuleStanding(
        row.rule, s.warnings + 1, row.at, row.decision_id, row.notice_at, row.noticed, heard_at=row.heard_at
    )
    return s._replace(warnings=last.events, warned=last)


def _asked_to_leave(s: Standing, row: BookRow) -> Standing:
    return s._replace(asked=s.asked + 1, asked_to_leave_at=row.at, asked_notice_at=row.notice_at)


def _stayed(s: Standing, row: BookRow) -> Standing:
    return s._replace(asked_to_leave_at=None, asked_notice_at=None)


def _removed(s: Standing, row: BookRow) -> Standing:
    return _stayed(s, row)._replace(removed=True, removed_at=row.at, banned=row.note == "ban")


def _readmitted(s: Standing, row: BookRow) -> Standing:
    return s._replace(removed=False, banned=False)


def _muted(s: Standing, row: BookRow) -> Standing:
    return s._replace(muted_until=row.until)


def _read_only(s: Standing, row: BookRow) -> Standing:
    return s.reading_for((*s.without(row.rule).read_only, row.rule))


def _freed(s: Standing, row: BookRow) -> Standing:
    """`rule` names what was lifted: a reason to be read-only, or "" for a mute."""
    return s.without(row.rule) if row.rule else s._replace(muted_until=None)


def _fine_opened(s: Standing, row: BookRow) -> Standing:
    fine = OpenFine(row.entry_id, row.rule, row.due_at, False, row.decision_id, row.notice_at, row.noticed)
    return s._replace(fines_total=s.fines_total + 1, open_fines=(*s.open_fines, fine))


def _fine_overdue(s: Standing, row: BookRow) -> Standing:
    fines = tuple(f._replace(overdue=True) if f.fine_id == row.ref else f for f in s.open_fines)
    return s._replace(open_fines=fines)


def _fine_settled(s: Standing, row: BookRow) -> Standing:
    over = {f.decision_id for f in s.open_fines if f.fine_id == row.ref}
    rules = tuple(r._replace(closed=True) if r.last_decision_id in over else r for r in s.rules)
    return s._replace(open_fines=tuple(f for f in s.open_fines if f.fine_id != row.ref), rules=rules)


def _nickname_asked(s: Standing, row: BookRow) -> Standing:
    return s._replace(nickname_asked_at=row.at, nickname_due_at=row.due_at, nickname_notice_at=row.notice_at)


def _nickname_settled(s: Standing, row: BookRow) -> Standing:
    return s._replace(nickname_asked_at=None, nickname_due_at=None, nickname_notice_at=None)


def _nick_registered(s: Standing, row: BookRow) -> Standing:
    return _nickname_settled(s, row)._replace(nick=row.note)


def _pass_used(s: Standing, row: BookRow) -> Standing:
    covered = (*s.covered, row.ref) if row.ref else s.covered
    return s._replace(pass_spent_until=max(s.pass_spent_until, row.until), covered=covered)


def _pass_granted(s: Standing, row: BookRow) -> Standing:
    return s._replace(pass_until=max(s.pass_until, row.until))


def _pardoned(s: Standing, row: BookRow) -> Standing:
    """Without `ref`: all that counted until now counts no more."""
    return s if row.ref else s._replace(rules=(), warnings=0, asked=0, warned=None)


def _observed(s: Standing, row: BookRow) -> Standing:
    paired = (*s.paired, row.ref) if row.rule == RESEMBLING and row.ref not in s.paired else s.paired
    return s._replace(observed=_latest(s.observed, row), paired=paired)


def _waits(s: Standing, row: BookRow) -> Standing:
    return s._replace(waiting=_latest(s.waiting, row, "leader"))


def _braked(s: Standing, row: BookRow) -> Standing:
    return s._replace(waiting=_latest(s.waiting, row, "brake"))


def _latest(seen: tuple[Seen, ...], row: BookRow, cause: str = "") -> tuple[Seen, ...]:
    return tuple(sorted([*(x for x in seen if x.rule != row.rule), Seen(row.rule, row.at, row.decision_id, cause)]))


# A fine, a mute and a removal are ended by entries of their own.
PARDONED = frozenset(("violation", "reminder", "warning", "ask_to_leave"))

# What is not named here (a reminder, a name asked again) is on record and changes nothing.
CHANGES: dict[str, Callable[[Standing, BookRow], Standing]] = {
    "violation": _violation,
    "warning": _warning,
    "ask_to_leave": _asked_to_leave,
    "stayed": _stayed,
    "removal": _removed,
    "readmitted": _readmitted,
    "mute": _muted,
    "read_only": _read_only,
    "freed": _freed,
    "fine_opened": _fine_opened,
    "fine_overdue": _fine_overdue,
    "fine_paid": _fine_settled,
    "fine_withdrawn": _fine_settled,
    "fine_waived": _fine_settled,
    "fine_void": _fine_settled,
    "nickname_asked": _nickname_asked,
    "nickname_settled": _nickname_settled,
    "nick_registered": _nick_registered,
    "pass_used": _pass_used,
    "pass_granted": _pass_granted,
    "pardon": _pardoned,
    "observed": _observed,
    "held": _waits,
    "braked": _braked,
}
