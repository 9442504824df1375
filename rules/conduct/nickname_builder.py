"""A name format put together from parts: its pattern, an example and the words for it, with names that fit and that
do not; it compiles nothing, for what fits is asked of whoever can.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

TAG_LENGTH = 16
"""As many characters a member's tag in Telegram holds."""
SHOWN = 3
MOST_PARTS = 5
DASH, SEPARATORS = "-", ("-", " ", "|", "·", "/")


class Part(NamedTuple):
    """`label` names it in the words of the format; `form` is its pattern, where {other} stands for any character
    that is neither blank nor the separator; `longest` is how many characters it can have."""

    label: str
    form: str
    longest: int
    examples: tuple[str, str, str]


class Format(NamedTuple):
    """The three settings of `nickname_format` that say what a name looks like, and how long one can be."""

    pattern: str
    example: str
    words: str
    longest: int


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "term": Part("期号", r"\d{1,3}[营期班]", 4, ("07营", "12期", "3班")),
        "nick": Part("昵称", "{other}{1,8}", 8, ("林晓", "Anna", "小满")),
        "city": Part("城市", "{other}{1,8}", 8, ("上海", "乌鲁木齐", "台北")),
        "job": Part("职业", "{other}{1,8}", 8, ("老师", "设计师", "学生")),
        "number": Part("学号", r"\d{1,4}", 4, ("18", "203", "7")),
        "free": Part("自由文字", "{other}{1,10}", 10, ("爱读书", "早起", "在路上")),
    }
)
TOO_LONG = "很长很长很长很长很长很长"


class BuilderError(ValueError):
    """The parts do not make a format; `why` is empty, many, twice, unknown or separator."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def build(parts: Sequence[str], separator: str = DASH) -> Format:
    """Raises BuilderError."""
    check(parts, separator)
    chosen, sign = [PARTS[part] for part in parts], meant(separator)
    forms = [part.form.replace("{other}", rf"[^\s{in_class(sign)}]") for part in chosen]
    return Format(
        pattern=f"^{in_pattern(sign).join(forms)}$",
        example=separator.join(part.examples[0] for part in chosen),
        words=separator.join(part.label for part in chosen),
        longest=sum(part.longest for part in chosen) + len(chosen) - 1,
    )


def check(parts: Sequence[str], separator: str) -> None:
    if not parts:
        raise BuilderError("empty")
    if len(parts) > MOST_PARTS:
        raise BuilderError("many")
    if len(set(parts)) != len(parts):
        raise BuilderError("twice")
    if not PARTS.keys() >= set(parts):
        raise BuilderError("unknown")
    if separator not in SEPARATORS:
        raise BuilderError("separator")


def meant(separator: str) -> str:
    """Names are compared with every dash as one dash, and blanks left out or as a dash: a blank is written as one."""
    return DASH if separator == " " else separator


def in_class(sign: str) -> str:
    return rf"\{sign}" if sign == DASH else sign


def in_pattern(sign: str) -> str:
    return rf"\{sign}" if sign == "|" else sign


def too_long_for_tags(made: Format) -> bool:
    return made.longest > TAG_LENGTH


def accepted(parts: Sequence[str], separator: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Three names that fit, the example first: also in wide and traditional characters."""
    return first_three(candidates(parts, separator), fits)


def candidates(parts: Sequence[str], separator: str) -> Iterator[str]:
    chosen = [PARTS[part] for part in parts]
    plain = [separator.join(part.examples[number] for part in chosen) for number in range(3)]
    yield plain[0]
    yield wide(plain[0]) if meant(separator) == DASH else plain[2]
    yield from plain[1:]


def wide(name: str) -> str:
    """As a keyboard set to full width types it."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)


def refused(parts: Sequence[str], separator: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Three names that do not fit, the most likely mistakes first."""
    return first_three(mistakes(parts, separator), lambda name: not fits(name))


def mistakes(parts: Sequence[str], separator: str) -> Iterator[str]:
    chosen = [PARTS[part].examples[0] for part in parts]
    yield separator.join(chosen[:-1])
    yield separator.join(chosen[1:])
    yield "".join(chosen)
    yield separator.join([*chosen, "1"])
    yield separator.join(reversed(chosen))
    yield separator.join([*chosen[:-1], TOO_LONG])
    yield f"{TOO_LONG}{separator}{TOO_LONG}"
    yield f"{TOO_LONG}{TOO_LONG}"


def first_three(names: Iterator[str], wanted: Callable[[str], bool]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        if name and name not in found and wanted(name):
            found.append(name)
    return tuple(found[:SHOWN])
