"""From hits in folded texts back to what was written; made only where something was found, for it costs a walk."""

from collections.abc import Iterable, Iterator

from bot.textscan.folding import Density, Folding, clean, origins
from bot.textscan.lists import Hit
from bot.textscan.quotes import Span, inside, quoted_spans
from bot.textscan.signals import Found
from bot.textscan.vocabulary import ALLOWED, CARE, CARE_ALLOWED, Listed
from rules.conduct.case import Signal
from rules.conduct.facts import Entity

SHOWN = 60


class Written:
    """The original text behind its folded and its dense form."""

    def __init__(self, text: str, folded: str, table: Folding, density: Density, entities: tuple[Entity, ...]) -> None:
        self.text = text
        self._from_folded = origins(text, table)
        self._from_dense = origins(folded, density)
        self.quoted = quoted_spans(text, entities)

    def folded(self, start: int, end: int) -> Span:
        return self._from_folded[start], self._from_folded[end - 1] + 1

    def dense(self, start: int, end: int) -> Span:
        return self.folded(self._from_dense[start], self._from_dense[end - 1] + 1)

    def word(self, span: Span) -> str:
        return clean(self.text[slice(*span)])[:SHOWN]

    def is_quoted(self, span: Span) -> bool:
        return inside(*span, self.quoted)


def signals(written: Written, dense: Iterable[Found], folded: Iterable[Found]) -> tuple[Signal, ...]:
    """One signal a kind, in the order of the text. What lies within a longer hit is no second observation, except that
    a weak hit hides no strong one.
    """
    spans = {(*written.dense(hit.start, hit.end), hit.kind) for hit in dense}
    spans |= {(*written.folded(hit.start, hit.end), hit.kind) for hit in folded}
    kept: dict[str, tuple[Span, Signal]] = {}
    for start, end, kind in sorted(spans, key=lambda hit: (hit[2].weak, hit[0] - hit[1], hit[0], hit[2].id)):
        taken = kind.id in kept or any(first <= start and end <= last for (first, last), _ in kept.values())
        if not taken and not written.is_quoted((start, end)):
            kept[kind.id] = (start, end), Signal(kind.id, written.word((start, end)), kind.severe, kind.weak)
    return tuple(signal for _, signal in sorted(kept.values()))


def weak_signals(dense: str, in_dense: list[Found], folded: str, in_folded: list[Found]) -> tuple[Signal, ...]:
    """Where nothing strong was said nothing follows, so these are shown as folded and cost no walk."""
    words = {hit.kind.id: dense[hit.start : hit.end] for hit in in_dense}
    words |= {hit.kind.id: folded[hit.start : hit.end] for hit in in_folded}
    return tuple(Signal(kind, word[:SHOWN], weak=True) for kind, word in words.items())


def listed(
    written: Written, dense: list[Hit], folded: list[Hit], patterns: list[tuple[str, Span]]
) -> tuple[tuple[Listed, ...], tuple[Listed, ...]]:
    """Hits of the group's words and patterns; what lies within an allowed phrase is left out."""
    hits = [(hit.list_id, written.dense(hit.start, hit.end)) for hit in dense]
    hits += [(hit.list_id, written.folded(hit.start, hit.end)) for hit in folded]
    allowed = [span for list_id, span in hits if list_id == ALLOWED]
    harmless = [span for list_id, span in hits if list_id == CARE_ALLOWED]
    said = ((list_id, span) for list_id, span in hits if list_id not in (ALLOWED, CARE_ALLOWED))
    words = (
        hit for hit in said if not (touches(hit[1], harmless) if hit[0].startswith(CARE) else inside(*hit[1], allowed))
    )
    matches = ((source, written.folded(*span)) for source, span in patterns)
    kept = ((source, span) for source, span in matches if not inside(*span, allowed))
    return tuple(_shown(written, words)), tuple(_shown(written, kept))


def touches(span: Span, others: Iterable[Span]) -> bool:
    """A saying begins in the middle of the words that mean something else without it (我[想死你]了)."""
    return any(span[0] < end and start < span[1] for start, end in others)


def _shown(written: Written, hits: Iterable[tuple[str, Span]]) -> Iterator[Listed]:
    """Each hit once, `.quoted` behind the list's name where it stands in a quotation."""
    named = ((f"{name}.quoted" if written.is_quoted(span) else name, written.word(span)) for name, span in hits)
    return iter(dict.fromkeys(named))
