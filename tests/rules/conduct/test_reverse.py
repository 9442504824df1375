"""An undo restores books and rights, tells the person and offers the text back (fairness 11)."""

import pytest

from rules.conduct import fines, measures
from rules.conduct.effects import Act, BanSender, Delete, Free, Readmit, Remove, Restrict, Say, SetTag, UnbanSender
from rules.conduct.reverse import Recorded, invites, reverse
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import DAY, HOUR, MEMBER, NOON, Books, acts, case, policy, says

ON = policy()


def recorded(books: Books, number: int, verdict: Verdict, state: str = "done") -> Recorded:
    rows = tuple(row for row in books.rows if row.decision_id == number)
    performed = tuple((planned.act, state) for planned in verdict.acts)
    return Recorded(number, verdict.rule, verdict.step, rows, performed, verdict.set_aside)


def decided(text: str) -> tuple[Books, Verdict]:
    books = Books()
    return books, books.say(text, ON, NOON)


@pytest.mark.parametrize("text", ["insult", "flooding", "scam_newcomer", "nickname_format", "blocked_text"])
def test_the_books_stand_as_before(text: str) -> None:
    books, verdict = decided(text)
    before = Books().standing(NOON + HOUR)
    back = reverse(recorded(books, 1, verdict), books.case(NOON + HOUR), ON, books.rows)
    books.write(back, NOON + HOUR)
    assert books.standing(NOON + HOUR) == before
    assert [(e.kind, e.ref) for e in back.entries] == [("void", 1)]
    assert (back.step, back.cancels) == ("undo", 1)


def test_who_came_back_since_an_earlier_removal_is_let_in_again() -> None:
    books = Books()
    books.write(measures.remove(books.case(NOON), ON, False, ""), NOON)
    back = MEMBER._replace(joined_at=NOON + DAY)
    wrong = measures.remove(books.case(NOON + 2 * DAY, back), ON, True, "")
    books.write(wrong, NOON + 2 * DAY)
    undone = reverse(recorded(books, 2, wrong), books.case(NOON + 3 * DAY, back), ON, books.rows)
    assert acts(undone) == [Readmit]


def test_a_ban_that_stands_again_is_a_ban() -> None:
    books = Books()
    books.write(measures.remove(books.case(NOON), ON, True, ""), NOON)
    readmitted = measures.readmit(books.case(NOON + HOUR), ON)
    books.write(readmitted, NOON + HOUR)
    undone = reverse(recorded(books, 2, readmitted), books.case(NOON + 2 * HOUR), ON, books.rows)
    assert undone.acts[0].act == Remove(user_id=42, ban=True)


def test_who_was_muted_may_write_again_and_is_told() -> None:
    books, verdict = decided("flooding")
    back = reverse(recorded(books, 1, verdict), books.case(NOON + 60), ON, books.rows)
    assert acts(back) == [Free, Say]


def test_what_was_not_done_yet_is_called_off_and_not_undone() -> None:
    books, verdict = decided("flooding")
    back = reverse(recorded(books, 1, verdict, "pending"), books.case(NOON + 60), ON, books.rows)
    assert (back.acts, back.cancels) == ((), 1)


def test_a_text_that_was_set_aside_is_offered_back() -> None:
    books = Books()
    verdict = measures.open_fine(case("ad", member=MEMBER), ON, "")
    number = books.write(verdict, NOON)
    back = reverse(recorded(books, number, verdict), books.case(NOON + 60), ON, books.rows)
    assert [b.action for row in says(back.acts)[-1].buttons for b in row] == ["notice.show", "aside.repost"]


@pytest.mark.parametrize("answer", ["paid", "withdrawn"])
def test_an_ad_that_came_back_or_is_not_wanted_is_not_offered_a_second_time(answer: str) -> None:
    books = Books()
    verdict = measures.open_fine(case("ad", member=MEMBER), ON, "")
    number = books.write(verdict, NOON)
    asked = books.case(NOON + 30)
    fine = asked.member.standing.open_fines[0].fine_id
    settled = fines.paid(asked, ON, fine, None) if answer == "paid" else fines.withdrawn(asked, ON, fine)
    books.write(settled, NOON + 30)
    back = reverse(recorded(books, number, verdict), books.case(NOON + 60), ON, books.rows)
    assert "aside.repost" not in [b.action for row in says(back.acts)[-1].buttons for b in row]


def test_another_mute_is_kept_to_the_second() -> None:
    books = Books()
    books.write(measures.mute(books.case(NOON), ON, 3 * DAY, ""), NOON)
    second = measures.mute(books.case(NOON + 5), ON, 600, "")
    number = books.write(second, NOON + 5)
    back = reverse(recorded(books, number, second), books.case(NOON + 9), ON, books.rows)
    assert back.acts[0].act == Restrict(user_id=42, until=NOON + 3 * DAY)


def test_who_may_only_read_for_another_reason_stays_so() -> None:
    books = Books()
    books.write(measures.ask_to_leave(books.case(NOON), ON), NOON)
    muted = measures.mute(books.case(NOON + 5), ON, 600, "")
    number = books.write(muted, NOON + 5)
    back = reverse(recorded(books, number, muted), books.case(NOON + 9), ON, books.rows)
    assert back.acts[0].act == Restrict(user_id=42)


@pytest.mark.parametrize("started", [True, False])
@pytest.mark.parametrize("status", ["member", "kicked"])
def test_who_was_removed_may_come_back_and_is_invited(started: bool, status: str) -> None:
    books, member = Books(), MEMBER._replace(started_bot=started, status=status)
    verdict = measures.remove(books.case(NOON, member), ON, True, "")
    number = books.write(verdict, NOON)
    back = reverse(recorded(books, number, verdict), books.case(NOON + 60, member), ON, books.rows)
    assert acts(back) == [Readmit]
    assert invites(back, books.case(NOON + 60, member))


@pytest.mark.parametrize("started", [True, False])
def test_who_came_back_by_themselves_only_hears_of_it(started: bool) -> None:
    books, member = Books(), MEMBER._replace(started_bot=started, joined_at=NOON + 30)
    verdict = measures.remove(books.case(NOON, member), ON, False, "")
    number = books.write(verdict, NOON)
    back = reverse(recorded(books, number, verdict), books.case(NOON + 60, member), ON, books.rows)
    assert acts(back) == ([Readmit, Say] if started else [Readmit])
    assert not invites(back, books.case(NOON + 60, member))


def test_a_second_removal_still_stands() -> None:
    books = Books()
    for at in (NOON, NOON + 5):
        verdict = measures.remove(books.case(at), ON, True, "")
        number = books.write(verdict, at)
    back = reverse(recorded(books, number, verdict), books.case(NOON + 9), ON, books.rows)
    assert Readmit not in acts(back)
    assert Remove in acts(back)


@pytest.mark.parametrize(
    ("act", "undone"),
    [
        (BanSender(sender_chat_id=-100), UnbanSender(sender_chat_id=-100)),
        (SetTag(user_id=42, tag="新", before="旧"), SetTag(user_id=42, tag="旧", before="新")),
    ],
)
def test_other_acts_have_their_inverse(act: Act, undone: Act) -> None:
    verdict = reverse(Recorded(3, "", "record", (), ((act, "done"),), False), case(""), ON, ())
    assert [planned.act for planned in verdict.acts] == [undone]


def test_an_observed_decision_has_nothing_to_undo() -> None:
    back = reverse(
        Recorded(3, "insult", "remind", (), ((Delete(message_ids=(5,)), "simulated"),), False), case(""), ON, ()
    )
    assert back.acts == ()
