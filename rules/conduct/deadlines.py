"""When somebody must have answered: never in less than a day, never at night."""

from datetime import time, timedelta, tzinfo

from rules.conduct.effects import DAY, HOUR
from rules.programme.localtime import local, moment

MORNING = time(8)
EVENING = time(22)


def deadline(now: int, hours: int, zone: tzinfo) -> int:
    """Unix seconds of a deadline at least `hours` and at least a day away that does not end between 22:00 and 08:00."""
    return awake(now + max(hours * HOUR, DAY), zone)


def awake(at: int, zone: tzinfo) -> int:
    """`at`, or the next 08:00 if it falls into the night of `zone`."""
    there = local(at, zone)
    if MORNING <= there.time() < EVENING:
        return at
    day = there.date() if there.time() < MORNING else there.date() + timedelta(days=1)
    return moment(day, MORNING, zone)


def stamp(at: int, zone: tzinfo) -> str:
    """How a moment is written in a sentence: month, day, hour and minute of the group."""
    return f"{local(at, zone):%m-%d %H:%M}"
