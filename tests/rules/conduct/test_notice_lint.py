"""A group's own text for a notice has four parts and no blame; ours as well, in every language (R18, V01–V08)."""

from pathlib import Path

import pytest

from bot.texts import Texts
from rules.conduct.effects import Phrase
from rules.conduct.notice_lint import WAYS, Part, problems
from rules.conduct.policy_layers import PolicyError, checked
from tests.rules.conduct.wording import WHOLE

TEXTS = Texts.load(Path(__file__).parents[3] / "locales", strict=True)
ENGLISH = "Thank you for taking part, {name}. {reason} {way} Looking forward to {goal} together!"
KEYS = [key.removeprefix("conduct.") for key in sorted(TEXTS.keys("zh_Hans")) if key.startswith("conduct.")]
RULES = [key.removeprefix("rule_") for key in KEYS if key.startswith("rule_")]
NOTICES = [key.removeprefix("way_") for key in KEYS if key.startswith("way_")]
THANKS = {"ask_to_leave_care": "ask_to_leave", "fine_points": "fine", "fine_other": "fine"}
# Every way out with one rule, and every rule with one way out.
SHIPPED = [(THANKS.get(way, way), "insult", way) for way in NOTICES] + [("warn", rule, "warn") for rule in RULES]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("template", [WHOLE, ENGLISH])
def test_a_text_with_all_four_parts_is_kept(template: str, way: str) -> None:
    assert problems(template, way) == ()
    assert checked(f"notice_texts.{way}", template) == template


@pytest.mark.parametrize(
    ("template", "missing"),
    [
        ("{name}，{reason}{way}期待和你一起{goal}！", "thanks"),
        ("谢谢{name}。{rule}。{way}期待和你一起{goal}！", "rule"),
        ("谢谢{name}。{reason}期待和你一起{goal}！", "way"),
        ("谢谢{name}。{reason}期待和你一起{goal}！{way}再见。", "aim"),
    ],
)
def test_a_missing_part_is_named_with_an_example(template: str, missing: Part) -> None:  # V01, V04, V05, V07
    (problem,) = problems(template, "remind")
    assert problem.part == missing
    assert problem.example in str(problem)
    with pytest.raises(PolicyError, match="such as"):
        checked("notice_texts.remind", template)


@pytest.mark.parametrize("word", ["罚", "违规", "You violated", "penalty", "警告"])
def test_a_word_of_blame_is_refused(word: str) -> None:  # V03, V08
    (problem,) = problems(f"{word}。{WHOLE}", "warn")
    assert problem.part == "blame"
    assert problem.found.lower() in word.lower()


def test_a_placeholder_that_would_stay_empty_is_refused() -> None:
    assert [each.found for each in problems(WHOLE + "{n}和你一起", "remove")] == ["n"]
    assert problems(WHOLE + "{n}和你一起", "warn") == ()


def test_nothing_written_means_ours() -> None:
    assert checked("notice_texts.warn", "") == ""


@pytest.mark.parametrize("language", TEXTS.languages)
@pytest.mark.parametrize(("thanks", "rule", "way"), SHIPPED)
def test_what_is_shipped_passes_as_well(thanks: str, rule: str, way: str, language: str) -> None:
    keys = (f"thanks_{thanks}", f"rule_{rule}", f"way_{way}", "aim")
    assert problems(said(language, *keys), way) == ()


def said(language: str, *keys: str) -> str:
    """As a group would write it: what stands for the reason of the group is its goal."""
    return "\n".join(as_template(f"conduct.{key}", language) for key in keys)


def as_template(key: str, language: str) -> str:
    filled = tuple((name, f"⟨{name}⟩") for name in TEXTS.placeholders(key, language))
    return TEXTS.plain(Phrase(key, filled), language, 2000).replace("⟨group_goal⟩", "{goal}")
