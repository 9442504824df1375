"""Folds a text so that disguises of the same words become equal; total, idempotent, able to point back to the original.

Folding works character by character, so a position in a folded text always belongs to one character of the original.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from itertools import compress, groupby
from pathlib import Path

VERSION = "1"

_INVISIBLE = {0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F, 0x061C, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F}
_BLANK = {0x2800, 0x0009, 0x000B, 0x000C, 0x0085}
_MARKS = ((0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F),
          (0xFE20, 0xFE2F), (0xE0100, 0xE01EF))  # fmt: skip
# Boxed letters and digits that Unicode does not count as forms of the plain ones: the first, its plain one, how many.
_FANCY = (
    (0x1F150, "a", 26), (0x1F170, "a", 26), (0x1F1E6, "a", 26), (0x2776, "1", 9), (0x2780, "1", 9), (0x278A, "1", 9),
    (0x24F5, "1", 9), (0x24EB, "11", 1), (0x24FF, "0", 1), (0x1F10B, "0", 1), (0x1F10C, "0", 1),
)  # fmt: skip
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡⅼ", "abcdefghijklmnoprstuvwyzagl", strict=True))
_TENS = {0x277F: "10", 0x2789: "10", 0x2793: "10", 0x24FE: "10"}

# Characters that advertisers write for others; taken singly, for tables of all look-alikes would hide honest words.
_STAND_INS = dict(zip("岀徦猳汸訫硪莪祢伱妳髪笩簰朂朮吢鉲咔", "出假假仿信我我你你你发代牌最术心卡卡", strict=True))

_LOOK_ALIKES = str.maketrans("авеёікмнорстухѕјԁһԛԝѵɩαβεικνορτυχγω", "abeeikmhopctyxsjdhqwviabeiknoptuxyw")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0269]")
_LATIN = re.compile("[a-z]")
_WORD = re.compile("[0-9a-z\u0370-\u03ff\u0400-\u052f\u0269]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_IDEOGRAPHS = range(0x4E00, 0xA000)
_EVERYDAY = (range(0x250), range(0x2000, 0x2070), range(0x3000, 0x3040), _IDEOGRAPHS, range(0xFF00, 0xFF60))
_GREEK = range(0x0370, 0x0530)
_WIDE_PUNCTUATION = tuple(zip("，！？：（）", ",!?:()", strict=True))
_BORDERS = "\n,!?;。、"
_ASCII_SEPARATORS = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) not in _BORDERS)
_CACHED_AT_MOST = 40_000
# One sign may stand for a sentence (U+FDFA, eighteen letters): folding must not make a text longer than it is.
_LONGEST = 8


def clean(text: str) -> str:
    """Without lone surrogates, which no encoder takes."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


class Folding(dict[int, str]):
    """A table for `str.translate`, filled as characters are met: at most what a busy group uses stays in memory."""

    def __init__(self, simplified: dict[str, str]) -> None:
        self.simplified = simplified
        self.unsettled = re.compile(".", re.DOTALL)
        self.fancy = {first + i: chr(ord(plain) + i) if count > 1 else plain
                      for first, plain, count in _FANCY for i in range(count)}  # fmt: skip

    def __missing__(self, code: int) -> str:
        before, after = "", chr(code)
        if code in _IDEOGRAPHS:
            before = after = self._ideograph(after)
        while before != after:
            before, after = after, "".join(map(self._step, after))
        if len(self) < _CACHED_AT_MOST:
            self[code] = after
        return after

    def settle(self) -> None:
        """Fill in everyday characters, and learn which of them stand for themselves."""
        everyday = [code for block in _EVERYDAY for code in block]
        self.update((code, self[code]) for code in everyday)
        self.unsettled = other_than(code for code in everyday if self[code] == chr(code) and code not in _GREEK)

    def _ideograph(self, char: str) -> str:
        """The way of almost all of a Chinese text, without a look into Unicode's tables."""
        plain = _STAND_INS.get(char) or self.simplified.get(char, char)
        return plain if plain == char else self._ideograph(plain)

    def _step(self, char: str) -> str:
        code = ord(char)
        if char == "\n" or " " <= char <= "@" or "[" <= char <= "~":
            return char
        if code in self.fancy or code in _TENS:
            return self.fancy.get(code) or _TENS[code]
        category = unicodedata.category(char)
        if category == "Zs" or code in _BLANK:
            return " "
        if category in {"Cc", "Cf", "Cs"} or code in _INVISIBLE or _is_mark(code):
            return ""
        if category == "Nd":
            return str(unicodedata.digit(char))
        if char in _SMALL_CAPITALS:
            return _SMALL_CAPITALS[char]
        return _STAND_INS.get(char) or self.simplified.get(char) or _plain(char)


