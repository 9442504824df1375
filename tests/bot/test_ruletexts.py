"""A rule brings its name; what is said of every rule alike is made from it, in every language."""

from pathlib import Path

from bot.ruletexts import for_every_rule
from bot.texts import Texts
from rules.conduct.checks import CHECKS
from rules.conduct.effects import Phrase

TEXTS = Texts.load(Path(__file__).parents[2] / "locales", strict=True)
SEEN = (("seen", "3"), ("text", "AAA"))


def test_a_sentence_for_every_rule_is_said_of_each_by_its_name() -> None:
    written = {"talk.rule_flooding": ("flooding",), "conduct.found_*": ("✓ {rule_first} ({seen}), {rule}",)}
    made = for_every_rule(written)
    assert made["conduct.found_flooding"] == ("✓ Flooding ({seen}), flooding",)
    assert "conduct.found_*" not in made


def test_what_a_rule_says_otherwise_stands_as_it_is() -> None:
    written = {"talk.rule_a": ("a",), "one.x_*": ("{rule}",), "one.x_a": ("own",), "one.plain": ("{rule}",)}
    assert for_every_rule(written) == {"talk.rule_a": ("a",), "one.x_a": ("own",), "one.plain": ("{rule}",)}


def test_every_rule_can_be_explained_listed_and_shown_on_a_card_in_every_language() -> None:
    for language in TEXTS.languages:
        for rule, _ in CHECKS:
            for key in (f"conduct.found_{rule}", f"conduct.missed_{rule}", f"conduct.card_rule_{rule}"):
                assert TEXTS.html(Phrase(key, SEEN), language)
            listed = Phrase(f"letter.case_{rule}", (("number", "1"), ("name", "May")))
            assert TEXTS.html(listed, language)
