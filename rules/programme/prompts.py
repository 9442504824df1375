"""When the daily check-in prompt of a group is due; what to do with one that comes late."""

from datetime import date, time, timedelta, tzinfo
from typing import Literal, NamedTuple

from rules.programme.localtime import local, moment

LATE_SECONDS = 10 * 60
CHECKIN = "checkin"


class Occurrence(NamedTuple):
    """One post, in one group, once. `key` is what it is (group, schedule, local date), never when; `at` in seconds."""

    key: str
    day: str
    at: int


def latest(group_id: int, now: int, clock: time, zone: tzinfo, name: str = CHECKIN) -> Occurrence:
    """The newest whose moment has come: until today's has, it is that of yesterday."""
    today = local(now, zone).date()
    found = of_day(group_id, today, clock, zone, name)
    return found if found.at <= now else of_day(group_id, today - timedelta(days=1), clock, zone, name)


def of_day(group_id: int, day: date, clock: time, zone: tzinfo, name: str = CHECKIN) -> Occurrence:
    return Occurrence(f"{group_id}:{name}:{day.isoformat()}:0", day.isoformat(), moment(day, clock, zone))


def next_at(now: int, clock: time, zone: tzinfo) -> int:
    """Unix seconds of the next prompt strictly after `now`."""
    day = local(now, zone).date()
    while (at := moment(day, clock, zone)) <= now:
        day += timedelta(days=1)
    return at


def ripe(planned: Occurrence, now: int) -> Literal["early", "due", "missed"]:
    """Public speech later than ten minutes is reported as missed, not sent (fairness 5)."""
    if now < planned.at:
        return "early"
    return "due" if now <= planned.at + LATE_SECONDS else "missed"
