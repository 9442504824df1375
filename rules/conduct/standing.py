"""What the books say of one member of one group, computed from entries and never stored as truth."""

from typing import NamedTuple


class RuleStanding(NamedTuple):
    """Events of one rule that still count. `notice_at` is when the last notice was delivered, None while it was not."""

    rule: str
    events: int = 0
    last_event_at: int = 0
    last_decision_id: int = 0
    notice_at: int | None = None
    noticed: bool = False


class OpenFine(NamedTuple):
    """A fine that is neither paid, withdrawn, waived nor void. Times in Unix seconds."""

    fine_id: int
    rule: str
    due_at: int
    overdue: bool = False


class Standing(NamedTuple):
    """Valid (not voided, not expired) entries of a member, summed up.

    `warnings` counts warnings of all rules; `asked_to_leave_at` is None unless an answer is awaited.
    """

    rules: tuple[RuleStanding, ...] = ()
    warnings: int = 0
    fines_total: int = 0
    open_fines: tuple[OpenFine, ...] = ()
    asked_to_leave_at: int | None = None
    nickname_asked_at: int | None = None
    nickname_due_at: int | None = None
    muted_until: int | None = None
    read_only_for: str = ""
    removed: bool = False

    def of(self, rule: str) -> RuleStanding:
        return next((r for r in self.rules if r.rule == rule), RuleStanding(rule))


CLEAN = Standing()
