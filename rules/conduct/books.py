"""The values of the books: a row as it is read, and a member's standing that rows sum up to."""

from typing import NamedTuple


class RuleStanding(NamedTuple):
    """Events of one rule that still count. `notice_at` is when the last notice was delivered, None while it was not;
    `heard_at` when the person said they had read it.

    `closed`: the matter of the last one was settled, so nothing joins it; `messages` are those that were judged.
    """

    rule: str
    events: int = 0
    last_event_at: int = 0
    last_decision_id: int = 0
    notice_at: int | None = None
    noticed: bool = False
    closed: bool = False
    messages: tuple[int, ...] = ()
    heard_at: int | None = None


class OpenFine(NamedTuple):
    """A fine that is neither paid, withdrawn, waived nor void. Times in Unix seconds."""

    fine_id: int
    rule: str
    due_at: int
    overdue: bool = False
    decision_id: int = 0
    notice_at: int | None = None
    noticed: bool = False


class Seen(NamedTuple):
    """An event of `rule` whose decision was only observed, or waits for `cause`: a leader's word, or the brake."""

    rule: str
    at: int
    decision_id: int
    cause: str = ""


class Standing(NamedTuple):
    """Valid (not voided, not expired) entries of a member, summed up.

    `warned` is the last warning that counts; `pass_until` the end of the last pass, `covered` the messages that passes
    were used for; `removed_at` is when the person was last sent away, `banned` whether they were kept out;
    `nick` is the name that was registered.

    `warnings` counts warnings of all rules; `asked_to_leave_at` is None unless an answer is awaited, `asked` counts the
    times. `read_only` names why the person may only read (`read_only_for` the first of it); `pass_spent_until` is the
    end of the pass that was last used up; `waiting` are decisions a leader was asked about; `paired` are leaders whose
    names resemble the member's, as other leaders know or were told.
    """

    # Stored by position, as all of a case is: a field may come at the end, none may move or go.
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
    asked: int = 0
    asked_notice_at: int | None = None
    nickname_notice_at: int | None = None
    read_only: tuple[str, ...] = ()
    pass_spent_until: int = 0
    observed: tuple[Seen, ...] = ()
    waiting: tuple[Seen, ...] = ()
    warned: RuleStanding | None = None
    pass_until: int = 0
    covered: tuple[int, ...] = ()
    removed_at: int = 0
    banned: bool = False
    nick: str = ""
    paired: tuple[int, ...] = ()

    def of(self, rule: str) -> RuleStanding:
        return next((r for r in self.rules if r.rule == rule), RuleStanding(rule))

    def reading_for(self, reasons: tuple[str, ...]) -> "Standing":
        return self._replace(read_only=reasons, read_only_for=reasons[0] if reasons else "")

    def without(self, reason: str) -> "Standing":
        """The same, no longer read-only for `reason`; what else keeps the person silent stays."""
        return self.reading_for(tuple(r for r in self.read_only if r != reason))


CLEAN = Standing()


class BookRow(NamedTuple):
    """An entry as the books give it back. `entry_id` 0: not written yet.

    `notice_at` is when a notice of its decision was delivered, `noticed` whether it has one at all, `heard_at` when the
    person said they had read it. The books may add
    rows of kind `held` for decisions that wait for a leader, and `braked` for those that wait for the brake: they are
    no entries and vanish with the answer.
    """

    entry_id: int
    decision_id: int
    kind: str
    rule: str = ""
    at: int = 0
    counted: bool = False
    valid_until: int = 0
    due_at: int = 0
    until: int = 0
    ref: int = 0
    notice_at: int | None = None
    noticed: bool = False
    voided: bool = False
    note: str = ""
    heard_at: int | None = None
