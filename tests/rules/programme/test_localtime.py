"""Local times at the change of the clocks (P8's pure part)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.programme.localtime import business_day, local, moment, parse_clock

BERLIN, LORD_HOWE, SHANGHAI = (ZoneInfo(z) for z in ("Europe/Berlin", "Australia/Lord_Howe", "Asia/Shanghai"))
ZONES = [BERLIN, LORD_HOWE, SHANGHAI, ZoneInfo("Asia/Tehran"), ZoneInfo("America/Sao_Paulo")]


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_a_time_that_does_not_exist_moves_to_the_first_valid_minute() -> None:
    assert moment(date(2025, 3, 30), time(2, 30), BERLIN) == utc("2025-03-30T01:00")


def test_a_half_hour_gap_moves_as_well() -> None:
    at = moment(date(2025, 10, 5), time(2, 10), LORD_HOWE)
    assert local(at, LORD_HOWE).strftime("%H:%M") == "02:30"


def test_a_time_that_exists_twice_takes_the_first() -> None:
    assert moment(date(2025, 10, 26), time(2, 30), BERLIN) == utc("2025-10-26T00:30")


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)), st.times().map(lambda t: t.replace(second=0, microsecond=0)),
       st.sampled_from(ZONES))  # fmt: skip
def test_a_moment_is_the_asked_clock_time_or_the_first_after_it(day: date, clock: time, zone: ZoneInfo) -> None:
    shown = local(moment(day, clock, zone), zone)
    assert shown.replace(tzinfo=None, fold=0) >= datetime.combine(day, clock)
    assert shown.replace(tzinfo=None, fold=0) - datetime.combine(day, clock) <= timedelta(hours=1)


@given(st.integers(0, 2_000_000_000), st.sampled_from(ZONES))
def test_the_business_day_never_runs_backwards(at: int, zone: ZoneInfo) -> None:
    assert business_day(at, zone, time(4)) <= business_day(at + 7200, zone, time(4))


def test_the_night_before_four_belongs_to_the_day_before() -> None:
    at = int(datetime(2025, 3, 4, 3, 59, tzinfo=SHANGHAI).timestamp())
    assert business_day(at, SHANGHAI, time(4)) == date(2025, 3, 3)
    assert business_day(at + 60, SHANGHAI, time(4)) == date(2025, 3, 4)


@pytest.mark.parametrize("text", ["", "6", "24:00", "06:60", "six", "06:30:00"])
def test_a_clock_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"match|unconverted|range|data"):
        parse_clock(text)
