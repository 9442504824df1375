"""Layers of settings become one policy; every mistake is told with its key, its value and what is allowed."""

import subprocess
import sys
from typing import get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.conduct.policy import DEFAULTS
from rules.conduct.policy_layers import (
    PolicyError,
    build,
    dump,
    fingerprint,
    keys,
    load,
    merge,
    parse_value,
    types,
    value_of,
)
from rules.conduct.policy_ranges import RANGES
from tests.rules.conduct.wording import WHOLE


def test_no_layers_give_the_defaults() -> None:
    loaded = load([])
    assert loaded.policy == DEFAULTS
    assert loaded.problems == ()
    assert set(loaded.origin.values()) == {"defaults"}


def test_a_later_layer_wins_and_is_named_as_the_origin() -> None:
    camp = {"ladder": {"persuade_at": 3, "valid_days": 7}}
    loaded = load([("camp", camp), ("group", {"ladder": {"persuade_at": 4}})])
    assert (loaded.policy.ladder.persuade_at, loaded.policy.ladder.valid_days) == (4, 7)
    assert loaded.origin["ladder.persuade_at"] == "group"
    assert loaded.origin["ladder.valid_days"] == "camp"
    assert loaded.origin["ladder.removal"] == "defaults"


def test_lists_replace_and_never_add_up() -> None:
    loaded = load([("camp", {"insult": {"words": ["a", "b"]}}), ("group", {"insult": {"words": ["c"]}})])
    assert loaded.policy.insult.words == ("c",)


def test_a_dotted_key_means_the_same_as_a_table() -> None:
    nested, dotted = {"ladder": {"persuade_at": 5}}, {"ladder.persuade_at": 5}
    assert load([("group", dotted)]).policy == load([("group", nested)]).policy != DEFAULTS


def test_all_mistakes_of_all_layers_are_told_at_once() -> None:
    camp = {"ladder": {"persuade_at": -1, "higest": "warn"}, "flooding": {"mode": "enforced"}}
    group = {"brakes": {"percent": "5"}, "nikname_format": {"mode": "off"}, "checkin": {"prompt_at": "25:00"}}
    problems = {problem.key: problem for problem in load([("camp", camp), ("group", group)]).problems}
    assert set(problems) == {"ladder.persuade_at", "ladder.higest", "flooding.mode", "brakes.percent",
                             "nikname_format.mode", "checkin.prompt_at"}  # fmt: skip
    assert problems["ladder.persuade_at"].allowed == "a whole number from 1 to 100"
    assert problems["ladder.higest"].hint == "ladder.highest"
    assert problems["flooding.mode"].hint == "enforce"
    assert problems["flooding.mode"].allowed == "off | observe | enforce"
    assert problems["nikname_format.mode"].hint == "nickname_format.mode"
    assert problems["checkin.prompt_at"].value == "25:00"
    assert {problem.layer for problem in problems.values()} == {"camp", "group"}


def test_a_wrong_value_leaves_what_the_layer_below_said() -> None:
    loaded = load([("camp", {"flooding": {"messages": 20}}), ("group", {"flooding": {"messages": 0}})])
    assert loaded.policy.flooding.messages == 20
    assert loaded.origin["flooding.messages"] == "camp"


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"ladder": 5}, "ladder"),
        ({"ladder": {"persuade_at": {"deep": 1}}}, "ladder.persuade_at.deep"),
        ({"ladder": {"persuade_at": {}}}, "ladder.persuade_at"),
        ({"colour": {}}, "colour"),
        ({"exempt": {"user_ids": ["12"]}}, "exempt.user_ids"),
        ({"exempt": {"user_ids": 12}}, "exempt.user_ids"),
        ({"insult": {"words": "abc"}}, "insult.words"),
        ({"insult": {"delete": 1}}, "insult.delete"),
        ({"flooding": {"messages": True}}, "flooding.messages"),
        ({"flooding": {"messages": 8.0}}, "flooding.messages"),
        ({"ladder": {"removal": None}}, "ladder.removal"),
        ({"nickname_format": {"pattern": " "}}, "nickname_format.pattern"),
        ({"nickname_format": {"deadline_hours": 23}}, "nickname_format.deadline_hours"),
        ({"nickname_format": {"remind_hours": 24}}, "nickname_format.remind_hours"),
        ({"brakes": {"least": 11}}, "brakes.least"),
    ],
)
def test_what_cannot_be_is_refused_by_its_key(table: dict[str, object], key: str) -> None:
    assert [problem.key for problem in load([("group", table)]).problems] == [key]


