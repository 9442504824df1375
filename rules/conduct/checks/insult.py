"""Insults against people: listed words outside quotations; answers to prompts and homework are let be (fairness 8)."""

from rules.conduct.case import Case
from rules.conduct.checks.answers import is_answer
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("insult", False)
# So short a text is the word and little else.
_ALONE = 6


def check(case: Case, policy: Policy) -> Finding:
    if not case.view.lists:
        return NOTHING
    found = tuple((name, word) for name, word in case.view.lists if name.startswith("insult"))
    if not found:
        return NOTHING
    aimed, others = is_aimed(case), is_answer(case) or bool(case.facts.forward)
    words = tuple(word for name, word in found if name == "insult" or (aimed and name == "insult.aimed"))
    left = tuple(f"{name}: {word}" for name, word in found if word not in words)
    seen = (("words", words), ("left", left), ("aimed", aimed), ("answer_or_forward", others))
    return Finding("insult", bool(words) and not others, seen)


def is_aimed(case: Case) -> bool:
    """Whether a word is thrown at somebody: in a reply, with `you` or a mention, or with nothing else said."""
    folded = case.view.folded
    return bool(case.facts.reply_to) or len(folded) <= _ALONE or any(sign in folded for sign in ("你", "@", "you"))
