"""Leaders, members, rules and time in any order: no orphan sanction, nothing below zero, undo restores (Q2)."""

from typing import NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from rules.conduct import fines, measures
from rules.conduct.decide import decide
from rules.conduct.due import due
from rules.conduct.effects import Act, Free, Readmit, Remove, Restrict
from rules.conduct.reverse import Recorded, reverse
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import CHECKS, DAY, HOUR, MEMBER, NOON, Books, case, policy

RULES = policy(ladder={"highest": "remove"}, ad_without_red_packet={"fines": True})


class Done(NamedTuple):
    decision_id: int
    verdict: Verdict


class Telegram:
    """One member as Telegram has them."""

    def __init__(self) -> None:
        self.silent_until = 0
        self.removed = False

    def perform(self, act: Act) -> None:
        match act:
            case Restrict(until=until):
                self.silent_until = until or 1 << 62
            case Free():
                self.silent_until = 0
            case Remove():
                self.removed = True
            case Readmit():
                self.removed = False
            case _:
                pass


class OneMember(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.books = Books()
        self.telegram = Telegram()
        self.done: list[Done] = []

    def take(self, verdict: Verdict) -> None:
        if not verdict.stands:
            return
        number = self.books.write(verdict, self.now)
        for planned in verdict.acts:
            if not planned.held:
                self.telegram.perform(planned.act)
        if not verdict.joins_case and not verdict.held:
            self.done.append(Done(number, verdict))

    def lately(self) -> None:
        self.now += 2

    @rule(text=st.sampled_from(["insult", "flooding", "ad_without_red_packet", "scam_newcomer", "nickname_format"]))
    def speaks(self, text: str) -> None:
        self.lately()
        member = MEMBER._replace(standing=self.books.standing(self.now), joined_at=self.now - HOUR)
        self.take(decide(case(text, at=self.now, member=member), RULES, CHECKS))

    @rule()
    def warned(self) -> None:
        self.lately()
        self.take(measures.warn(self.books.case(self.now), RULES, "", "苏禾"))

    @rule(seconds=st.integers(0, 3 * DAY))
    def muted(self, seconds: int) -> None:
        self.lately()
        self.take(measures.mute(self.books.case(self.now), RULES, seconds, ""))

    @rule()
    def unmuted(self) -> None:
        self.lately()
        self.take(measures.unmute(self.books.case(self.now), RULES))

    @rule()
    def removed(self) -> None:
        self.lately()
        self.take(measures.remove(self.books.case(self.now), RULES, True, ""))

    @rule()
    def readmitted(self) -> None:
        self.lately()
        self.take(measures.readmit(self.books.case(self.now), RULES))

    @rule()
    def pardoned(self) -> None:
        self.lately()
        self.take(measures.pardon(self.books.case(self.now), RULES))

    @rule(stays=st.booleans())
    def answers(self, stays: bool) -> None:
        self.lately()
        answer = measures.stay if stays else measures.leave
        self.take(answer(self.books.case(self.now), RULES))

    @rule()
    def mends_the_name(self) -> None:
        self.lately()
        self.take(measures.name_fixed(self.books.case(self.now), RULES))

    @precondition(lambda self: self.books.standing(self.now).open_fines)
    @rule(how=st.sampled_from(["paid", "withdrawn", "waived"]))
    def settles(self, how: str) -> None:
        self.lately()
        case = self.books.case(self.now)
        number = case.member.standing.open_fines[0].fine_id
        if how == "paid":
            self.take(fines.paid(case, RULES, number, None))
        else:
            settle = fines.withdrawn if how == "withdrawn" else fines.waived
            self.take(settle(case, RULES, number))
        assert number not in [fine.fine_id for fine in self.books.standing(self.now).open_fines]

    @rule(hours=st.sampled_from([1, 2, 24, 48, 24 * 22]))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR
        for decision_id, verdict in list(self.done):
            for deadline in verdict.deadlines:
                if deadline.due_at <= self.now:
                    here = MEMBER._replace(last_seen=self.now)
                    self.take(due(self.books.case(self.now, here), deadline.kind, decision_id, RULES))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def taken_back(self, data: st.DataObject) -> None:
        self.lately()
        undone = data.draw(st.sampled_from(self.done))
        self.done.remove(undone)
        entries = tuple(row for row in self.books.rows if row.decision_id == undone.decision_id)
        acts = tuple((planned.act, "done") for planned in undone.verdict.acts)
        decided = Recorded(
            undone.decision_id, undone.verdict.rule, undone.verdict.step, entries, acts, undone.verdict.set_aside
        )
        without = [row for row in self.books.rows if row.decision_id != undone.decision_id]
        verdict = reverse(decided, self.books.case(self.now), RULES, self.books.rows)
        self.take(verdict)
        self.done = [done for done in self.done if done.verdict is not verdict]
        expected = Books()
        expected.rows = without
        assert self.books.standing(self.now) == expected.standing(self.now)

    @invariant()
    def no_sanction_is_an_orphan(self) -> None:
        """Telegram silences whom the books silence, as long, and nobody else."""
        standing = self.books.standing(self.now)
        means = 1 << 62 if standing.read_only else standing.muted_until or 0
        assert (means if means > self.now else 0) == (
            self.telegram.silent_until if self.telegram.silent_until > self.now else 0
        )
        assert standing.removed == self.telegram.removed

    @invariant()
    def nothing_is_below_zero(self) -> None:
        standing = self.books.standing(self.now)
        assert min(standing.warnings, standing.asked, standing.fines_total) >= 0
        assert len(standing.open_fines) <= standing.fines_total


TestOneMember = OneMember.TestCase
TestOneMember.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
