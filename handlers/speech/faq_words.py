"""`关键词 => 答案` taken apart: which words, how they are looked for, what is answered; refused with the reason."""

import re
from typing import NamedTuple

from bot.speech.replies import BETWEEN_WORDS
from bot.storage.replies import Kind
from bot.textscan import PatternError, Scanner
from bot.textscan.patterns import compile_pattern
from handlers.saying.answers import catalogue
from rules.conduct.effects import Phrase

in_faq = catalogue("faq")

ARROW = re.compile(r"\s*(?:=>|=》|＝>|＝》|→|⇒|->)\s*")
BETWEEN = re.compile(r"[、|｜,，]")
MOST_REPLIES, MOST_WORDS = 100, 10
SHORTEST_WORD, LONGEST_WORD, LONGEST_ANSWER = 2, 60, 1000
WHOLE = ("=", "＝")
NAMED = re.compile(r"(?:模式|模組|pattern)\s*[:：]", re.IGNORECASE)


class Wanted(NamedTuple):
    """`pattern` as it is kept: words separated by 、, or a pattern."""

    kind: Kind
    pattern: str
    answer: str


def taken_apart(text: str, scanner: Scanner) -> Wanted | Phrase:
    """What is to be answered, or the sentence about what is wrong with it. Raises PatternError."""
    left, arrow, answer = split(text)
    if not arrow or not left:
        return in_faq("usage")
    return with_answer(asked_for(left, scanner), answer)


def split(text: str) -> tuple[str, bool, str]:
    found = ARROW.search(text)
    if found is None:
        return text.strip(), False, ""
    return text[: found.start()].strip(), True, text[found.end() :].strip()


def with_answer(wanted: Wanted | Phrase, answer: str) -> Wanted | Phrase:
    if isinstance(wanted, Phrase):
        return wanted
    if len(answer) > LONGEST_ANSWER:
        return in_faq("answer_too_long", n=LONGEST_ANSWER)
    return wanted._replace(answer=answer)


def asked_for(left: str, scanner: Scanner) -> Wanted | Phrase:
    """The words alone: `=词` is a whole message, `/…/` or `模式：…` a pattern, all else is looked for anywhere."""
    if (pattern := pattern_in(left)) is not None:
        compile_pattern(pattern, scanner.table)
        return Wanted("pattern", pattern, "")
    kind: Kind = "whole" if left.startswith(WHOLE) else "contains"
    words = [word for each in BETWEEN.split(left.lstrip("=＝")) if (word := " ".join(each.split()))]
    folded = [scanner.fold(word).strip() for word in words]
    if not words or len(words) > MOST_WORDS:
        return in_faq("words_count", n=MOST_WORDS)
    shortest = 1 if kind == "whole" else SHORTEST_WORD
    wrong = next((w for w, f in zip(words, folded, strict=True) if not shortest <= len(f) <= LONGEST_WORD), None)
    if wrong is not None:
        return in_faq("word_length", word=wrong[:LONGEST_WORD], least=shortest, most=LONGEST_WORD)
    return Wanted(kind, BETWEEN_WORDS.join(dict.fromkeys(words)), "")


def pattern_in(left: str) -> str | None:
    """`/…/`, or `模式：…` where a slash at the beginning would make it a command."""
    if len(left) > 2 and left.startswith("/") and left.endswith("/"):
        return left[1:-1]
    named = NAMED.match(left)
    return left[named.end() :].strip() if named else None


def refusal(error: PatternError, why: str) -> Phrase:
    return in_faq("pattern", pattern=error.pattern, position=error.position + 1, why=why)
