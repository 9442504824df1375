"""Lengths of time as people type them: 10m, 2h, 3d, 1w, 1h30m, 10分钟, 2小时, 3天, 1周."""

import re
import unicodedata

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800
UNITS = {
    "m": MINUTE, "min": MINUTE, "分": MINUTE, "分钟": MINUTE, "分鐘": MINUTE,
    "h": HOUR, "时": HOUR, "小时": HOUR, "个小时": HOUR, "時": HOUR, "小時": HOUR, "個小時": HOUR,
    "d": DAY, "天": DAY, "日": DAY,
    "w": WEEK, "周": WEEK, "週": WEEK, "星期": WEEK,
}  # fmt: skip
PART = re.compile(rf"(\d{{1,6}})\s?({'|'.join(sorted(UNITS, key=len, reverse=True))})")
# Telegram takes a mute of under 30 seconds or over 366 days for one without end.
SHORTEST, LONGEST = MINUTE, 365 * DAY


def seconds_of(word: str) -> int | None:
    """The seconds a word means, None if it is no length of time; it may lie outside SHORTEST and LONGEST."""
    word = unicodedata.normalize("NFKC", word).lower()
    if not re.fullmatch(f"({PART.pattern})+", word):
        return None
    return sum(int(number) * UNITS[unit] for number, unit in PART.findall(word))
