"""Points are double entry: nothing appears and nothing is lost."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.merit.checkin import contribution, streak
from rules.merit.transactions import Posting, Transaction, Unbalanced, award, balanced, reversed_by

amounts = st.integers(-10_000, 10_000).filter(bool)


@given(st.integers(1, 10**9), st.integers(1, 10**6))
def test_an_award_sums_to_zero(user: int, points: int) -> None:
    assert sum(p.amount for p in award("k", "grant", user, points).postings) == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), amounts), min_size=1))
def test_only_postings_that_sum_to_zero_are_a_transaction(rows: list[tuple[str, int]]) -> None:
    transaction = Transaction("k", "t", tuple(Posting(a, n) for a, n in rows))
    if sum(n for _, n in rows) == 0:
        assert balanced(transaction) is transaction
    else:
        with pytest.raises(Unbalanced):
            balanced(transaction)


def test_units_never_make_up_for_each_other() -> None:
    with pytest.raises(Unbalanced):
        balanced(Transaction("k", "t", (Posting("a", 5, "points"), Posting("b", -5, "CNY"))))


def test_two_units_in_one_transaction_would_be_an_exchange() -> None:
    """No way from money to points or back: not even where each of them sums to zero."""
    exchange = (Posting("a", 5), Posting("b", -5), Posting("b", 100, "CNY"), Posting("a", -100, "CNY"))
    with pytest.raises(Unbalanced):
        balanced(Transaction("k", "t", exchange))


def test_nothing_and_zero_are_no_transaction() -> None:
    for postings in ((), (Posting("a", 0),)):
        with pytest.raises(Unbalanced):
            balanced(Transaction("k", "t", postings))


@given(st.integers(1, 1000))
def test_a_reversal_leaves_every_balance_as_it_was(points: int) -> None:
    given_points = award("k", "grant", 1, points)
    both = (*given_points.postings, *reversed_by(given_points, "v").postings)
    left = Counter[str]()
    for posting in both:
        left[posting.account] += posting.amount
    assert set(left.values()) == {0}


def test_a_second_check_in_on_one_day_has_the_same_key() -> None:
    assert contribution(1, 2, date(2025, 3, 3), 1).key == contribution(1, 2, date(2025, 3, 3), 5).key


@given(st.sets(st.integers(0, 30)), st.integers(0, 30))
def test_a_streak_counts_days_in_a_row_up_to_today_or_yesterday(offsets: set[int], today: int) -> None:
    first = date(2025, 3, 1)
    count = streak([first + timedelta(days=n) for n in offsets], first + timedelta(days=today))
    last = today if today in offsets else today - 1
    assert all(last - n in offsets for n in range(count))
    assert last - count not in offsets
