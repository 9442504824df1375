"""A fine whose end was taken back, that came late, or that was asked for by hand: always with the whole time."""

from collections.abc import Callable

import pytest

from rules.conduct import fines, measures
from rules.conduct.case import Case
from rules.conduct.decide import decide
from rules.conduct.due import due
from rules.conduct.effects import Delete, Remove, Say
from rules.conduct.policy import Policy
from rules.conduct.reverse import Recorded, has_deleted, reopened
from rules.conduct.verdict import NOTHING, Verdict
from tests.rules.conduct.make import CHECKS, DAY, HOUR, MEMBER, NOON, Books, acts, case, kinds, policy, says

AD = "ad_without_red_packet"
Settle = Callable[[Case, Policy, int], Verdict]
FINES = policy(ad_without_red_packet={"fines": True}, ladder={"highest": "remove"})


def opened() -> Books:
    books = Books()
    books.say(AD, FINES, NOON)
    return books


@pytest.mark.parametrize("settle", [fines.withdrawn, fines.waived])
def test_a_fine_whose_end_was_taken_back_can_be_settled_again(settle: Settle) -> None:  # fairness 11
    books, at = opened(), NOON + DAY
    fine = books.standing(NOON).open_fines[0].fine_id
    end = books.write(settle(books.case(NOON + HOUR), FINES, fine), NOON + HOUR)
    ended = tuple(row for row in books.rows if row.decision_id == end)
    books.rows = [row for row in books.rows if row.decision_id != end]
    (again,) = reopened(Recorded(end, AD, "settle", ended, (), False), books.case(at), FINES)
    assert (acts(again), again.joins_case, kinds(again)) == ([Say], 1, [])
    assert [(d.kind, d.due_at) for d in again.deadlines] == [("fine_due", at + DAY)]


def test_what_is_overdue_is_not_opened_again() -> None:
    books = opened()
    books.write(due(books.case(NOON + DAY + 1), "fine_due", 1, FINES), NOON + DAY + 1)
    (fine,) = books.standing(NOON + 2 * DAY).open_fines
    assert fines.reopened(books.case(NOON + 2 * DAY), FINES, fine) == NOTHING


def test_a_decision_that_ended_no_fine_opens_none() -> None:
    assert reopened(Recorded(9, "insult", "remind", (), (), False), opened().case(NOON), FINES) == []


def test_a_notice_that_came_late_moves_the_end_by_as_much() -> None:  # fairness 4
    books = Books()
    books.write(decide(case(AD), FINES, CHECKS), NOON, delivered=False)
    books.rows = [row._replace(notice_at=NOON + 5 * HOUR) for row in books.rows]
    verdict = due(books.case(NOON + DAY), "fine_due", 1, FINES)
    assert (verdict.acts, [d.due_at for d in verdict.deadlines]) == ((), [NOON + 5 * HOUR + DAY])


def test_a_leader_calls_it_an_ad_where_packets_were_agreed_on() -> None:
    verdict = measures.called_an_ad(case(AD), FINES)
    assert (verdict.step, acts(verdict), verdict.set_aside) == ("fine", [Delete, Say], True)


def test_where_none_were_agreed_on_the_ad_goes_and_nothing_counts() -> None:
    unread = case(AD, member=MEMBER._replace(rules_accepted_at=None))
    for made, rules in ((unread, FINES), (case(AD), policy())):
        verdict = measures.called_an_ad(made, rules)
        assert (verdict.step, kinds(verdict)) == ("remind", ["violation", "reminder"])
        assert not any(entry.counted for entry in verdict.entries)
        assert (acts(verdict), verdict.set_aside) == ([Delete, Say], True)


def test_a_channels_ad_goes_and_nobody_is_told_or_counted() -> None:
    verdict = measures.called_an_ad(case(AD, sender="channel", sender_chat_id=-9), FINES)
    assert (acts(verdict), verdict.entries) == ([Delete], ())


def test_nobody_calls_a_leaders_words_an_ad() -> None:
    admin = case(AD, member=MEMBER._replace(status="administrator"))
    assert measures.called_an_ad(admin, FINES) == NOTHING
    assert measures.delete_message(admin, FINES) == NOTHING


def asked_to_leave_and_stayed() -> Books:
    books = opened()
    books.write(due(books.case(NOON + DAY + 1), "fine_due", 1, FINES), NOON + DAY + 1)
    books.write(measures.ask_to_leave(books.case(NOON + 2 * DAY), FINES), NOON + 2 * DAY)
    books.write(measures.stay(books.case(NOON + 2 * DAY + 300), FINES), NOON + 2 * DAY + 300)
    return books


def test_a_further_ad_while_one_is_overdue_ends_the_stay_of_who_was_asked_to_leave() -> None:
    last = asked_to_leave_and_stayed().say(AD, FINES, NOON + 3 * DAY)
    assert (last.step, kinds(last)) == ("remove", ["violation", "removal", "fine_void"])


def test_but_not_before_the_pause_after_the_last_warning_is_over() -> None:  # fairness 1
    at_once = asked_to_leave_and_stayed().say(AD, FINES, NOON + 2 * DAY + 600)
    assert (at_once.step, kinds(at_once)) == ("warn", ["violation", "fine_opened", "warning"])


def test_what_was_done_says_whether_a_message_is_gone() -> None:
    mine, theirs = Delete(message_ids=(5,), own=True), Delete(message_ids=(5,))
    for act, state, gone in ((theirs, "done", True), (theirs, "refused", False), (mine, "done", False)):
        assert has_deleted(Recorded(1, AD, "fine", (), ((act, state),), True)) is gone


def test_the_notice_of_a_leaders_fine_gives_the_leaders_reason() -> None:
    (notice,) = says(measures.open_fine(case(AD), FINES, "下次先说一声").acts)
    assert "下次先说一声" in str(notice.alert)


@pytest.mark.parametrize(("removal", "banned"), [("kick", False), ("ban", True)])
def test_who_goes_for_it_goes_as_the_group_decided(removal: str, banned: bool) -> None:
    rules = policy(ad_without_red_packet={"fines": True}, ladder={"highest": "remove", "removal": removal})
    by_rule = asked_to_leave_and_stayed().say(AD, rules, NOON + 3 * DAY)
    by_leader = measures.warn(asked_to_leave_and_stayed().case(NOON + 3 * DAY), rules, "", "苏禾")
    for verdict in (by_rule, by_leader):
        assert Remove(user_id=42, ban=banned) in [p.act for p in verdict.acts]
        assert [e.note for e in verdict.entries if e.kind == "removal"] == [removal]


def test_where_a_warning_needs_a_person_an_unpaid_fine_only_asks_for_one() -> None:
    gentle = policy(ad_without_red_packet={"fines": True}, ladder={"highest": "remind"})
    verdict = due(opened().case(NOON + DAY + 1), "fine_due", 1, gentle)
    assert (verdict.step, kinds(verdict), verdict.acts) == ("record", ["fine_overdue"], ())
    assert [b.action for row in verdict.cards[0].buttons for b in row] == ["ladder.warn", "case.not_now"]
