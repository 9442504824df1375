"""Greetings: joins that come together are greeted together (J01)."""

import pytest

from rules.conduct.effects import Mention
from rules.programme.welcome import buttons, due_at, words


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


def test_where_their_text_says_so_the_names_stand_in_it() -> None:
    (own,) = words([Mention(1, "n")], "07营", "学习", "欢迎 {names} 来 {title}")
    assert own.key == "own"
    assert dict(own.params) == {
        "template": "欢迎 {names} 来 {title}", "name_1": Mention(1, "n"), "title": "07营", "group_goal": "学习",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("named_so", "task", "below"),
    [(False, "", []), (True, "", ["name.register"]), (True, "https://t.me/c/1/5", ["name.register", ""])],
)
def test_below_a_greeting_are_the_rules_the_form_for_names_and_todays_prompt(
    named_so: bool, task: str, below: list[str]
) -> None:
    rows = buttons(named_so, task)
    assert [b.action for b in rows[0]] == ["rules.show", "rules.accept"]
    assert [b.action for row in rows[1:] for b in row] == below
    assert [b.url for row in rows for b in row if b.url] == ([task] if task else [])
