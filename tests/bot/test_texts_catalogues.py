"""The catalogues themselves: complete in both languages, in the voice of the house."""

from pathlib import Path

import pytest

from bot.texts import Texts, visible
from rules.conduct.effects import Phrase
from sandbox.world.markup_html import parse_html

TEXTS = Texts.load(Path(__file__).parents[2] / "locales", strict=True)
KEYS = sorted(TEXTS.keys("zh_Hans") | TEXTS.keys("en"))


def filled(key: str, language: str) -> str:
    return TEXTS.html(Phrase(key, tuple((name, f"<{name}>") for name in TEXTS.placeholders(key, language))), language)


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_stands_in_both_languages_with_the_same_placeholders(key: str) -> None:
    assert TEXTS.placeholders(key, "zh_Hans") == TEXTS.placeholders(key, "en")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", TEXTS.languages)
def test_a_sentence_parses_as_telegrams_html(key: str, language: str) -> None:  # S2
    markup = filled(key, language)
    assert parse_html(markup)[0] == visible(markup)


@pytest.mark.parametrize("key", KEYS)
def test_members_are_reminded_and_never_punished_in_words(key: str) -> None:  # V08
    assert "罚" not in filled(key, "zh_Hans")
    assert "punish" not in filled(key, "en").lower()
