"""Finds the signals of advertisements in a folded text: literals in one pass, patterns in another; never judges."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import ahocorasick_rs
import re2

from bot.textscan.vocabulary import Kind

_MEMORY = 8 << 20
LOCATED = 12


class Found(NamedTuple):
    """A kind of signal at `start:end` of the text it was looked for in."""

    kind: Kind
    start: int
    end: int


class PatternSet:
    """Shipped patterns in one automaton; the few that are in a text are then located one by one."""

    def __init__(self, patterns: Iterable[tuple[Kind, str]]) -> None:
        self.patterns = tuple((kind, re2.compile(pattern, _options())) for kind, pattern in patterns)
        self.all: Any = re2.Set.SearchSet(_options())
        for _, pattern in self.patterns:
            self.all.Add(pattern.pattern)
        self.all.Compile()

    def found(self, text: str) -> list[Found]:
        matched = self.all.Match(text)
        return [hit for index in matched for hit in self._located(index, text)] if matched else []

    def _located(self, index: int, text: str) -> Iterator[Found]:
        kind, pattern = self.patterns[index]
        return (Found(kind, *match.span()) for match in islice(pattern.finditer(text), LOCATED))


def _options() -> Any:
    chosen = re2.Options()
    chosen.max_mem = _MEMORY
    chosen.log_errors = False
    return chosen


def few_of_each(hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """A text of nothing but hits would be costly to locate; the first of each word say as much."""
    if len(hits) <= LOCATED:
        return hits
    count: Counter[int] = Counter()
    kept = []
    for hit in hits:
        count[hit[0]] += 1
        if count[hit[0]] <= LOCATED:
            kept.append(hit)
    return kept


class SignalIndex:
    """All kinds of signals. `dense` texts are those without separators."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        kinds = tuple(kinds)
        self.words = tuple((word, kind) for kind in kinds for word in kind.words)
        self.literals = ahocorasick_rs.AhoCorasick([word for word, _ in self.words])
        self.spaced = PatternSet((kind, pattern) for kind in kinds for pattern in kind.patterns)
        self.dense = PatternSet((kind, pattern) for kind in kinds for pattern in kind.dense)

    def in_dense(self, text: str) -> list[Found]:
        literal = self.literals.find_matches_as_indexes(text, overlapping=True)
        found = [Found(self.words[index][1], start, end) for index, start, end in few_of_each(literal)]
        return found + self.dense.found(text)

    def in_folded(self, text: str) -> list[Found]:
        return self.spaced.found(text)
