"""Insults against members: listed words outside quotations; answers to prompts and homework are let be (fairness 8)."""

from rules.conduct.case import Case
from rules.conduct.checks.answers import is_answer
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("insult", False)


def check(case: Case, policy: Policy) -> Finding:
    if not case.view.lists:
        return NOTHING
    words = tuple(word for name, word in case.view.lists if name == "insult")
    quoted = tuple(word for name, word in case.view.lists if name == "insult.quoted")
    if not words and not quoted:
        return NOTHING
    answer, forward = is_answer(case), bool(case.facts.forward)
    seen = (("words", words), ("quoted", quoted), ("answer", answer), ("forward", forward))
    return Finding("insult", bool(words) and not answer and not forward, seen)
