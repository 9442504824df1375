"""Turns facts into a TextView: folds, finds signals and the group's words, shows each as written; decides nothing."""

import hashlib
import unicodedata
from collections.abc import Iterable

from bot.textscan import folding, lists, vocabulary
from bot.textscan.folding import Density, Folding, densify, fold, load_folding
from bot.textscan.likeness import Likeness, likeness
from bot.textscan.lists import CompiledLists, Names
from bot.textscan.signals import SignalIndex
from bot.textscan.structure import structure
from bot.textscan.vocabulary import Listed
from bot.textscan.written import Written, listed, signals, weak_signals
from rules.conduct.case import Signal, TextView
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy


class Scanner:
    """Shared by all groups; holds what ships and no group's words."""

    def __init__(
        self, table: Folding, index: SignalIndex, insults: tuple[Listed, ...], care: tuple[Listed, ...], version: str
    ) -> None:
        self.table, self.index, self.insults, self.care, self.version = table, index, insults, care, version
        self.density = Density()
        self._empty = TextView(version=version)

    @classmethod
    def build(cls) -> "Scanner":
        """Reads the shipped words and the conversion table; takes about 20 ms."""
        version = f"{folding.VERSION}.{unicodedata.unidata_version}.{vocabulary.digest()}"
        index = SignalIndex(vocabulary.load_kinds())
        return cls(load_folding(), index, vocabulary.load_insults(), vocabulary.load_care(), version)

    def fold(self, text: str) -> str:
        return fold(text, self.table)

    def compile_lists(self, policy: Policy) -> CompiledLists:
        """Raises PatternError where one of the policy's patterns is refused."""
        return lists.compile_lists(policy, self.insults, self.care, self.table, self.density)

    def likeness(self, name: str) -> Likeness:
        return likeness(name, self.table, self.density)

    def scan(self, facts: Facts, compiled: CompiledLists) -> TextView:
        text = facts.text if not (facts.media or facts.buttons) else all_words(facts)
        names = compiled.names.fitting(facts.name, facts.tag) if compiled.names is not None else ()
        view = self._read(text, facts, compiled, names) if text else self._empty._replace(names=names)
        if facts.entities or facts.forward or facts.media or facts.buttons:
            view = view._replace(signals=merge(view.signals, structure(facts)))
        return view

    def _read(self, text: str, facts: Facts, compiled: CompiledLists, names: Names) -> TextView:
        folded = fold(text, self.table)
        dense = densify(folded, self.density)
        in_dense, in_folded = self.index.in_dense(dense), self.index.in_folded(folded)
        dense_words, spaced_words = compiled.dense.hits(dense), compiled.spaced.hits(folded)
        patterns = compiled.patterns.spans(folded)
        hashed = fold_hash(dense)
        # Nearly every text ends here, without the walk back to the original.
        if not (in_dense or in_folded or dense_words or spaced_words or patterns):
            return TextView(folded, hashed, version=self.version, names=names)
        if not (dense_words or spaced_words or patterns) and all(hit.kind.weak for hit in (*in_dense, *in_folded)):
            weak = weak_signals(dense, in_dense, folded, in_folded)
            return TextView(folded, hashed, weak, version=self.version, names=names)
        written = Written(text, folded, self.table, self.density, facts.entities)
        found = signals(written, in_dense, in_folded)
        words, matches = listed(written, dense_words, spaced_words, patterns)
        return TextView(folded, hashed, found, words, matches, version=self.version, names=names)


def merge(found: tuple[Signal, ...], further: Iterable[Signal]) -> tuple[Signal, ...]:
    """Each kind once; what was read in the text comes first."""
    kept = {signal.id: signal for signal in found}
    for signal in further:
        kept.setdefault(signal.id, signal)
    return tuple(kept.values())


def all_words(facts: Facts) -> str:
    """The sender's words wherever they hide; of replies to elsewhere the quotation too, for the sender brought it."""
    parts: list[str] = [facts.text]
    parts += [words for media in facts.media for words in (media.file_name, media.words) if words]
    parts += facts.buttons
    if facts.quote and any(media.kind == "external_reply" for media in facts.media):
        parts.append(facts.quote)
    return "\n".join(filter(None, parts))


def fold_hash(dense: str) -> int:
    """The same in every process; 0 for a text without words; fits a signed 64-bit column."""
    if not dense:
        return 0
    digest = hashlib.blake2b(dense.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1
