"""A known member whose account suddenly sends fraud: put aside, quiet for a day, asked about, never removed."""

from typing import Any

import pytest

from rules.conduct.case import MemberView, Signal
from rules.conduct.decide import decide
from rules.conduct.effects import DAY, Delete, Remove, Restrict, Say
from rules.conduct.policy import Policy
from rules.conduct.standing import after
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import GROUP, MEMBER, NOON, case, policy

ENFORCED = policy("enforce")
SEVERE = (Signal("fraud.task", "刷单", severe=True), Signal("fraud.loan", "秒批", severe=True))
OLD = MEMBER._replace(joined_at=NOON - 20 * DAY, messages=40)


def fraud(member: MemberView, rules: Policy = ENFORCED, signals: tuple[Signal, ...] = SEVERE, **facts: Any) -> Verdict:
    made = case("日结高薪", member=member, **facts)
    return decide(made._replace(view=made.view._replace(signals=signals)), rules)


def test_the_message_goes_aside_and_the_account_is_quiet_for_a_day() -> None:  # X04
    verdict = fraud(OLD)
    assert (verdict.rule, verdict.step, verdict.set_aside) == ("hijacked_member", "mute", True)
    kinds = [type(plan.act) for plan in verdict.acts]
    assert kinds == [Delete, Restrict, Say]
    assert [plan.act.until for plan in verdict.acts if isinstance(plan.act, Restrict)] == [NOON + DAY]
    assert not any(entry.counted for entry in verdict.entries)
    assert not any(isinstance(plan.act, Remove) for plan in verdict.acts)


def test_the_card_gives_it_back_or_removes_by_a_press_and_the_person_may_appeal() -> None:  # X04
    verdict = fraud(OLD)
    (card,) = verdict.cards
    assert [button.action for row in card.buttons for button in row] == ["case.undo", "ladder.remove"]
    (notice,) = [plan.act for plan in verdict.acts if isinstance(plan.act, Say)]
    assert "appeal.open" in [button.action for row in notice.buttons for button in row]


@pytest.mark.parametrize(
    ("member", "known"),
    [
        (MEMBER._replace(joined_at=NOON - 8 * DAY, messages=0), True),
        (MEMBER._replace(joined_at=NOON - 6 * DAY, messages=11), True),
        (MEMBER._replace(joined_at=NOON - 6 * DAY, messages=10), False),
        (MEMBER._replace(joined_at=None, messages=1), True),
        (MEMBER._replace(joined_at=None, messages=0), False),
        (MEMBER._replace(joined_at=GROUP.bot_joined_at - DAY, messages=3), True),
    ],
)
def test_only_whom_the_group_knows_is_meant(member: MemberView, known: bool) -> None:  # X04
    assert (fraud(member).rule == "hijacked_member") == known


def test_one_severe_word_is_not_enough() -> None:  # X04
    assert fraud(OLD, signals=SEVERE[:1]).rule != "hijacked_member"


def test_in_the_first_days_it_is_only_observed() -> None:  # X04, X07
    verdict = fraud(OLD, policy("observe"))
    assert (verdict.rule, verdict.mode) == ("hijacked_member", "observe")
    assert all(plan.simulated for plan in verdict.acts)


def test_more_of_it_goes_the_same_way_and_asks_nobody_again() -> None:  # X04
    first = fraud(OLD)
    standing = after(OLD.standing, first, 9, NOON)
    second = fraud(OLD._replace(standing=standing), at=NOON + 60)
    assert (second.joins_case, second.cards) == (9, ())
    assert [type(plan.act) for plan in second.acts] == [Delete]


def test_even_a_rule_that_skips_the_ladder_removes_nobody_here() -> None:  # X04
    rules = policy("enforce", ladder={"severe_rules": ("hijacked_member",), "highest": "remove"})
    assert not any(isinstance(plan.act, Remove) for plan in fraud(OLD, rules).acts)
