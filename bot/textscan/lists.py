"""A group's own words, patterns and name format, made ready to be looked for."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from bot.textscan.folding import Density, Folding, fold
from bot.textscan.patterns import Pattern, PatternList, compile_pattern
from bot.textscan.vocabulary import ALLOWED, BLOCKED, INSULT, Listed
from rules.conduct.policy import Policy

_DASHES = re.compile(r"\s*[-_‐‑‒–—―−﹘﹣－~]+\s*")
_SPACES = re.compile(r"\s+")
_NAMES_KEPT = 2000


class Hit(NamedTuple):
    """A listed word at `start:end` of the text it was looked for in."""

    list_id: str
    start: int
    end: int


class WordIndex:
    """Words of several lists in one automaton. Words with Latin ends match whole words only, others anywhere."""

    def __init__(self, entries: tuple[Listed, ...]) -> None:
        self.entries = entries
        self.automaton = ahocorasick_rs.AhoCorasick([word for _, word in entries]) if entries else None

    def hits(self, text: str) -> list[Hit]:
        if self.automaton is None:
            return []
        found = self.automaton.find_matches_as_indexes(text, overlapping=True)
        return [Hit(self.entries[index][0], start, end) for index, start, end in found if is_whole(text, start, end)]


def index_of(words: Iterable[Listed]) -> WordIndex:
    return _shared(tuple(sorted({(list_id, word) for list_id, word in words if word})))


@lru_cache(maxsize=1000)
def _shared(entries: tuple[Listed, ...]) -> WordIndex:
    """Most groups have the words that ship and no others, so most groups share one automaton."""
    return WordIndex(entries)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether Latin letters and digits at the ends of `text[start:end]` are not in the middle of a longer word."""
    before = start > 0 and _latin(text[start - 1]) and _latin(text[start])
    after = end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    return not (before or after)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


Names = tuple[tuple[str, bool], ...]


class NameFormat:
    """The group's name format; answers are kept, because the same names come again with every message."""

    def __init__(self, pattern: Pattern, table: Folding) -> None:
        self.pattern, self.table = pattern, table
        self.known: dict[str, bool] = {}

    def fitting(self, name: str, tag: str | None) -> Names:
        """Whether the name, and the tag where there is one, fit."""
        if not tag:
            return ((name, self.fits(name)),) if name else ()
        return tuple((each, self.fits(each)) for each in (name, tag) if each)

    def fits(self, name: str) -> bool:
        known = self.known.get(name)
        if known is None:
            if len(self.known) >= _NAMES_KEPT:
                self.known.clear()
            known = self.known[name] = any(map(self.pattern.fits, spellings(fold(name, self.table))))
        return known


def spellings(folded: str) -> tuple[str, str]:
    """How a name may be meant: blanks left out, or blanks as separators; every dash is one plain dash."""
    dashed = _DASHES.sub("-", folded.strip())
    return _SPACES.sub("", dashed), _SPACES.sub("-", dashed)


class CompiledLists(NamedTuple):
    """What `Scanner.scan` looks for besides the signals that ship. `names` is None where names have no format."""

    dense: WordIndex
    spaced: WordIndex
    patterns: PatternList = PatternList(())
    names: NameFormat | None = None


def compile_lists(
    policy: Policy, insults: tuple[Listed, ...], care: tuple[Listed, ...], table: Folding, density: Density
) -> CompiledLists:
    """What ships and what the policy adds. Raises PatternError for the first pattern that is refused."""
    blocked, nickname = policy.blocked_text, policy.nickname_format
    groups = ((INSULT, policy.insult.words), (BLOCKED, blocked.words), (ALLOWED, blocked.allow))
    own = tuple((list_id, word) for list_id, words in groups for word in words)
    # No policy leaves out words of care: whoever is in distress is heard in every group.
    ship = (*(insults if policy.insult.shipped_words else ()), *care)
    shipping, writing = prepared(ship, table, density), prepare(own, table, density)
    return CompiledLists(
        index_of(shipping.dense + writing.dense),
        index_of(shipping.spaced + writing.spaced),
        PatternList(tuple(compile_pattern(source, table) for source in blocked.patterns)),
        NameFormat(compile_pattern(nickname.pattern, table), table) if nickname.mode != "off" else None,
    )


class Prepared(NamedTuple):
    """Words as they are looked for: in the text without separators; those with Latin letters in the text as it is."""

    dense: tuple[Listed, ...]
    spaced: tuple[Listed, ...]


def prepare(listed: tuple[Listed, ...], table: Folding, density: Density) -> Prepared:
    words = [(list_id, fold(word, table).strip()) for list_id, word in listed]
    return Prepared(
        tuple((list_id, word.translate(density)) for list_id, word in words if not _has_latin(word)),
        tuple((list_id, _SPACES.sub(" ", word)) for list_id, word in words if _has_latin(word)),
    )


# Folding what ships takes longer than all else a group's lists need; there are two such sets.
_PREPARED: dict[tuple[Listed, ...], Prepared] = {}


def prepared(listed: tuple[Listed, ...], table: Folding, density: Density) -> Prepared:
    """What ships is the same for all groups, so it is folded once."""
    if listed not in _PREPARED:
        _PREPARED[listed] = prepare(listed, table, density)
    return _PREPARED[listed]


def _has_latin(word: str) -> bool:
    return any(map(_latin, word))