def _is_mark(code: int) -> bool:
    return any(first <= code <= last for first, last in _MARKS)


def _plain(char: str) -> str:
    """Compatibility form in lower case; accents of Latin, Greek and Cyrillic letters go, other scripts keep theirs."""
    decomposed = unicodedata.normalize("NFKD", char)
    bare = "".join(c for c in decomposed if not _is_mark(ord(c)))
    plain = (bare if bare != decomposed else unicodedata.normalize("NFKC", char)).casefold()
    return plain if len(plain) <= _LONGEST else char


def load_folding() -> Folding:
    """The table with OpenCC's traditional characters."""
    table = Folding(simplified_characters())
    table.settle()
    return table


@cache
def simplified_characters() -> dict[str, str]:
    """Read from OpenCC's dictionary file, which takes about 2 ms."""
    spec = find_spec("opencc_purepy")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("opencc-purepy is not installed: run make ready")
    lines = (Path(spec.submodule_search_locations[0]) / "dicts" / "TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {pair[0]: pair[1].split(" ")[0] for pair in pairs if len(pair) == 2 and len(pair[0]) == 1}


def simplified(text: str) -> str:
    """Traditional characters as simplified ones and nothing else: for words that are orders (撤銷, 為什麼)."""
    table = simplified_characters()
    return "".join(table.get(char, char) for char in text)


def fold(text: str, table: Folding) -> str:
    """Most texts need only small letters and plain punctuation, at half the cost of a look at each character."""
    folded = text.lower()
    for wide, plain in _WIDE_PUNCTUATION:
        folded = folded.replace(wide, plain)
    if table.unsettled.search(folded) is None:
        return folded
    folded = text.translate(table)
    return _unmix(folded) if _FOREIGN.search(folded) else folded


def _unmix(folded: str) -> str:
    """Words that mix Latin with Greek or Cyrillic letters are Latin in disguise; others are left alone."""
    return _WORD.sub(_unmix_word, folded)


def _unmix_word(match: re.Match[str]) -> str:
    word = match[0]
    return word.translate(_LOOK_ALIKES) if _LATIN.search(word) and _FOREIGN.search(word) else word


def plain_letters(folded: str) -> str:
    """Greek and Cyrillic letters as the Latin ones they look like, in words of any kind."""
    return folded.translate(_LOOK_ALIKES)


class Density(dict[int, str]):
    """A table that drops what is put between characters to hide a word; ends of sentences stay as borders."""

    def __init__(self) -> None:
        self.sparse = other_than(code for code in (*range(128), 0x3001, 0x3002, *_IDEOGRAPHS))

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char if char.isalnum() or char in _BORDERS else ""
        if len(self) < _CACHED_AT_MOST:
            self[code] = kept
        return kept


def densify(folded: str, density: Density) -> str:
    """`folded.translate(density)`; separators are mostly ASCII, and bytes lose those fastest."""
    dense = folded.encode().translate(None, _ASCII_SEPARATORS).decode()
    return dense if density.sparse.search(dense) is None else dense.translate(density)


def other_than(codes: Iterable[int]) -> re.Pattern[str]:
    """Finds the first character that is none of `codes`."""
    ordered = sorted(codes)
    runs = [list(run) for _, run in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])]
    kept = "".join(f"\\U{run[0][1]:08x}-\\U{run[-1][1]:08x}" for run in runs)
    return re.compile(f"[^{kept}]")


def origins(text: str, table: dict[int, str]) -> list[int]:
    """For each position of `text.translate(table)`, and for its end, the position in `text` it came from."""
    parts = list(map(table.__getitem__, map(ord, text)))
    if max(map(len, parts), default=0) <= 1:
        return [*compress(range(len(text)), parts), len(text)]
    return [*(place for place, part in enumerate(parts) for _ in part), len(text)]
