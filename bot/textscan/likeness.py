"""Whether one name could be taken for another: disguises are folded away, short and numbered names are let be."""

import re
from typing import NamedTuple

from bot.textscan.folding import Density, Folding, densify, fold, plain_letters

# Characters that look alike in Chinese and Japanese, and Latin letters and digits that look alike.
_HAN = str.maketrans("エロニトカタハ曰末巳已土入夲囗玊", "工口二卜力夕八日未己己士人本口玉")
_IN_WORDS = re.compile("(?<=[a-z])[015]|[015](?=[a-z])")
_LETTERS = {"0": "o", "1": "l", "5": "s"}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_BETWEEN = re.compile(r"[\s\-_·•・|/\\~—–‐‑,.:;()\[\]{}<>【】「」『』《》、。]+")
# A Chinese character says about as much as two letters. Shorter names are shared by many people.
_SAME_FROM, _NEAR_FROM = 6, 8
_HAN_FROM = 0x2E80


class Likeness(NamedTuple):
    """A name without its disguises, whole and in its parts."""

    whole: str
    parts: tuple[str, ...] = ()


def likeness(name: str, table: Folding, density: Density) -> Likeness:
    folded = plain_letters(fold(name, table)).translate(_HAN)
    parts = tuple(filter(None, (_look(part, density) for part in _BETWEEN.split(folded))))
    return Likeness(_look(folded, density), parts)


def _look(folded: str, density: Density) -> str:
    dense = densify(folded, density).strip("\n,.!?;:，。！？；：")
    dense = _IN_WORDS.sub(lambda digit: _LETTERS[digit[0]], dense).replace("i", "l")
    for pair, one in _PAIRS:
        dense = dense.replace(pair, one)
    return dense


def alike(one: Likeness, other: Likeness) -> bool:
    """The same, or one character apart; of names in parts (期号-昵称-城市) one part may differ, if it is long."""
    if one.whole == other.whole:
        return weight(one.whole) >= _SAME_FROM
    if len(one.parts) == len(other.parts) > 1:
        different = [pair for pair in zip(one.parts, other.parts, strict=True) if pair[0] != pair[1]]
        return len(different) == 1 and near(*different[0])
    return near(one.whole, other.whole)


def near(one: str, other: str) -> bool:
    """One character more, less or other; numbers that differ (1 号, 2 号) tell two apart."""
    if min(weight(one), weight(other)) < _NEAR_FROM or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    first = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    numbered = short[first : first + 1].isdigit() and long[first : first + 1].isdigit()
    return short[first + 1 :] == long[first + 1 :] and not numbered


def weight(name: str) -> int:
    return sum(2 if ord(char) >= _HAN_FROM else 1 for char in name)
