"""Local clock times as Unix seconds, without surprises at the change of the clocks; the zone is passed in."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def parse_clock(text: str) -> time:
    """`06:30` → time(6, 30). Raises ValueError for anything else."""
    # `time.fromisoformat` would take 06, 0630 and seconds as well.
    return datetime.strptime(text, "%H:%M").replace(tzinfo=UTC).time()


def moment(day: date, clock: time, zone: tzinfo) -> int:
    """Unix seconds of `clock` on `day` in `zone`.

    A local time that does not exist moves to the first valid minute; one that exists twice takes the first.
    """
    wanted = datetime.combine(day, clock, tzinfo=zone)
    at = int(wanted.timestamp())
    if local(at, zone).replace(tzinfo=None) == wanted.replace(tzinfo=None):
        return at
    # Wider than any change of the clocks.
    return _end_of_gap(at - 4 * 3600, at + 4 * 3600, zone)


def local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, tz=zone)


def _end_of_gap(low: int, high: int, zone: tzinfo) -> int:
    """The instant between `low` and `high` at which the zone's offset grows."""
    before = local(low, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if local(middle, zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def business_day(at: int, zone: tzinfo, starts_at: time) -> date:
    """The day an event belongs to where a day begins at `starts_at` (04:00: the night still counts to the evening)."""
    now = local(at, zone)
    return now.date() if now.time() >= starts_at else now.date() - timedelta(days=1)
