"""A check-in counts once a day, makes a streak, and is paid for by a transaction that sums to zero."""

from collections.abc import AsyncIterator

import pytest

from bot.storage import merit, overview
from tests.app.stage import Stage
from tests.programme.conftest import NINE, Camping

HOUR, DAY = 3600, 86_400
SEVEN = NINE - 2 * HOUR
PROMPTS = {"checkin": {"enabled": True, "prompt_at": "07:01", "points": 2}}


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(PROMPTS, at=SEVEN) as made:
        await made.member("林晓")
        await made.later(120)
        yield made


async def lin(camp: Stage) -> int:
    return next(user.id for user in camp.world.users.values() if user.first_name == "林晓")


async def points(camp: Stage, user: int) -> int:
    group = await camp.group()
    async with camp.app.services.storage.reading() as unit:
        assert (await overview.totals(unit))["sum_of_postings"] == 0
        return (await merit.balances(unit, group.id, user)).get("points", 0)


async def test_a_press_counts_and_tells_only_who_pressed(camp: Stage) -> None:  # H05
    before, user = await camp.posts(), await lin(camp)
    assert "已连续 1 天，+2 分" in await camp.press(user, "签到")
    assert await points(camp, user) == 2
    assert await camp.posts() == before


async def test_a_second_press_counts_nothing(camp: Stage) -> None:  # H05
    user = await lin(camp)
    await camp.press(user, "签到")
    assert "已经签到" in await camp.press(user, "签到")
    assert await points(camp, user) == 2


async def test_two_presses_at_once_count_once(camp: Stage) -> None:
    user = await lin(camp)
    post = await camp.people.bot_message(camp.chat, button="签到")
    for _ in range(3):
        await camp.people.press(camp.chat, post["message_id"], user, "签到")
    await camp.calm()
    assert [("+2" in told["text"]) for told in await camp.people.alerts(user)].count(True) == 1
    assert await points(camp, user) == 2


async def test_days_in_a_row_make_a_streak_and_a_missed_day_begins_anew(camp: Stage) -> None:  # A07
    user, told = await lin(camp), []
    for pause in (1, 1, 2, 1):
        told.append(await camp.press(user, "签到"))
        for _ in range(pause):
            await camp.later(DAY)
    assert [text[text.index("连续") :][:4] for text in told] == ["连续 1", "连续 2", "连续 3", "连续 1"]
    assert await points(camp, user) == 8


async def test_yesterdays_prompt_no_longer_counts(camp: Stage) -> None:
    user = await lin(camp)
    old = await camp.people.bot_message(camp.chat, button="签到")
    await camp.later(DAY)
    await camp.people.press(camp.chat, old["message_id"], user, "签到")
    await camp.calm()
    assert "已经结束" in (await camp.people.alerts(user))[-1]["text"]
    assert await points(camp, user) == 0


async def test_the_night_belongs_to_the_evening_before(camp: Stage) -> None:
    user = await lin(camp)
    await camp.later(20 * HOUR)
    assert "已连续 1 天" in await camp.press(user, "签到"), "03:02, and the day begins at four"
    await camp.later(4 * HOUR)
    assert "已连续 2 天" in await camp.press(user, "签到")


async def test_a_forged_press_of_somebody_else_is_nothing(camp: Stage) -> None:
    user = await lin(camp)
    post = await camp.people.bot_message(camp.chat, button="签到")
    await camp.people.press(camp.chat, post["message_id"], user, data="checkin:1")
    await camp.calm()
    assert await points(camp, user) == 0


async def test_points_are_shown_to_the_member_alone(camp: Stage) -> None:  # A03
    user = await lin(camp)
    await camp.press(user, "签到")
    await camp.people.start(user)
    await camp.people.open_private_text(user, "/points")
    await camp.calm()
    assert any("2" in text for text in await camp.said(chat=user))
