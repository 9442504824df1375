"""The catalogues themselves: complete in every language, in the voice of the house."""

import pytest

from bot.texts import Texts, visible
from rules.conduct.effects import Phrase
from sandbox.world.markup_html import parse_html
from scripts.traditional import LOCALES, derive

TEXTS = Texts.load(LOCALES, strict=True)
KEYS = sorted(TEXTS.keys("zh_Hans") | TEXTS.keys("en"))


def filled(key: str, language: str) -> str:
    return TEXTS.html(Phrase(key, tuple((name, f"<{name}>") for name in TEXTS.placeholders(key, language))), language)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", TEXTS.languages)
def test_a_sentence_stands_in_every_language_with_the_same_placeholders(key: str, language: str) -> None:
    assert TEXTS.placeholders(key, language) == TEXTS.placeholders(key, "zh_Hans")


def test_the_traditional_sentences_are_what_is_derived_from_the_simplified_ones() -> None:
    stale = [
        path.name for path, text in derive(LOCALES).items() if not path.exists() or path.read_text("utf-8") != text
    ]
    assert not stale, "run `make texts`"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", TEXTS.languages)
def test_a_sentence_parses_as_telegrams_html(key: str, language: str) -> None:  # S2
    markup = filled(key, language)
    assert parse_html(markup)[0] == visible(markup)


@pytest.mark.parametrize("key", KEYS)
def test_members_are_reminded_and_never_punished_in_words(key: str) -> None:  # V08
    assert "罚" not in filled(key, "zh_Hans")
    assert "罰" not in filled(key, "zh_Hant")
    assert "punish" not in filled(key, "en").lower()


@pytest.mark.parametrize("key", KEYS)
def test_a_character_that_is_seldom_meant_was_not_taken_for_one_that_often_is(key: str) -> None:
    assert not set("隻后") & set(filled(key, "zh_Hant")), "say it in locales/zh_Hant/overrides.toml, then `make texts`"
