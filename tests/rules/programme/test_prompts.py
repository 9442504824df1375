"""The daily prompt: due once a local day, late only a little."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rules.programme.localtime import local
from rules.programme.prompts import LATE_SECONDS, Occurrence, latest, next_at, of_day, ripe

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = time(6, 30)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def occurrence(group_id: int, now: int, clock: time, zone: ZoneInfo) -> Occurrence:
    """That of today, due or not yet."""
    return of_day(group_id, local(now, zone).date(), clock, zone)


def test_the_key_names_the_group_and_the_local_date_only() -> None:
    first = occurrence(7, at("2025-03-03T22:00"), MORNING, SHANGHAI)
    again = occurrence(7, at("2025-03-04T03:00"), time(7, 0), SHANGHAI)
    assert first.key == again.key == "7:checkin:2025-03-04:0"


def test_a_prompt_later_than_ten_minutes_is_missed_not_sent() -> None:
    planned = occurrence(7, at("2025-03-04T00:00"), MORNING, SHANGHAI)
    assert ripe(planned, planned.at - 1) == "early"
    assert ripe(planned, planned.at + LATE_SECONDS) == "due"
    assert ripe(planned, planned.at + LATE_SECONDS + 1) == "missed"


@given(st.integers(1_600_000_000, 1_900_000_000), st.sampled_from(["Europe/Berlin", "Asia/Tehran", "Asia/Shanghai"]))
def test_there_is_exactly_one_prompt_a_local_day(now: int, name: str) -> None:
    zone = ZoneInfo(name)
    upcoming = next_at(now, time(2, 30), zone)
    assert now < upcoming <= now + 26 * 3600
    assert occurrence(1, upcoming, time(2, 30), zone).at == upcoming


def test_the_latest_is_that_of_yesterday_until_todays_moment_has_come() -> None:
    before, moment = at("2025-03-03T22:29:59"), at("2025-03-03T22:30")
    assert latest(7, before, MORNING, SHANGHAI) == Occurrence("7:checkin:2025-03-03:0", "2025-03-03", moment - 86400)
    assert latest(7, moment, MORNING, SHANGHAI).day == "2025-03-04"
    assert latest(7, moment, MORNING, SHANGHAI, "digest").key == "7:digest:2025-03-04:0"
