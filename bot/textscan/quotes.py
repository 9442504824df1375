"""Which parts of a text are quoted, so that nobody answers for the words of others."""

import re

from rules.conduct.facts import Entity

_MARKED = re.compile('「[^「」\n]+」|『[^『』\n]+』|“[^“”\n]+”|《[^《》\n]+》|"[^"\n]+"|(?:^|\n)[ \t]*[>＞][^\n]+')
_MARKS = re.compile('[「『“《"＞>]')
_QUOTING = frozenset({"blockquote", "expandable_blockquote"})

Span = tuple[int, int]


def quoted_spans(text: str, entities: tuple[Entity, ...]) -> list[Span]:
    """Spans in code points: what stands between quotation marks, behind `>` and in Telegram's own quotations."""
    spans = [match.span() for match in _MARKED.finditer(text)] if _MARKS.search(text) else []
    spans += [code_points(text, entity) for entity in entities if entity.type in _QUOTING]
    return [] if covers_all(text, spans) else spans


def code_points(text: str, entity: Entity) -> Span:
    """Telegram counts UTF-16 units; a damaged entity gives an empty or a shortened span."""
    units = text.encode("utf-16-le", "surrogatepass")
    start = len(units[: 2 * max(entity.offset, 0)].decode("utf-16-le", "ignore"))
    end = len(units[: 2 * max(entity.offset + entity.length, 0)].decode("utf-16-le", "ignore"))
    return start, max(start, end)


def covers_all(text: str, spans: list[Span]) -> bool:
    """Whether nothing but quotations was said: then they are the sender's own message."""
    outside = list(text)
    for start, end in spans:
        outside[start:end] = " " * (min(end, len(outside)) - start) if start < len(outside) else ""
    return not any(char.isalnum() for char in outside)


def inside(start: int, end: int, spans: list[Span]) -> bool:
    return any(first <= start and end <= last for first, last in spans)
