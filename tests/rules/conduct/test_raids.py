"""Who belongs to a wave of people joining at once: by their own times, whatever order they are told in."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.conduct.policy import DEFAULTS
from rules.conduct.protection import PROTECTED_STATUS
from rules.conduct.raids import Join, asked, removal, wave
from rules.conduct.verdict import NOTHING
from tests.rules.conduct.make import NOON, case

LEAST, SECONDS = 4, 10


def came(*times: int) -> list[Join]:
    return [Join(number, f"P{number}", at) for number, at in enumerate(times, 1)]


@given(st.permutations(came(*range(0, 400, 3), 1000, 1001, 1002)), st.integers(2, 8), st.integers(1, 40))
def test_whoever_came_with_enough_others_within_the_time_is_of_the_wave(
    joins: list[Join], least: int, seconds: int
) -> None:
    """Against the definition, word by word."""
    starts = [join.at for join in joins]
    windows = [[j for j in joins if start <= j.at <= start + seconds] for start in starts]
    expected = {j.user_id for window in windows if len(window) >= least for j in window}
    found = wave(joins, least, seconds)
    assert {join.user_id for join in found} == expected
    assert len(found) == len(expected)
    assert [join.at for join in found] == sorted(join.at for join in found)


@given(st.lists(st.integers(0, 200), max_size=40))
def test_a_wave_never_takes_in_somebody_who_came_alone(times: list[int]) -> None:
    for join in wave(came(*times), LEAST, SECONDS):
        assert sum(abs(at - join.at) <= SECONDS for at in times) >= LEAST


def test_one_fewer_is_no_wave_and_somebody_later_is_not_of_it() -> None:
    assert wave(came(0, 3, 6), LEAST, SECONDS) == []
    assert [join.user_id for join in wave(came(0, 3, 6, 10, 21), LEAST, SECONDS)] == [1, 2, 3, 4]


def test_the_question_does_nothing_to_anybody() -> None:
    verdict = asked(case(), DEFAULTS, came(NOON - 3, NOON - 2, NOON))
    assert (verdict.rule, verdict.step, verdict.acts, verdict.entries) == ("raid", "hold", (), ())
    (card,) = verdict.cards
    assert [button.action for row in card.buttons for button in row] == ["lockdown.begin", "raid.ask", "raid.let_be"]
    assert {button.audience for row in card.buttons for button in row} == {"leaders"}
    assert dict(card.words[0].params)["n"] == 3


def test_only_newcomers_whom_nothing_protects_are_removed() -> None:
    known = case()
    gone = removal(known, DEFAULTS)
    assert (gone.step, [type(plan.act).__name__ for plan in gone.acts]) == ("remove", ["Remove"])
    kept: list[dict[str, Any]] = [{"status": status} for status in (*PROTECTED_STATUS, "left", "kicked")]
    for change in (*kept, {"roles": frozenset({"volunteer"})}, {"nick": "07营-林晓"}, {"nick_exempt": True}):
        assert removal(known._replace(member=known.member._replace(**change)), DEFAULTS) == NOTHING
