"""Advertisements are recognised by what they say, and a study group's talk is not mistaken for them."""

from datetime import UTC

import pytest

from rules.conduct.case import Case, GroupView, MemberView
from rules.conduct.checks import CHECKS
from rules.conduct.policy import DEFAULTS
from tests.bot.textscan.seeing import SCANNER, SHIPPED, message
from tests.bot.textscan.sentences import ADVERTISEMENTS, INNOCENT, INSULTING, SWINDLES

GROUP = GroupView(1, -100, 1, "07", UTC, "UTC")


def hits(text: str) -> set[str]:
    """By the rules of a group that has chosen nothing; which link is shown to a leader first is no offence."""
    facts = message(text)
    newcomer = MemberView(7, joined_at=facts.at - 60)
    case = Case(facts, SCANNER.scan(facts, SHIPPED), newcomer, GROUP)
    asked = [(name, check) for name, check in CHECKS if getattr(DEFAULTS, name).mode != "off"]
    return {name for name, check in asked if check(case, DEFAULTS).hit}


@pytest.mark.parametrize("text", ADVERTISEMENTS)
def test_an_advertisement_is_recognised(text: str) -> None:
    assert "ad_without_red_packet" in hits(text)


@pytest.mark.parametrize("text", SWINDLES)
def test_a_swindlers_first_message_is_recognised(text: str) -> None:
    assert "scam_newcomer" in hits(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_a_study_groups_talk_offends_no_rule(text: str) -> None:
    assert hits(text) == set()


@pytest.mark.parametrize("text", INSULTING)
def test_an_insult_is_recognised(text: str) -> None:
    assert hits(text) == {"insult"}
