"""What a setting takes, in the words of the conversation; the rules say it in English for whoever configures."""

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from handlers.frame.context import Talk
from handlers.saying.answers import word
from rules.conduct.policy_layers import Problem, allowed, types
from rules.conduct.policy_ranges import DAY_TIME, RANGES, SOME_TEXT, UNRESTRICTED

CONTRADICTIONS: Mapping[str, str] = {
    "nickname_format.remind_hours": "allowed_before_deadline", "brakes.least": "allowed_at_most",
    "joining.quiz": "allowed_quiz",
}  # fmt: skip
REASONS: Mapping[str, str] = {
    "missing )": "open_round", "unexpected )": "close_round", "missing ]": "open_square",
    "no argument for repetition operator": "repeats_nothing", "invalid perl operator": "unknown_sign",
    "invalid escape sequence": "unknown_sign", "bad repetition operator": "repeats_twice",
    "invalid repetition size": "too_large", "too large": "too_large", "longer than": "too_long",
    "invalid character class range": "wrong_range", "the pattern is empty": "empty", "it matches an empty": "empty",
}  # fmt: skip
"""The beginning of what the matcher says, and our sentence for it."""


def allowed_words(talk: Talk, problem: Problem) -> str:
    key = problem.key
    if key not in types():
        return word(talk, "allowed_text")
    if key in CONTRADICTIONS and problem.allowed != allowed(key):
        return word(talk, CONTRADICTIONS[key])
    kind = types()[key]
    if get_origin(kind) is tuple:
        return of_list(talk, get_args(kind)[0])
    return choices(kind) or of_one(talk, key, kind)


def choices(kind: Any) -> str:
    return " | ".join(get_args(kind))


def of_list(talk: Talk, kind: Any) -> str:
    if choices(kind):
        return word(talk, "allowed_some_of", choices=choices(kind))
    return word(talk, "allowed_numbers" if kind is int else "allowed_texts")


def of_one(talk: Talk, key: str, kind: Any) -> str:
    if kind is bool:
        return word(talk, "allowed_yes_no")
    span = RANGES.get(key, UNRESTRICTED)
    if kind is int:
        return word(talk, "allowed_number", least=str(span.least), most=str(span.most))
    named = {DAY_TIME: "allowed_time", SOME_TEXT: "allowed_some_text"}
    return word(talk, "allowed_currency" if key.endswith(".unit") else named.get(span, "allowed_text"))


def reason_words(talk: Talk, why: str) -> str:
    """Why a pattern was refused; what the matcher says otherwise is not for readers."""
    known = next((name for start, name in REASONS.items() if why.startswith(start)), "other")
    return word(talk, f"pattern_{known}")
