"""Floods are counted by the messages' own times; what was asked for is none."""

from typing import Any

from rules.conduct.case import Recent, TextView
from rules.conduct.checks import flooding
from rules.conduct.policy import DEFAULTS
from tests.rules.conduct.checks.make import NOON, PROMPT, case, told


def burst(count: int, *, apart: int = 1, text: int = 0, album: str = "") -> tuple[Recent, ...]:
    """`count` messages before noon, `apart` seconds from each other, oldest first; texts differ unless given."""
    return tuple(Recent(400 - i, NOON - apart * i, text or 1000 + i, album) for i in range(count, 0, -1))


def floods(recent: tuple[Recent, ...], *, folded: str = "", text: int = 5, **more: Any) -> bool:
    return flooding.check(case(TextView(folded, text), member={"recent": recent}, **more), DEFAULTS).hit


def test_eight_messages_in_ten_seconds_are_a_flood_and_seven_are_not() -> None:  # R14
    assert floods(burst(7))
    assert not floods(burst(6))
    assert not floods(burst(7, apart=2))


def test_the_same_text_four_times_in_a_minute_is_a_flood() -> None:
    assert floods(burst(3, apart=15, text=5))
    assert not floods(burst(2, apart=15, text=5))
    assert not floods(burst(3, apart=15, text=6))
    assert not floods(burst(3, apart=30, text=5))


def test_pictures_without_words_are_not_the_same_text() -> None:
    recent = tuple(Recent(400 - i, NOON - 10 * i, 0) for i in range(5, 0, -1))
    assert not floods(recent, text=0)


def test_an_album_is_one_message() -> None:  # fairness 8
    assert not floods(burst(9, apart=0, album="a"), album_id="a")
    assert not floods(burst(9, apart=0, album="a"))
    assert floods(burst(9, apart=0, album="a") + burst(6), album_id="b")


def test_answers_chains_and_lectures_are_no_floods() -> None:  # fairness 8
    assert not floods(burst(9), reply_to=PROMPT)
    assert not floods(burst(9), folded="#接龙 1. 林晓 2. 王宁")
    assert not floods(burst(9), group={"quiet_windows": ((NOON - 60, NOON + 60),)})
    assert floods(burst(9), group={"quiet_windows": ((NOON - 60, NOON),)})


def test_old_messages_that_arrive_late_keep_their_own_times() -> None:  # fairness 5
    assert not floods(burst(9, apart=60))


def test_edits_and_joins_are_no_floods() -> None:
    assert not floods(burst(9), kind="edit")
    assert not floods(burst(9), kind="join")


def test_the_finding_counts_both_ways() -> None:
    finding = flooding.check(case(TextView("", 5), member={"recent": burst(7, text=5)}), DEFAULTS)
    assert told(finding) == {"together": 8, "same_text": 8, "expected": False}
