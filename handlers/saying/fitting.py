"""What an alert of 200 characters can hold: people's names and words give way first, the way out never."""

from collections.abc import Sequence

from bot.texts import LONGEST_ALERT, OWN, Texts
from rules.conduct.effects import Mention, Phrase, Value

UNCUT = 1_000_000
LONGEST_NAME = 24
MORE = Phrase("talk.more_in_private")


def fitting(texts: Texts, words: Sequence[Phrase], language: str) -> tuple[Phrase, ...]:
    """Whole where it fits. Of a reason and a way out the reason is shortened; of a list the end is told elsewhere."""
    lines = tuple(with_short_names(each) for each in words)
    if length(texts, lines, language) <= LONGEST_ALERT:
        return tuple(words) if length(texts, words, language) <= LONGEST_ALERT else lines
    if len(lines) == 2:
        room = LONGEST_ALERT - length(texts, lines[1:], language) - 1
        return (Phrase(OWN, (("template", texts.plain(lines[0], language, max(room, 1))),)), lines[1])
    kept = [(*lines[:count], MORE) for count in range(len(lines) - 1, 0, -1)]
    return next((each for each in kept if length(texts, each, language) <= LONGEST_ALERT), lines)


def length(texts: Texts, words: Sequence[Phrase], language: str) -> int:
    return len(texts.plain(words, language, UNCUT)) if words else 0


def with_short_names(said: Phrase) -> Phrase:
    return Phrase(said.key, tuple((name, shorter(value)) for name, value in said.params))


def shorter(value: Value) -> Value:
    if isinstance(value, Mention) and len(value.name) > LONGEST_NAME:
        return value._replace(name=value.name[: LONGEST_NAME - 1] + "…")
    return value
