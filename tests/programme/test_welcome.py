"""Those who join together are greeted together, quietly, and by name."""

import asyncio

import pytest

from tests.app.stage import Stage
from tests.programme.conftest import Camping

HOSTILE = "<b>管理员</b> &amp; [x](tg://user?id=1) {names} %s \u202e\u2067 @everyone"


async def join(camp: Stage, *names: str, seconds: float = 0.0) -> list[int]:
    """They join one after the other, `seconds` apart."""
    people = []
    for name in names:
        people.append(await camp.member(name))
        await camp.later(seconds)
    return people


def welcomes(said: list[str]) -> list[str]:
    return [text for text in said if text.startswith("欢迎")]


async def test_ten_joins_in_half_a_minute_are_one_greeting_with_ten_names(camping: Camping) -> None:  # J01
    async with camping() as camp:
        names = [f"新同学{n}" for n in range(10)]
        await join(camp, *names, seconds=3)
        assert welcomes(await camp.said()) == []
        await camp.later(60)
        (greeting,) = welcomes(await camp.said())
        assert [name in greeting for name in names] == [True] * 10
        assert await camp.posts() == 1


async def test_the_eleventh_name_is_counted(camping: Camping) -> None:  # J01
    async with camping() as camp:
        await join(camp, *(f"新同学{n}" for n in range(12)))
        await camp.later(60)
        (greeting,) = welcomes(await camp.said())
        assert "另外 2 位" in greeting


async def test_one_greeting_is_left_after_the_next_wave(camping: Camping) -> None:  # J01
    async with camping() as camp:
        await join(camp, "林晓")
        await camp.later(60)
        await join(camp, "王敏")
        await camp.later(60)
        assert ["林晓" in text for text in welcomes(await camp.said())] == [True], "not within ten minutes"
        await camp.later(600)
        assert ["王敏" in text for text in welcomes(await camp.said())] == [True]


async def test_a_wave_that_goes_on_is_greeted_after_two_minutes_at_the_latest(camping: Camping) -> None:  # J01
    async with camping() as camp:
        await join(camp, *(f"同学{n}" for n in range(7)), seconds=20)
        assert len(welcomes(await camp.said())) == 1


async def test_nobody_is_greeted_where_it_is_off(camping: Camping) -> None:  # J01
    async with camping({"welcome": {"enabled": False}}) as camp:
        await join(camp, "林晓")
        await camp.later(3600)
        assert await camp.posts() == 0


async def test_a_hostile_name_is_shown_and_breaks_nothing(camping: Camping) -> None:
    async with camping() as camp:
        await join(camp, HOSTILE, "林晓")
        await camp.later(60)
        (greeting,) = welcomes(await camp.said())
        assert "<b>管理员</b>" in greeting
        assert "林晓" in greeting
        assert "\u202e" not in greeting


async def test_a_name_nobody_can_see_does_not_keep_others_from_being_greeted(camping: Camping) -> None:
    async with camping() as camp:
        await join(camp, "\u3164\u200b", "林晓")
        await camp.later(60)
        (greeting,) = welcomes(await camp.said())
        assert "林晓" in greeting


async def test_a_bot_is_not_greeted(camping: Camping) -> None:
    async with camping() as camp:
        other = await camp.people.user_create("另一个机器人", is_bot=True, username="other_bot")
        await camp.people.join(camp.chat, other, added_by=camp.owner)
        await camp.later(60)
        assert await camp.posts() == 0


async def test_who_left_before_the_greeting_is_not_named(camping: Camping) -> None:
    async with camping() as camp:
        lin, _ = await join(camp, "林晓", "王敏")
        await camp.people.leave(camp.chat, lin)
        await camp.calm()
        await camp.later(60)
        (greeting,) = welcomes(await camp.said())
        assert "林晓" not in greeting


async def test_who_comes_back_is_greeted_again_but_never_twice_in_one_post(camping: Camping) -> None:
    async with camping() as camp:
        (lin,) = await join(camp, "林晓")
        await camp.people.leave(camp.chat, lin)
        await camp.people.join(camp.chat, lin)
        await camp.later(60)
        (greeting,) = welcomes(await camp.said())
        assert greeting.count("林晓") == 1


async def test_the_greeting_survives_a_restart(camping: Camping) -> None:  # C2
    async with camping() as camp:
        await join(camp, "林晓")
        await camp.restart()
        await camp.later(60)
        await camp.restart()
        await camp.later(3600)
        assert len(welcomes(await camp.said())) == 1
        assert await camp.posts() == 1


async def test_a_greeting_that_comes_too_late_is_not_sent(camping: Camping) -> None:  # fairness 5
    async with camping() as camp:
        await join(camp, "林晓")
        await camp.app.stop()
        camp.pass_(3600)
        await camp.app.start()
        await camp.later(60)
        assert await camp.posts() == 0


async def test_the_calendar_greets_without_anybody_calling_it(camping: Camping) -> None:
    async with camping() as camp:
        await camp.member("林晓")
        await camp.taken(2)
        await asyncio.sleep(0.3)
        camp.pass_(31)
        await camp.people.bot_message(camp.chat, "欢迎.*林晓")


@pytest.mark.parametrize("own", ["大家好,欢迎来到 {title} & <同学们>!", "没有占位符"])
async def test_the_leaders_own_words_stand_in_place_of_ours(camping: Camping, own: str) -> None:  # J02
    async with camping({"welcome": {"text": own}}) as camp:
        await join(camp, "林晓")
        await camp.later(60)
        (greeting,) = welcomes(await camp.said())
        assert own.replace("{title}", "07营 学习群") in greeting


@pytest.mark.parametrize("enabled", [False, True])
async def test_todays_task_is_a_button_only_where_there_is_one(camping: Camping, enabled: bool) -> None:  # J01
    async with camping({"checkin": {"enabled": enabled, "prompt_at": "09:01"}}) as camp:
        await camp.later(2 * 60)
        await camp.member("林晓")
        await camp.later(60)
        post = next(p for p in await camp.people.messages(camp.chat) if "欢迎" in p.get("text", ""))
        assert ("今日任务" in str(post["reply_markup"])) == enabled
        assert ("https://t.me/c/" in str(post["reply_markup"])) == enabled
