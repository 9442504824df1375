"""Presets: known settings with allowed values, and nothing that is first observed is enforced by one."""

from itertools import permutations

import pytest

from rules.conduct.policy import DEFAULTS
from rules.conduct.policy_layers import dump, load, value_of
from rules.conduct.presets import NAMES, PRESETS, difference, named


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_made_of_settings_that_exist(preset: str) -> None:  # N16
    loaded = load([("preset", PRESETS[preset])])
    assert loaded.problems == ()
    assert {key: value_of(loaded.policy, key) for key in PRESETS[preset]} == PRESETS[preset]


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_turns_a_rule_on(preset: str) -> None:
    """What is observed for 48 hours stays observed, and what is off until it is chosen stays off."""
    assert not [key for key in PRESETS[preset] if key.endswith(".mode") or key.startswith("ladder.")]
    assert "ad_without_red_packet.fines" not in PRESETS[preset]


@pytest.mark.parametrize(("first", "second"), list(permutations(PRESETS, 2)))
def test_choosing_another_preset_takes_the_first_back(first: str, second: str) -> None:
    twice = load([("one", PRESETS[first]), ("two", PRESETS[second])]).policy
    assert twice == load([("two", PRESETS[second])]).policy


def test_a_difference_says_only_what_changes() -> None:
    policy = load([("group", PRESETS["camp"])]).policy
    assert difference(policy, "camp") == {}
    changed = difference(policy, "chat")
    assert changed["checkin.enabled"] == (True, False)
    assert load([("was", dump(policy)), ("now", {key: new for key, (_, new) in changed.items()})]).policy == (
        load([("camp", PRESETS["camp"]), ("chat", PRESETS["chat"])]).policy
    )


def test_a_preset_is_known_by_its_names() -> None:
    assert {named(each) for each in NAMES} == set(PRESETS)
    assert named(" T_Camp ") == named("训练营") == "camp"
    assert named("") == named("t_") == named("camps") == ""
    assert difference(DEFAULTS, "camps") == {}
