"""Words of distress and of complaint are found as people type them; sayings of every day are none of them."""

import tomllib
from pathlib import Path

import pytest

from bot.textscan import Scanner
from rules.conduct.facts import Entity, Facts
from rules.conduct.policy import DEFAULTS, Policy
from rules.conduct.policy_rules import BlockedText, Insult

SENTENCES = tomllib.loads(Path(__file__).with_name("care_sentences.toml").read_text("utf-8"))
DISTRESS, EVERYDAY = SENTENCES["distress"], SENTENCES["everyday"]
COMPLAINTS, NO_COMPLAINTS = SENTENCES["complaints"], SENTENCES["no_complaints"]

SCANNER = Scanner.build()
LISTS = SCANNER.compile_lists(DEFAULTS)


def heard(text: str, policy: Policy = DEFAULTS, **more: object) -> set[str]:
    lists = LISTS if policy is DEFAULTS else SCANNER.compile_lists(policy)
    facts = Facts(1, "message", -100, 7, 0, text=text, **more)  # type: ignore[arg-type]
    return {name for name, _ in SCANNER.scan(facts, lists).lists if name.startswith("care.")}


def test_there_are_sixty_of_each() -> None:
    assert len(set(DISTRESS)) >= 60
    assert len(set(EVERYDAY)) >= 60


@pytest.mark.parametrize("text", DISTRESS)
def test_distress_is_heard(text: str) -> None:  # F07
    assert "care.distress" in heard(text)


@pytest.mark.parametrize("text", EVERYDAY)
def test_sayings_are_no_distress(text: str) -> None:  # F07
    assert "care.distress" not in heard(text)


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_is_heard(text: str) -> None:  # F07
    assert "care.complaint" in heard(text)


@pytest.mark.parametrize("text", NO_COMPLAINTS + EVERYDAY)
def test_praise_and_small_talk_are_no_complaint(text: str) -> None:  # F07
    assert "care.complaint" not in heard(text)


def test_no_setting_of_a_group_makes_it_deaf() -> None:  # F7
    deaf = Policy(insult=Insult(shipped_words=False), blocked_text=BlockedText(allow=("我不想活了", "投诉")))
    assert heard("我不想活了，我要投诉", deaf) == {"care.distress", "care.complaint"}


def test_words_inside_a_quotation_are_marked_as_such() -> None:  # F7
    assert heard("他写道：「我不想活了」") == {"care.distress.quoted"}
    quoted = (Entity("blockquote", 0, 5),)
    assert heard("我不想活了\n课文第三段", entities=quoted) == {"care.distress.quoted"}
