"""What is shortened lasts half as long, says so by entries of its own, and goes with what it shortened."""

import pytest

from rules.conduct import measures
from rules.conduct.effects import Free, Readmit, Restrict
from rules.conduct.reverse import Recorded, reverse
from rules.conduct.shorten import shorten
from rules.conduct.standing import BookRow
from rules.conduct.verdict import NOTHING, Verdict
from tests.rules.conduct.make import DAY, HOUR, MEMBER, NOON, Books, acts, policy

ON = policy()


def rows(books: Books, number: int) -> list[BookRow]:
    return [row for row in books.rows if row.decision_id == number]


def shortened(books: Books, number: int, at: int, rule: str = "") -> tuple[Verdict, str, int]:
    verdict, what = shorten(number, rule, rows(books, number), books.case(at))
    return verdict, what.told, what.until


def test_a_mute_ends_after_half_of_what_is_left() -> None:  # R23
    books = Books()
    number = books.write(measures.mute(books.case(NOON), ON, 10 * HOUR, ""), NOON)
    verdict, told, until = shortened(books, number, NOON + 2 * HOUR)
    assert (told, until) == ("mute", NOON + 6 * HOUR)
    assert verdict.acts[0].act == Restrict(user_id=42, until=NOON + 6 * HOUR)
    books.write(verdict, NOON + 2 * HOUR)
    assert books.standing(NOON + 5 * HOUR).muted_until == NOON + 6 * HOUR
    assert books.standing(NOON + 6 * HOUR).muted_until is None


def test_only_the_mute_that_holds_is_shortened() -> None:  # R23
    books = Books()
    first = books.write(measures.mute(books.case(NOON), ON, HOUR, ""), NOON)
    books.write(measures.mute(books.case(NOON + 5), ON, 10 * HOUR, ""), NOON + 5)
    assert shortened(books, first, NOON + 60)[0] == NOTHING


def test_a_warning_counts_half_as_long() -> None:  # R23
    books = Books()
    number = books.write(measures.warn(books.case(NOON), ON, "", "苏禾"), NOON)
    verdict, told, until = shortened(books, number, NOON)
    assert (told, until) == ("counts", NOON + ON.ladder.valid_days * DAY // 2)
    books.write(verdict, NOON)
    assert books.standing(until - 1).warnings == 1
    assert books.standing(until).warnings == 0


def test_whoever_was_asked_to_leave_may_write_and_need_not_choose() -> None:  # R23
    books = Books()
    number = books.write(measures.ask_to_leave(books.case(NOON), ON), NOON)
    verdict, told, _ = shortened(books, number, NOON + 60)
    books.write(verdict, NOON + 60)
    standing = books.standing(NOON + 61)
    assert (told, standing.read_only, standing.asked_to_leave_at, standing.warnings) == ("asked", (), None, 1)
    assert Free in acts(verdict)


def test_whoever_was_removed_may_come_back_and_it_stays_on_record() -> None:  # R23
    books = Books()
    number = books.write(measures.remove(books.case(NOON), ON, True, ""), NOON)
    verdict, told, _ = shortened(books, number, NOON + 60)
    assert (told, acts(verdict)) == ("removed", [Readmit])
    books.write(verdict, NOON + 60)
    assert not books.standing(NOON + 61).removed


def test_what_a_later_decision_did_is_not_shortened_with_an_earlier_one() -> None:  # R23
    books = Books()
    first = books.write(measures.remove(books.case(NOON), ON, False, ""), NOON)
    books.write(measures.readmit(books.case(NOON + 60), ON), NOON + 60)
    books.write(measures.remove(books.case(NOON + 120), ON, True, ""), NOON + 120)
    assert shortened(books, first, NOON + 180)[0] == NOTHING
    asked = Books()
    first = asked.write(measures.ask_to_leave(asked.case(NOON), ON), NOON)
    asked.write(measures.stay(asked.case(NOON + 60), ON), NOON + 60)
    asked.write(measures.ask_to_leave(asked.case(NOON + DAY), ON), NOON + DAY)
    assert shortened(asked, first, NOON + DAY + 60)[1] == "counts"


@pytest.mark.parametrize("text", ["nickname_format", "ad_without_red_packet"])
def test_where_nothing_is_left_nothing_is_shortened(text: str) -> None:  # R23
    books = Books()
    books.say(text, ON, NOON)
    verdict, _, _ = shortened(books, 1, NOON + 100 * DAY)
    assert verdict == NOTHING


def test_a_shortening_goes_with_what_it_shortened() -> None:  # R23
    books = Books()
    muted = measures.mute(books.case(NOON), ON, 10 * HOUR, "")
    number = books.write(muted, NOON)
    verdict, _, _ = shortened(books, number, NOON + 60)
    also = books.write(verdict, NOON + 60)
    done = tuple((each.act, "done") for each in (*muted.acts, *verdict.acts))
    entries = (*rows(books, number), *rows(books, also))
    known = Recorded(number, "", "mute", entries, done, False, user_id=MEMBER.user_id, also=(also,))
    back = reverse(known, books.case(NOON + 120), ON, books.rows)
    assert [entry.ref for entry in back.entries] == [number, also]
    assert back.acts[0].act == Free(user_id=42)
    books.write(back, NOON + 120)
    assert books.standing(NOON + 121) == Books().standing(NOON + 121)
