"""The letter's arithmetic: when it comes, and which rules proved themselves enough to be offered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from rules.conduct import letter
from rules.conduct.effects import HOUR
from rules.conduct.letter import OFFERABLE, Seen, Tally, doubtful, offer
from rules.conduct.policy import DEFAULTS
from tests.rules.conduct.make import NOON, SHANGHAI

SEEN = st.lists(
    st.builds(Seen, st.integers(1, 10_000), st.sampled_from((*OFFERABLE, "nickname_format")), st.booleans())
)
ZONES = st.builds(lambda hours: timezone(timedelta(hours=hours)), st.integers(-12, 14))


def cases(rule: str, right: int, wrong: int) -> list[Seen]:
    return [Seen(number, rule, number <= wrong) for number in range(1, right + wrong + 1)]


def test_two_wrong_in_nine_are_too_many_and_one_is_not() -> None:  # X07
    assert "insult" not in offer(cases("insult", 7, 2), DEFAULTS).rules
    assert offer(cases("insult", 7, 2), DEFAULTS).doubtful == (Tally("insult", 9, 2),)
    assert "insult" in offer(cases("insult", 8, 1), DEFAULTS).rules
    assert "insult" in offer(cases("insult", 8, 2), DEFAULTS).rules, "two in ten are fewer"
    assert "insult" not in offer(cases("insult", 14, 4), DEFAULTS).rules, "four in eighteen are as many"


def test_of_a_handful_one_that_was_wrong_is_enough() -> None:
    assert doubtful(Tally("flooding", 1, 1))
    assert doubtful(Tally("flooding", 4, 1))
    assert not doubtful(Tally("flooding", 5, 1))


def test_where_nothing_was_seen_all_are_offered() -> None:
    assert offer([], DEFAULTS).rules == OFFERABLE


def test_what_is_enforced_or_off_already_is_not_offered() -> None:
    mixed = replace(
        DEFAULTS, insult=replace(DEFAULTS.insult, mode="enforce"), flooding=replace(DEFAULTS.flooding, mode="off")
    )
    assert offer([], mixed).rules == ("ad_without_red_packet", "blocked_text")


@given(SEEN)
def test_every_rule_is_offered_or_doubted_and_never_both(seen: list[Seen]) -> None:
    found = offer(seen, DEFAULTS)
    assert sorted((*found.rules, *(tally.rule for tally in found.doubtful))) == sorted(OFFERABLE)
    assert all(tally.wrong * 9 >= tally.cases * 2 for tally in found.doubtful)


@given(SEEN)
def test_the_tallies_count_every_case_once(seen: list[Seen]) -> None:
    found = letter.tallies(seen)
    assert sum(tally.cases for tally in found) == len(seen)
    assert sum(tally.wrong for tally in found) == sum(each.wrong for each in seen)
    assert len({tally.rule for tally in found}) == len(found)


@given(SEEN, st.integers(0, 100))
def test_taking_a_mark_back_never_loses_a_rule_and_a_mark_never_wins_one(seen: list[Seen], which: int) -> None:
    if not seen:
        return
    one = seen[which % len(seen)]
    marked = [each._replace(wrong=True) if each is one else each for each in seen]
    cleared = [each._replace(wrong=False) if each is one else each for each in seen]
    assert set(offer(marked, DEFAULTS).rules) <= set(offer(seen, DEFAULTS).rules) <= set(offer(cleared, DEFAULTS).rules)


@given(st.lists(st.integers(), max_size=60))
def test_the_pages_together_are_all_of_it(rows: list[int]) -> None:
    whole = [row for number in range(letter.pages(len(rows))) for row in letter.page(rows, number)[0]]
    assert whole == rows
    assert all(len(letter.page(rows, number)[0]) <= letter.A_PAGE for number in range(letter.pages(len(rows))))


@given(st.lists(st.integers(), max_size=60), st.integers(-5, 50))
def test_a_page_that_is_no_more_is_the_nearest_that_is(rows: list[int], number: int) -> None:
    shown, which = letter.page(rows, number)
    assert 0 <= which < letter.pages(len(rows))
    assert bool(shown) == bool(rows)


@given(st.integers(NOON, NOON + 3 * 24 * HOUR), ZONES)
def test_it_comes_after_two_days_by_day_and_as_soon_as_that(begun: int, zone: timezone) -> None:
    due = letter.due(begun, zone)
    assert 8 <= datetime.fromtimestamp(due, zone).hour < 22
    assert 48 * HOUR <= due - begun <= 58 * HOUR
    there = datetime.fromtimestamp(begun + 48 * HOUR, UTC).astimezone(zone)
    assert (due == begun + 48 * HOUR) == (8 <= there.hour < 22)


def test_a_group_that_began_at_midnight_has_its_letter_at_eight() -> None:
    midnight = NOON + 12 * HOUR
    assert f"{datetime.fromtimestamp(letter.due(midnight, SHANGHAI), SHANGHAI):%H:%M}" == "08:00"
