"""Makes what people typed safe to show: broken characters, invisible ones and stacked marks; it never drops words."""

import unicodedata

JOINER = "\u200d"
# Letters by category, yet nothing is drawn: Hangul fillers and the empty braille pattern.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
MARKS_IN_A_ROW = 3
LONGEST_NAME = 64


def whole(text: str) -> str:
    """Surrogate pairs joined, lone halves replaced, so that the text can be encoded."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_text(text: str) -> str:
    """`text` without controls, invisible characters and more than three marks on one letter; lines are kept."""
    kept: list[str] = []
    marks = 0
    for char in whole(text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= MARKS_IN_A_ROW and shown(char, category, kept):
            kept.append(char)
    return "".join(kept).rstrip(JOINER)


def shown(char: str, category: str, before: list[str]) -> bool:
    if char in BLANKS:
        return False
    if char == JOINER:
        return bool(before) and joins_emoji(before[-1])
    return category not in {"Cf", "Cc"} or char == "\n"


def joins_emoji(char: str) -> bool:
    return char == "\ufe0f" or unicodedata.category(char) in {"So", "Sk"}


def clean_name(name: str) -> str:
    """One line of at most LONGEST_NAME characters as people count them; "" if nothing of it can be seen.

    A name that runs from right to left is isolated, so that it cannot turn the sentence around it.
    """
    line = shorten(" ".join(clean_text(name).split()), LONGEST_NAME)
    if not any(unicodedata.category(char)[0] in "LNPS" and char != "\ufffd" for char in line):
        return ""
    if any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in line):
        return f"{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}"
    return line


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters as people count them (marks and joined emoji belong to the one before)."""
    count = 0
    for index, char in enumerate(text):
        if not continues(text, index, char):
            count += 1
            if count > limit:
                return text[:index].rstrip() + "…"
    return text


def continues(text: str, index: int, char: str) -> bool:
    if index == 0:
        return False
    if "\U0001f3fb" <= char <= "\U0001f3ff" or char == JOINER or text[index - 1] == JOINER:
        return True
    return unicodedata.category(char) in {"Mn", "Me", "Mc"}
