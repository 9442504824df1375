"""The daily prompt: once a local day, whatever happens to the bot meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

import pytest

from bot.storage import groups, occurrences
from rules.programme.localtime import local, parse_clock
from rules.programme.prompts import of_day
from tests.app.stage import Stage
from tests.programme.conftest import NINE, Camping

MINUTE, HOUR, DAY = 60, 3600, 86_400
SIX = NINE - 3 * HOUR
PROMPTS = {"checkin": {"enabled": True, "prompt_at": "06:30"}}


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(PROMPTS, at=SIX) as made:
        await made.member("林晓")
        await made.calm()
        yield made


async def prompts(camp: Stage) -> int:
    """How many were ever posted."""
    said = [call["parameters"] for call in await camp.people.calls(method="sendMessage")]
    return len([each for each in said if "早安" in each["text"]])


async def state_of_today(camp: Stage) -> str:
    group = await camp.group()
    zone = ZoneInfo(group.zone)
    today = of_day(group.id, local(int(camp.app.services.clock.now()), zone).date(), parse_clock("06:30"), zone)
    async with camp.app.services.storage.reading() as unit:
        row = await occurrences.get(unit, today.key)
    return row.state if row is not None else ""


async def test_it_comes_at_its_time_and_once(camp: Stage) -> None:  # P1
    await camp.later(29 * MINUTE)
    assert await prompts(camp) == 0
    await camp.later(2 * MINUTE)
    assert await prompts(camp) == 1
    for _ in range(5):
        await camp.later(2 * HOUR)
    assert await prompts(camp) == 1


async def test_it_comes_again_on_the_next_day(camp: Stage) -> None:
    for _ in range(3):
        await camp.later(31 * MINUTE)
        await camp.later(DAY - 31 * MINUTE)
    assert await prompts(camp) == 3


async def test_the_calendar_rings_by_itself(camp: Stage) -> None:
    await asyncio.sleep(0.3)
    camp.pass_(30 * MINUTE + 1)
    await camp.people.bot_message(camp.chat, "签到", button="签到")


async def test_it_is_not_sent_twice_by_a_restart_before_or_after(camp: Stage) -> None:  # P2 P4
    await camp.restart()
    await camp.later(31 * MINUTE)
    await camp.restart()
    await camp.later(MINUTE)
    assert await prompts(camp) == 1


async def test_a_restart_while_telegram_is_away_sends_it_once(camp: Stage) -> None:  # P3
    await camp.people.fail_next("sendMessage", n=100, mode="error", code=500, description="Internal Server Error")
    camp.pass_(31 * MINUTE)
    await camp.people.call_made("sendMessage")
    await camp.restart()
    await camp.people.do("fail_clear")
    await camp.later(2 * MINUTE)
    await camp.later(2 * MINUTE)
    assert len([text for text in await camp.said() if "早安" in text]) == 1


async def test_after_five_minutes_of_absence_it_is_sent(camp: Stage) -> None:  # P6
    await camp.app.stop()
    camp.pass_(35 * MINUTE)
    await camp.app.start()
    await camp.later(1)
    assert await prompts(camp) == 1


async def test_after_three_hours_of_absence_it_is_missed_and_said_so_in_the_books(camp: Stage) -> None:  # P6
    await camp.app.stop()
    camp.pass_(3 * HOUR)
    await camp.app.start()
    await camp.later(HOUR)
    assert await prompts(camp) == 0
    assert await state_of_today(camp) == "missed"
    assert await camp.questions() == ["prompt_missed"]


async def test_leaders_are_told_of_each_missed_prompt_once_even_of_yesterdays(camp: Stage) -> None:  # P6
    await camp.app.stop()
    camp.pass_(3 * HOUR)
    await camp.app.start()
    await camp.later(HOUR)
    await camp.restart()
    await camp.app.stop()
    camp.pass_(20 * HOUR + 29 * MINUTE)
    await camp.app.start()
    await camp.calm()
    assert await camp.questions() == ["prompt_missed"]
    await camp.app.stop()
    camp.pass_(DAY)
    await camp.app.start()
    await camp.calm()
    assert await camp.questions() == ["prompt_missed"] * 2
    await camp.later(2 * MINUTE)
    assert await prompts(camp) == 1


async def test_a_prompt_before_midnight_is_made_up_for_after_it(camping: Camping) -> None:  # P6
    late = {"checkin": {"enabled": True, "prompt_at": "23:58"}}
    async with camping(late, at=SIX + 17 * HOUR + 55 * MINUTE) as camp:
        await camp.app.stop()
        camp.pass_(7 * MINUTE)
        await camp.app.start()
        await camp.later(1)
        assert await prompts(camp) == 1


async def test_who_turns_check_ins_on_after_the_time_is_told_of_no_missed_prompt(camping: Camping) -> None:  # P6
    async with camping({"checkin": {"enabled": False, "prompt_at": "06:30"}}, at=NINE) as camp:
        await camp.people.start(camp.owner)
        await camp.people.post(camp.chat, camp.owner, "/policy set checkin.enabled on")
        await camp.calm()
        await camp.later(2 * HOUR)
        assert (await camp.group()).rule_began["checkin"] >= NINE
        assert await prompts(camp) == 0
        assert await camp.questions() == []
        await camp.people.post(camp.chat, camp.owner, "/policy set checkin.enabled off")
        await camp.later(2)
        assert "checkin" not in (await camp.group()).rule_began


async def test_one_that_waits_in_the_outbox_expires_after_ten_minutes(camp: Stage) -> None:  # P6, fairness 5
    await camp.people.fail_next(
        "sendMessage", n=1, mode="error", code=429, retry_after=1200, description="Too Many Requests"
    )
    await camp.later(31 * MINUTE)
    assert [text for text in await camp.said() if "早安" in text] == []
    await camp.later(30 * MINUTE)
    assert [text for text in await camp.said() if "早安" in text] == []
    assert await camp.questions() == ["prompt_missed"]


async def test_a_group_that_the_bot_joined_after_the_time_gets_its_first_prompt_tomorrow(camping: Camping) -> None:
    async with camping(PROMPTS, at=SIX + 33 * MINUTE) as camp:
        await camp.later(MINUTE)
        assert await prompts(camp) == 0
        await camp.later(DAY)
        assert await prompts(camp) == 1


async def test_a_clock_set_back_brings_no_second_prompt(camp: Stage) -> None:  # P9
    await camp.later(31 * MINUTE)
    camp.pass_(-3 * HOUR)
    await camp.calm()
    await camp.later(3 * HOUR)
    assert await prompts(camp) == 1


async def test_another_zone_changes_the_time_of_the_next_prompt(camp: Stage) -> None:  # P8
    await camp.later(31 * MINUTE)
    group = await camp.group()
    async with camp.app.services.storage.unit() as unit:
        await groups.update(unit, group.id, zone="Europe/Berlin")
    await camp.later(7 * HOUR)
    assert await prompts(camp) == 1, "06:30 in Berlin on a day that has had its prompt"
    await camp.later(DAY)
    assert await prompts(camp) == 2