def test_a_problem_says_itself_in_one_line() -> None:
    (problem,) = load([("group", {"ladder": {"persuadeat": 2}})]).problems
    assert str(problem) == (
        "ladder.persuadeat = 2 (group): allowed is one of the known settings; did you mean ladder.persuade_at?"
    )


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("ladder.persuade_at", " 3 ", 3),
        ("insult.delete", "关", False),
        ("welcome.enabled", "YES", True),
        ("flooding.mode", "enforce", "enforce"),
        ("insult.words", "蠢,笨、 傻，", ("蠢", "笨", "傻")),
        ("blocked_text.patterns", r'["a{1,2}", "b"]', ("a{1,2}", "b")),
        ("exempt.user_ids", "1, 2", (1, 2)),
        ("notices.group_goal", "一起读书", "一起读书"),
        ("checkin.prompt_at", "07:05", "07:05"),
    ],
)
def test_a_value_is_read_as_people_write_it(key: str, text: str, value: object) -> None:
    assert parse_value(key, text) == value


@pytest.mark.parametrize(
    ("key", "text", "hint"),
    [
        ("ladder.persuade_at", "two", ""),
        ("ladder.persuade_at", "9" * 5000, ""),
        ("flooding.mode", "observ", "observe"),
        ("flod.mode", "off", "flooding.mode"),
        ("persuade_at", "2", "ladder.persuade_at"),
        ("insult.delete", "perhaps", ""),
        ("blocked_text.patterns", "[1]", ""),
        ("blocked_text.patterns", "[" * 3000, ""),
    ],
)
def test_a_value_that_cannot_be_used_names_what_was_meant(key: str, text: str, hint: str) -> None:
    with pytest.raises(PolicyError) as refused:
        parse_value(key, text)
    assert refused.value.problem.key == key
    assert refused.value.problem.hint == hint
    assert refused.value.problem.allowed


def test_every_number_and_every_text_has_its_range() -> None:
    limited = {key for key, kind in types().items() if kind in (int, str)}
    assert limited == set(RANGES)


def test_the_defaults_are_within_their_ranges() -> None:
    assert load([("defaults", dump(DEFAULTS))]).problems == ()


def test_reading_a_value_by_its_key() -> None:
    assert value_of(DEFAULTS, "ladder.highest") == "warn"
    with pytest.raises(PolicyError, match=r"ladder\.highest"):
        value_of(DEFAULTS, "ladder.hihgest")


def value_for(key: str) -> st.SearchStrategy[object]:
    kind = types()[key]
    if key.startswith("notice_texts."):
        return st.sampled_from(("", WHOLE))
    if get_args(kind) and get_origin(kind) is not tuple:
        return st.sampled_from(get_args(kind))
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(RANGES[key].least, RANGES[key].most)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        named = st.sampled_from(get_args(inner)) if get_args(inner) else st.text(max_size=5)
        return st.lists(st.integers() if inner is int else named, max_size=3)
    return st.from_regex(RANGES[key].form, fullmatch=True) if RANGES[key].form else st.text(max_size=8)


SETTINGS = st.sampled_from(keys()).flatmap(lambda key: st.tuples(st.just(key), value_for(key)))
LAYERS = st.lists(SETTINGS, max_size=8).map(dict)


@given(LAYERS, LAYERS, LAYERS)
def test_merging_is_associative(a: dict[str, object], b: dict[str, object], c: dict[str, object]) -> None:
    assert merge(merge(a, b), c) == merge(a, merge(b, c)) == merge(a, b, c)


@given(LAYERS, LAYERS)
def test_two_layers_are_worth_their_merger(a: dict[str, object], b: dict[str, object]) -> None:
    assert load([("a", a), ("b", b)]).policy == load([("both", merge(a, b))]).policy


@given(LAYERS, SETTINGS)
def test_the_last_word_is_what_counts(below: dict[str, object], above: tuple[str, object]) -> None:
    key, value = above
    held = value_of(load([("a", below), ("b", {key: value})]).policy, key)
    assert held == (tuple(value) if isinstance(value, list) else value)


@given(LAYERS)
def test_a_dumped_policy_loads_as_itself(layer: dict[str, object]) -> None:
    policy = load([("a", layer)]).policy
    assert load([("dumped", dump(policy))]).policy == policy
    assert build({}) == DEFAULTS


@given(LAYERS, LAYERS)
def test_equal_policies_have_equal_fingerprints_and_others_do_not(a: dict[str, object], b: dict[str, object]) -> None:
    first, second = load([("a", a)]).policy, load([("b", b)]).policy
    assert (fingerprint(first, "1") == fingerprint(second, "1")) == (first == second)
    assert fingerprint(first, "1") != fingerprint(first, "2")


def test_the_fingerprint_is_the_same_in_another_process() -> None:
    program = "from rules.conduct import policy, policy_layers as p; print(p.fingerprint(policy.DEFAULTS, 'x'))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == fingerprint(DEFAULTS, "x")


def test_severe_rules_are_names_of_rules() -> None:
    assert parse_value("ladder.severe_rules", "insult、blocked_text") == ("insult", "blocked_text")
    with pytest.raises(PolicyError) as refused:
        parse_value("ladder.severe_rules", "insult, blocked_txt")
    assert refused.value.problem.hint == "blocked_text"
    assert "scam_newcomer" in refused.value.problem.allowed
