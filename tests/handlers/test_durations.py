"""Lengths of time and numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.durations import seconds_of
from handlers.reading.numbers import decision_number


@pytest.mark.parametrize(
    ("word", "seconds"),
    [("10m", 600), ("2h", 7200), ("3d", 259200), ("1w", 604800), ("1h30m", 5400), ("10分钟", 600), ("2小时", 7200),
     ("3天", 259200), ("1周", 604800), ("１０Ｍ", 600), ("1个小时", 3600)],
)  # fmt: skip
def test_a_length_of_time_is_understood(word: str, seconds: int) -> None:
    assert seconds_of(word) == seconds


@pytest.mark.parametrize("word", ["", "10", "m", "10x", "-5m", "1.5h", "10m!", "forever", "1" * 9 + "m"])
def test_what_is_no_length_of_time_is_none(word: str) -> None:
    assert seconds_of(word) is None


@given(st.text(max_size=20))
def test_no_word_breaks_the_reading(word: str) -> None:
    assert seconds_of(word) is None or isinstance(seconds_of(word), int)
    assert decision_number(word) is None or isinstance(decision_number(word), int)


@pytest.mark.parametrize("word", ["12", "#12", "第12号", "No.12", "１２"])
def test_a_number_is_understood(word: str) -> None:
    assert decision_number(word) == 12
