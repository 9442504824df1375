"""Names are asked of those who joined after the rule began, and whatever suffices suffices."""

from typing import Any

import pytest

from rules.conduct.case import TextView
from rules.conduct.checks import nickname_format
from tests.rules.conduct.checks.make import DAY, NOON, case, policy, told

ON = policy("nickname_format", mode="enforce")
WRONG = TextView(names=(("老赵", False),))
BEGAN: dict[str, Any] = {"rule_began": {"nickname_format": NOON - 5 * DAY}}
NEW: dict[str, Any] = {"joined_at": NOON - DAY}


def asked(view: TextView = WRONG, **more: Any) -> bool:
    return nickname_format.check(case(view, **{"member": NEW, "group": BEGAN, **more}), ON).hit


def test_a_wrong_name_is_asked_about_on_join_and_on_messages() -> None:  # J03
    assert asked()
    assert asked(kind="join", member={"joined_at": None})


def test_a_right_name_is_not() -> None:
    assert not asked(TextView(names=(("老赵", True),)))


@pytest.mark.parametrize(
    "member",
    [
        {"joined_at": None},
        {"joined_at": NOON - 6 * DAY},
        {**NEW, "nick": "07营-赵-上海"},
        {**NEW, "nick_exempt": True},
    ],
)
def test_whoever_was_here_before_or_has_settled_it_is_left_alone(member: dict[str, Any]) -> None:  # fairness 2, 9
    assert not asked(member=member)


def test_a_rule_that_never_began_asks_nobody() -> None:
    assert not asked(group={"rule_began": {}})
    assert not nickname_format.check(case(WRONG, member=NEW, group=BEGAN), policy("nickname_format", mode="off")).hit
    assert not asked(TextView())


def test_tags_count_only_where_the_group_uses_them() -> None:
    tagged = TextView(names=(("老赵", False), ("07营-赵-上海", True)))
    assert asked(tagged, tag="07营-赵-上海")
    assert not asked(tagged, tag="07营-赵-上海", group={**BEGAN, "uses_tags": True})


def test_a_leaders_tag_does_not_spoil_a_right_name() -> None:
    view = TextView(names=(("老赵", True), ("班长", False)))
    assert not asked(view, tag="班长", group={**BEGAN, "uses_tags": True})


def test_the_finding_tells_the_name_and_why_it_was_let_be() -> None:
    finding = nickname_format.check(case(WRONG, member={**NEW, "nick_exempt": True}, group=BEGAN), ON)
    assert told(finding) == {"name": "老赵", "fits": False, "nick": "", "exempt": True, "asked": True}
