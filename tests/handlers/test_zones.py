"""Time zones as people write them."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.zones import COMMON, IN_CHINESE, nearest, zone_named


@pytest.mark.parametrize("name", sorted({*COMMON, *IN_CHINESE.values()}))
def test_what_is_offered_exists(name: str) -> None:
    assert zone_named(name) == name
    assert ZoneInfo(name).key == name


@given(st.sampled_from(sorted(available_timezones())))
def test_every_zone_is_known_by_its_name_however_it_is_written(name: str) -> None:
    assert zone_named(name) == name
    assert zone_named(f"  {name.upper()} ") in available_timezones()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("北京时间", "Asia/Shanghai"), ("吉隆坡", "Asia/Kuala_Lumpur"), ("new york", "America/New_York"),
        ("Kuala_Lumpur", "Asia/Kuala_Lumpur"), ("london", "Europe/London"), ("东京", "Asia/Tokyo"),
        ("臺北", "Asia/Taipei"), ("東京時間", "Asia/Tokyo"), ("紐約", "America/New_York"),
    ],
)  # fmt: skip
def test_a_city_is_enough(text: str, name: str) -> None:
    assert zone_named(text) == name


@pytest.mark.parametrize(
    ("text", "name"), [("Londn", "Europe/London"), ("Asia/Shangai", "Asia/Shanghai"), ("马来西", "Asia/Kuala_Lumpur")]
)
def test_a_slip_is_met_with_the_nearest(text: str, name: str) -> None:
    assert zone_named(text) == ""
    assert nearest(text) == name


@given(st.text(max_size=200))
def test_whatever_is_written_is_a_zone_or_none(text: str) -> None:
    assert zone_named(text) in available_timezones() | {""}
    assert nearest(text) in available_timezones() | {""}
