"""Finds the signals of advertisements in a folded text: literals in one pass, patterns in another; never judges."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import ahocorasick_rs
import re2

from bot.textscan.vocabulary import Kind

_SET_MEMORY = 64 << 20


class Found(NamedTuple):
    """A kind of signal at `start:end` of the text it was looked for in."""

    kind: Kind
    start: int
    end: int


class PatternSet:
    """Shipped patterns in one automaton; the few that are in a text are then located one by one."""

    def __init__(self, patterns: Iterable[tuple[Kind, str]]) -> None:
        self.patterns = tuple((kind, re2.compile(pattern, _options(8 << 20))) for kind, pattern in patterns)
        self.all: Any = re2.Set.SearchSet(_options(_SET_MEMORY))
        for _, pattern in self.patterns:
            self.all.Add(pattern.pattern)
        self.all.Compile()

    def found(self, text: str) -> list[Found]:
        matched = self.all.Match(text)
        return [Found(kind, *match.span()) for index in matched for kind, pattern in (self.patterns[index],)
                for match in pattern.finditer(text)] if matched else []  # fmt: skip


def _options(memory: int) -> Any:
    chosen = re2.Options()
    chosen.max_mem = memory
    chosen.log_errors = False
    return chosen


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
        return [Found(self.words[index][1], start, end) for index, start, end in literal] + self.dense.found(text)

    def in_folded(self, text: str) -> list[Found]:
        return self.spaced.found(text)
