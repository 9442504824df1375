"""The catalogues themselves: complete in every language, in the voice of the house."""

from collections.abc import Callable

import pytest

from bot.texts import Texts, visible
from rules.conduct.effects import Phrase
from sandbox.world.markup_html import parse_html
from scripts.traditional import LOCALES, derive

TEXTS = Texts.load(LOCALES, strict=True)
KEYS = sorted(TEXTS.keys("zh_Hans") | TEXTS.keys("en"))


def filled(key: str, language: str) -> str:
    return TEXTS.html(Phrase(key, tuple((name, f"<{name}>") for name in TEXTS.placeholders(key, language))), language)


def wrong(holds: Callable[[str], bool]) -> list[str]:
    """The keys of which it does not hold; one test for all of them, because a test each took most of a minute."""
    return [key for key in KEYS if not holds(key)]


@pytest.mark.parametrize("language", TEXTS.languages)
def test_a_sentence_stands_in_every_language_with_the_same_placeholders(language: str) -> None:
    assert not wrong(lambda key: TEXTS.placeholders(key, language) == TEXTS.placeholders(key, "zh_Hans"))


def test_the_traditional_sentences_are_what_is_derived_from_the_simplified_ones() -> None:
    stale = [
        path.name for path, text in derive(LOCALES).items() if not path.exists() or path.read_text("utf-8") != text
    ]
    assert not stale, "run `make texts`"


@pytest.mark.parametrize("language", TEXTS.languages)
def test_a_sentence_parses_as_telegrams_html(language: str) -> None:  # S2
    markup = {key: filled(key, language) for key in KEYS}
    assert not wrong(lambda key: parse_html(markup[key])[0] == visible(markup[key]))


@pytest.mark.parametrize(("language", "word"), [("zh_Hans", "罚"), ("zh_Hant", "罰"), ("en", "punish")])
def test_members_are_reminded_and_never_punished_in_words(language: str, word: str) -> None:  # V08
    assert not wrong(lambda key: word not in filled(key, language).lower())


def test_a_character_that_is_seldom_meant_was_not_taken_for_one_that_often_is() -> None:
    seldom = wrong(lambda key: set("隻后").isdisjoint(filled(key, "zh_Hant")))
    assert not seldom, "say it in locales/zh_Hant/overrides.toml, then `make texts`"
