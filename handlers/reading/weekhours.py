"""Hours of the week as people type them: 周一 19:00-22:00, 每天 08:00-12:00, mon 19:00-22:00."""

import re
from typing import Literal, NamedTuple

from bot.textscan.folding import simplified

DAYS = {
    **dict(zip("一二三四五六日", range(7), strict=True)), "天": 6,
    **{name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}  # fmt: skip
EVERY_DAY = frozenset(("每天", "daily", "everyday"))
WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)[a-z]*")
HOURS = re.compile(r"(\d{1,2})[:：.](\d{2})\s*[-–—~至到]\s*(\d{1,2})[:：.](\d{2})")
FULL_DAY = 24 * 60


Wrong = Literal["", "no_time", "empty", "overnight", "no_day"]


class Hours(NamedTuple):
    """On one of these days from a minute until another; 1440 is midnight at the end of the day."""

    days: tuple[int, ...]
    first: int
    last: int


def wrong_with(words: str) -> Wrong:
    """Why `hours_of` understands nothing there, as far as it can be told."""
    found = HOURS.search(simplified(words).lower())
    if found is None:
        return ""
    first, last = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    if max(int(found[2]), int(found[4])) > 59 or max(first, last) > FULL_DAY:
        return "no_time"
    if first == last:
        return "empty"
    return "overnight" if first > last else "no_day"


def hours_of(words: str) -> Hours | None:
    """`周一 19:00-22:00`, `每天 08:00-12:00`, `mon 19:00-22:00`; None where it is something else."""
    said = simplified(words).strip().lower()
    found = HOURS.search(said)
    if found is None:
        return None
    day = said.replace(found[0], " ").strip()
    first, last = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    if max(int(found[2]), int(found[4])) > 59 or not 0 <= first < last <= FULL_DAY:
        return None
    if day in EVERY_DAY:
        return Hours(tuple(range(7)), first, last)
    named = WEEKDAY.fullmatch(day)
    return None if named is None else Hours((DAYS[named[1] or named[2]],), first, last)
