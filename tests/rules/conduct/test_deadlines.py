"""Deadlines leave a day and never end at night, in any zone, also when clocks change (fairness 4, P8)."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.conduct.deadlines import EVENING, MORNING, awake, deadline, stamp
from rules.conduct.effects import DAY, HOUR

ZONES = ["Asia/Shanghai", "Europe/Berlin", "Asia/Tehran", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia"]
MOMENTS = st.integers(min_value=946_684_800, max_value=2_208_988_800)


@given(MOMENTS, st.integers(0, 400), st.sampled_from(ZONES))
def test_a_deadline_leaves_a_day_and_ends_while_people_are_awake(now: int, hours: int, zone: str) -> None:
    at = deadline(now, hours, ZoneInfo(zone))
    assert at >= now + max(hours * HOUR, DAY)
    assert MORNING <= datetime.fromtimestamp(at, ZoneInfo(zone)).time() < EVENING
    assert at - now - max(hours * HOUR, DAY) <= 12 * HOUR


@given(MOMENTS, st.sampled_from(ZONES))
def test_waking_hours_are_left_as_they_are(at: int, zone: str) -> None:
    assert awake(awake(at, ZoneInfo(zone)), ZoneInfo(zone)) == awake(at, ZoneInfo(zone))
    if time(9) < datetime.fromtimestamp(at, ZoneInfo(zone)).time() < time(21):
        assert awake(at, ZoneInfo(zone)) == at


@pytest.mark.parametrize(
    ("now", "due"), [("03-10 07:30", "03-11 08:00"), ("03-10 12:00", "03-11 12:00"), ("03-10 22:00", "03-12 08:00")]
)
def test_an_ad_of_the_morning_is_due_at_eight(now: str, due: str) -> None:  # storyline D8
    zone = ZoneInfo("Asia/Shanghai")
    at = int(datetime.strptime(f"2025-{now}", "%Y-%m-%d %H:%M").replace(tzinfo=zone).timestamp())
    assert stamp(deadline(at, 24, zone), zone) == due


def test_a_night_with_a_gap_ends_at_eight_by_the_clock() -> None:
    zone = ZoneInfo("Europe/Berlin")
    night = int(datetime(2025, 3, 30, 1, 30, tzinfo=zone).timestamp())
    assert stamp(awake(night, zone), zone) == "03-30 08:00"
