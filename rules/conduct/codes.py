"""The points of a group's rules (R1, R2, …): which of them a rule of the program stands for, and how one is cited."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from rules.conduct.effects import Phrase
from rules.conduct.policy import Policy

# What the six points that ship are about; what none of them speaks of has no code.
SHIPPED: Mapping[str, str] = MappingProxyType({
    "ad_without_red_packet": "R3", "scam_newcomer": "R3", "hijacked_member": "R3",
    "blocked_text": "R4", "insult": "R4", "flooding": "R4",
})  # fmt: skip
SHIPPED_POINTS = 6
NONE = "-"
HEADING = "【"
SHOWN = 40
# Sentences of a notice that speak of a rule by another name.
MEANT: Mapping[str, str] = MappingProxyType({
    "ad_unannounced": "ad_without_red_packet", "fine_overdue": "ad_without_red_packet",
})  # fmt: skip
RULE = "conduct.rule_"
NUMERALS = "一二三" + "四五六" + "七八九"
TYPED = re.compile(rf"(?:[Rr]|#|第)\s?([0-9]{{1,2}}|[{NUMERALS}]?十[{NUMERALS}]?|[{NUMERALS}])(条|條)?")


def points_of(policy: Policy) -> tuple[str, ...]:
    """The points a group wrote itself, without their headings; empty where the six stand that ship."""
    return tuple(text for text in policy.rules_text if not is_heading(text))


def is_heading(text: str) -> bool:
    return text.lstrip().startswith(HEADING)


def how_many(policy: Policy) -> int:
    return len(points_of(policy)) or SHIPPED_POINTS


def code_of(policy: Policy, rule: str) -> str:
    """The code a rule cites here, "" for none: a group with rules of its own has said which."""
    chosen = getattr(policy.codes, rule, "")
    own = bool(points_of(policy))
    code = chosen or ("" if own else SHIPPED.get(rule, ""))
    return code if exists(policy, code) else ""


def exists(policy: Policy, code: str) -> bool:
    return code.startswith("R") and code[1:].isdigit() and 1 <= int(code[1:]) <= how_many(policy)


def typed(word: str) -> str:
    """A code as people type it (R3, r3, 第3条, 第三条, #3); "" where the word is none."""
    found = TYPED.fullmatch(unicodedata.normalize("NFKC", word.strip()))
    if found is None or (found[0].startswith("第")) != bool(found[2]):
        return ""
    return f"R{number_of(found[1])}"


def number_of(digits: str) -> int:
    if digits.isdigit() and digits.isascii():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    unit = NUMERALS.find(ones) + 1 if ones else 0
    return (NUMERALS.find(tens) + 1 if tens else 1) * 10 + unit if ten else unit


def cited(policy: Policy, rule: Phrase) -> tuple[Phrase, ...]:
    """Which point of the rules a sentence of a notice is about: a leader named it, or its rule has one."""
    named = dict(rule.params).get("code")
    return citation(policy, str(named or code_of(policy, meant(rule))))


def meant(rule: Phrase) -> str:
    name = rule.key.removeprefix(RULE)
    return MEANT.get(name, name)


def citation(policy: Policy, code: str) -> tuple[Phrase, ...]:
    """One line: 约定 R3「…」."""
    if not exists(policy, code):
        return ()
    own = points_of(policy)
    if not own:
        return (Phrase(f"codes.cited_{code[1:]}"),)
    text = own[int(code[1:]) - 1]
    return (Phrase("codes.cited", (("code", code), ("text", text if len(text) <= SHOWN else f"{text[:SHOWN]}…"))),)
