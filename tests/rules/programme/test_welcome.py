"""Greetings: joins that come together are greeted together (J01)."""

from rules.conduct.effects import Mention
from rules.programme.welcome import due_at, words


def test_a_wave_waits_for_the_last_but_not_for_ever() -> None:
    assert due_at(1000, 1020, 0, 30, 10) == 1050
    assert due_at(1000, 1500, 0, 30, 10) == 1120


def test_two_greetings_are_ten_minutes_apart() -> None:
    assert due_at(1000, 1000, 900, 30, 10) == 1500


def test_ten_are_named_and_the_rest_is_counted() -> None:
    head = words([Mention(i, f"n{i}") for i in range(12)], "07营", "学习")[0]
    params = dict(head.params)
    assert params["count"] == 2
    assert [k for k in params if k.startswith("name_")] == [f"name_{n}" for n in range(1, 11)]


def test_the_leaders_own_text_stands_in_place_of_ours() -> None:
    keys = [p.key for p in words([Mention(1, "n")], "07营", "学习", "大家好")]
    assert keys == ["programme.welcome_head", "own"]
