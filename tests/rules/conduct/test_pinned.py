"""What a group began with, read by a newer program: nothing it enforces changes by itself."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.conduct import pinned
from rules.conduct.policy import DEFAULTS, Policy
from rules.conduct.policy_layers import Loaded, dump, keys, load, value_of

NOW = dict(pinned.of_program())
KNOWN = st.sets(st.sampled_from(keys()))


def read(began: dict[str, Any], *above: tuple[str, dict[str, Any]]) -> Loaded:
    return load([("defaults", pinned.layer(began)), *above])


def without(*lost: str) -> dict[str, Any]:
    return {key: value for key, value in NOW.items() if key not in lost}


def test_what_it_began_with_today_is_what_the_program_says() -> None:
    assert read(NOW).policy == DEFAULTS
    assert pinned.differences(read(NOW)) == ()


def test_another_default_of_then_still_holds() -> None:
    loaded = read({**NOW, "flooding.messages": 20})
    assert loaded.policy.flooding.messages == 20
    assert loaded.origin["flooding.messages"] == "defaults"
    assert pinned.differences(loaded) == (pinned.Difference("flooding.messages", 20, 8),)


def test_a_rule_that_it_did_not_know_is_off_and_other_new_settings_are_the_programs() -> None:
    loaded = read(without("scam_newcomer.mode", "scam_newcomer.hours"))
    assert (loaded.policy.scam_newcomer.mode, loaded.policy.scam_newcomer.hours) == ("off", 24)
    found = pinned.differences(loaded)
    assert found == (pinned.Difference("scam_newcomer.mode", "off", "enforce"),)
    assert pinned.begins(found) == ("scam_newcomer",)


def test_what_the_program_no_longer_knows_is_left_out_without_a_word() -> None:
    loaded = read({**NOW, "forgotten.mode": "enforce", "insult.forgotten": 3})
    assert (loaded.policy, loaded.problems) == (DEFAULTS, ())


def test_what_a_group_or_the_installation_has_set_stands_above_and_is_not_offered() -> None:
    began = {**NOW, "flooding.messages": 20, "raid.joins": 50}
    loaded = read(began, ("config.toml", {"raid": {"joins": 30}}), ("group", {"flooding.messages": 12}))
    assert (loaded.policy.flooding.messages, loaded.policy.raid.joins) == (12, 30)
    assert pinned.differences(loaded) == ()


@given(KNOWN)
def test_a_newer_program_enforces_nothing_that_the_older_did_not(known: set[str]) -> None:
    policy = read({key: NOW[key] for key in known} or {"rules_text": []}).policy
    for key in keys():
        if key.endswith(".mode"):
            expected = value_of(DEFAULTS, key) if key in known else "off"
            assert value_of(policy, key) == expected


@given(KNOWN)
def test_taking_the_new_ones_leaves_no_difference(known: set[str]) -> None:
    before = read({key: NOW[key] for key in known} or {"rules_text": []})
    taken = {each.key: each.after for each in pinned.differences(before)}
    after: Policy = read(NOW).policy
    assert all(value_of(after, key) == value for key, value in taken.items())


def test_the_fingerprint_depends_on_the_settings_alone() -> None:
    assert pinned.mark(dump(DEFAULTS)) == pinned.mark(dict(reversed(NOW.items()))) == pinned.mark_of_program()
    assert pinned.mark({**NOW, "flooding.messages": 20}) != pinned.mark_of_program()


def test_a_group_that_began_before_settings_were_kept_has_none_of_its_own() -> None:
    assert pinned.layer({}) == {}
    assert read({}).policy == DEFAULTS
