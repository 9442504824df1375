"""The names of roles as people type and read them, and how long somebody holds one; it decides nothing."""

import re
from datetime import date, datetime, time, timedelta

from bot.powers import Role
from bot.textscan.folding import simplified
from handlers.frame.context import Talk
from handlers.reading.durations import DAY, seconds_of
from handlers.saying.answers import catalogue
from rules.conduct.effects import Phrase

in_team = catalogue("team")

TEAM = "team"

# In the order of a list, the highest first; what can be granted at all.
GRANTABLE: tuple[Role, ...] = ("owner", "officer", "leader", "homework_officer", "reviewer", "volunteer")
TYPED: dict[str, Role] = {
    **{role: role for role in GRANTABLE},
    "负责人": "owner", "所有者": "owner", "运营官": "officer", "营主": "leader", "营长": "leader", "班长": "leader",
    "作业官": "homework_officer", "homework": "homework_officer", "homework-officer": "homework_officer",
    "复核人": "reviewer", "复核": "reviewer", "志愿者": "volunteer", "志愿": "volunteer",
}  # fmt: skip
EVERYWHERE = frozenset(("all", "全部", "所有", "所有群", "全部群"))
HERE = frozenset(("group", "here", "本群", "这个群"))
A_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
LONGEST = 3650 * DAY


def role_of(typed: str) -> Role | None:
    return TYPED.get(simplified(typed).lower())


def role_name(talk: Talk, role: str, language: str = "") -> str:
    return said_in(talk, in_team(f"role_{role}"), language)


def said_in(talk: Talk, said: Phrase, language: str = "") -> str:
    """As part of a sentence for somebody who may read another language than whoever asked."""
    return talk.services.texts.plain(said, language or talk.language)


def end_of(talk: Talk, typed: str) -> int | None:
    """The moment that `7d` or `2026-12-31` means (the end of that day in the group); None where it is neither."""
    seconds = seconds_of(typed)
    if seconds is not None:
        return talk.at + seconds
    found = A_DATE.fullmatch(typed)
    if found is None:
        return None
    try:
        day = date(*map(int, found.groups())) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return int(datetime.combine(day, time(), talk.zone).timestamp())


def how_long(talk: Talk, until: int) -> Phrase:
    """The year stands there only where it is another one."""
    if not until:
        return in_team("for_good")
    # The last minute of a day is read more easily than the first of the next.
    end, now = datetime.fromtimestamp(until - 1, talk.zone), datetime.fromtimestamp(talk.at, talk.zone)
    return in_team("until", at=f"{end:%m-%d %H:%M}" if end.year == now.year else f"{end:%Y-%m-%d}")
