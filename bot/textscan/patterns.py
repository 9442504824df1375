"""Patterns of administrators: refused when they are saved, or linear in the length of a text for ever (re2 only)."""

import re
import warnings
from itertools import islice
from typing import Any

import re2

from bot.textscan.folding import Folding

LONGEST = 500
LARGEST_PROGRAM = 1200
MATCHES = 8
_MEMORY = 1 << 20
_MEMORY_TOGETHER = 32 << 20
_QUOTED = 40
_META = frozenset("\\^$.|?*+()[]{}-&~#/")
# Letters of all scripts in broad ranges: re2's own classes make programs forty times as large.
_WORD = (
    r"0-9A-Za-z_\x{aa}\x{b5}\x{ba}\x{c0}-\x{1fff}\x{2c00}-\x{2dff}\x{3005}-\x{3007}\x{3021}-\x{3029}\x{3041}-\x{d7ff}"
    r"\x{f900}-\x{fdff}\x{fe70}-\x{fefe}\x{10000}-\x{1cfff}\x{20000}-\x{3ffff}"
)


class PatternError(ValueError):
    """A pattern that was refused: where it goes wrong (0 is the first character) and why, in English."""

    def __init__(self, pattern: str, position: int, why: str) -> None:
        super().__init__(f"position {position}: {why}")
        self.pattern, self.position, self.why = pattern, position, why


class Pattern:
    """A pattern as written and as compiled; matches folded texts."""

    __slots__ = ("_compiled", "source", "translated")

    def __init__(self, source: str, translated: str, compiled: Any) -> None:
        self.source, self.translated, self._compiled = source, translated, compiled

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The first few places; more would say no more, and a pattern that matches everywhere would cost too much."""
        return [match.span() for match in islice(self._compiled.finditer(text), MATCHES) if match.end() > match.start()]

    def fits(self, text: str) -> bool:
        return self._compiled.search(text) is not None


def options() -> Any:
    chosen = re2.Options()
    chosen.case_sensitive = False
    chosen.log_errors = False
    chosen.max_mem = _MEMORY
    return chosen


class PatternList:
    """Patterns in the order they are written; one pass says which of them are in a text, however many there are."""

    __slots__ = ("patterns", "together")

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        chosen = options()
        chosen.max_mem = _MEMORY_TOGETHER
        self.together: Any = re2.Set.SearchSet(chosen)
        for pattern in patterns:
            self.together.Add(pattern.translated)
        self.together.Compile()

    def spans(self, text: str) -> list[tuple[str, tuple[int, int]]]:
        """(pattern as written, place) of those that are in `text`."""
        found = self.together.Match(text) if self.patterns else None
        if not found:
            return []
        chosen = [self.patterns[index] for index in sorted(found)]
        return [(pattern.source, span) for pattern in chosen for span in pattern.spans(text)]


def compile_pattern(source: str, table: Folding) -> Pattern:
    """Compile for folded texts; raises PatternError."""
    if not source.strip():
        raise PatternError(source, 0, "the pattern is empty")
    if len(source) > LONGEST:
        raise PatternError(source, LONGEST, f"longer than {LONGEST} characters")
    translated = for_folded_text(source, table)
    try:
        compiled = re2.compile(translated, options())
    except re2.error as refusal:
        raise PatternError(source, *_explain(source, refusal)) from None
    except (UnicodeEncodeError, RecursionError, OverflowError):
        raise PatternError(source, 0, "not a text that can be matched") from None
    if compiled.programsize > LARGEST_PROGRAM:
        raise PatternError(source, 0, "too large when repetitions are written out")
    if compiled.search("") is not None:
        raise PatternError(source, 0, "it matches an empty text, so it would match every message")
    return Pattern(source, translated, compiled)


def _explain(source: str, refusal: Exception) -> tuple[int, str]:
    raw = refusal.args[0] if refusal.args else b""
    why = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    what, _, fragment = why.partition(": ")
    why = f"{what}: {fragment[:_QUOTED]}" if fragment else what
    # re2 says what it does not like, only Python's own says where.
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(source)
    except re.error as error:
        return error.pos or 0, why
    except (RecursionError, OverflowError, MemoryError):
        return 0, why
    return max(source.find(fragment), 0) if fragment else 0, why


def for_folded_text(source: str, table: Folding) -> str:
    r"""The same pattern for folded texts: literals folded one by one, `\w` meaning letters of every script."""
    out: list[str] = []
    in_class = False
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and at + 1 < len(source):
            out.append(_escape(source[at + 1], in_class))
            at += 2
            continue
        in_class = (in_class or char == "[") and not (in_class and char == "]")
        out.append(_literal(char, table))
        at += 1
    return "".join(out)


def _escape(letter: str, in_class: bool) -> str:
    if letter == "w":
        return _WORD if in_class else f"[{_WORD}]"
    if letter == "W" and not in_class:
        return f"[^{_WORD}]"
    return "\\z" if letter == "Z" else "\\" + letter


def _literal(char: str, table: Folding) -> str:
    if char.isascii() or 0xD800 <= ord(char) <= 0xDFFF:
        return char
    folded = char.translate(table)
    if len(folded) != 1:
        return char
    return "\\" + folded if folded in _META else folded
