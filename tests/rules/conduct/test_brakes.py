"""Brakes: 5 % of the group an hour, at least 3, at most 10; then verdicts are held and one card asks (fairness 3)."""

from typing import Any

import pytest

from rules.conduct import measures
from rules.conduct.brakes import limit, spends
from rules.conduct.decide import decide
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import CHECKS, GROUP, HOUR, MEMBER, NOON, Books, case, policy

ON = policy()


def after_measures(count: int, rules: Policy = ON, text: str = "insult", everywhere: int = 0, **group: Any) -> Verdict:
    held = GROUP._replace(measures=(NOON - 60,) * count, measures_all=(NOON - 60,) * max(count, everywhere))
    return decide(case(text)._replace(group=held._replace(**group)), rules, CHECKS)


@pytest.mark.parametrize(("members", "most"), [(0, 3), (40, 3), (100, 5), (200, 10), (9000, 10)])
def test_the_limit_is_a_share_with_bounds(members: int, most: int) -> None:
    assert limit(ON.brakes, members) == most
    assert not after_measures(most - 1, member_count=members).held
    assert after_measures(most, member_count=members).held == "brake"


@pytest.mark.parametrize("text", ["insult", "blocked_text", "flooding", "scam_newcomer"])
def test_beyond_it_everything_waits_and_a_card_asks(text: str) -> None:
    verdict = after_measures(10, text=text)
    assert verdict.held == "brake"
    assert [card.kind for card in verdict.cards] == ["brake"]
    assert {planned.held for planned in verdict.acts} == {"brake"}


def test_one_card_asks_not_one_a_case() -> None:
    assert after_measures(11, brake_asked=True).cards == ()


def test_a_leaders_yes_lifts_the_brake() -> None:
    assert not after_measures(50, brake_lifted_until=NOON + 1).held
    assert after_measures(50, brake_lifted_until=NOON).held == "brake"


def test_measures_of_an_hour_ago_are_over() -> None:
    old = GROUP._replace(measures=(NOON - HOUR,) * 50)
    assert not decide(case("insult")._replace(group=old), ON, CHECKS).held


def test_the_installation_has_a_brake_of_its_own() -> None:
    assert after_measures(0, everywhere=30).held == "brake"
    assert not after_measures(0, everywhere=29).held


def test_what_is_only_observed_needs_no_brake() -> None:
    verdict = after_measures(50, policy("observe"))
    assert (verdict.mode, verdict.held) == ("observe", "")


def test_good_news_spends_nothing() -> None:
    assert not spends(measures.unmute(case(""), ON))
    assert not spends(measures.pardon(case(""), ON))
    assert spends(decide(case("insult"), ON, CHECKS))


def test_the_kind_question_for_a_name_is_no_measure_and_a_warning_without_a_deletion_is_one() -> None:
    assert not after_measures(10, text="nickname_format").held
    assert spends(measures.warn(case(""), ON, "", "苏禾"))


def test_a_leader_removes_five_an_hour_and_is_then_asked_again() -> None:
    assert not measures.remove(case(""), ON, True, "", removals_last_hour=4).held
    sixth = measures.remove(case(""), ON, True, "", removals_last_hour=5)
    assert (sixth.held, [card.kind for card in sixth.cards]) == ("person_brake", ["person_brake"])
    assert all(planned.held == "person_brake" for planned in sixth.acts)
    assert measures.ban_sender(case(""), ON, -100555, removals_last_hour=5).held == "person_brake"


def test_a_fine_and_a_reminder_without_a_deletion_are_measures() -> None:
    rules = policy(insult={"delete": False}, ad_without_red_packet={"fines": True})
    assert spends(decide(case("insult"), rules, CHECKS))
    assert spends(decide(case("ad_without_red_packet"), rules, CHECKS))
    assert not spends(decide(case("insult"), policy("observe"), CHECKS))
    assert not spends(after_measures(10))


def test_where_a_leader_is_asked_already_the_rest_waits_for_the_same_answer() -> None:
    low = policy(ladder={"highest": "remind", "pause_minutes": 60})
    books = Books()
    books.say("insult", low, NOON - 2 * HOUR)
    again = case("insult", member=MEMBER._replace(standing=books.standing(NOON)))
    full = again._replace(group=GROUP._replace(measures=(NOON - 60,) * 10))
    verdict = decide(full, low, CHECKS)
    assert (verdict.held, [card.kind for card in verdict.cards]) == ("leader", ["ladder"])
    assert {planned.held for planned in verdict.acts} == {"leader"}
