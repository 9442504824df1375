"""The life of a name that does not fit: asked, reminded, read-only at most, and free as soon as it fits (J03)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.gateway import MemberInfo
from bot.storage import Unit
from tests.app.stage import Stage
from tests.programme.conftest import Camping

MINUTE, HOUR, DAY = 60, 3600, 86_400
NAMES = {
    "nickname_format": {"mode": "enforce", "deadline_hours": 24, "remind_hours": 12},
    "welcome": {"enabled": False},
}


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(NAMES) as made:
        yield made


async def newcomer(camp: Stage, name: str = "老赵") -> int:
    await camp.later(1)
    user = await camp.member(name)
    await camp.calm()
    return user


async def status(camp: Stage, user: int) -> str:
    return str((await camp.people.member(camp.chat, user))["status"])


async def test_whoever_joins_with_another_name_is_asked_kindly_and_reminded_once(camp: Stage) -> None:
    user = await newcomer(camp)
    assert await camp.steps(user) == ["ask_name"]
    assert "07营-林晓-上海" in (await camp.said())[-1]
    await camp.later(13 * HOUR)
    await camp.later(HOUR)
    assert await camp.steps(user) == ["ask_name", "remind"]


async def test_a_name_that_fits_is_not_spoken_of(camp: Stage) -> None:
    user = await newcomer(camp, "07营-赵刚-苏州")
    await camp.later(2 * DAY)
    assert await camp.steps(user) == []
    assert await camp.posts() == 0


async def test_who_was_seen_after_the_notice_may_only_read_at_the_deadline(camp: Stage) -> None:  # fairness 4
    user = await newcomer(camp)
    await camp.later(2 * HOUR)
    await camp.people.post(camp.chat, user, "大家好")
    await camp.later(22 * HOUR - MINUTE)
    assert await status(camp, user) == "member"
    await camp.later(2 * MINUTE)
    assert await status(camp, user) == "restricted"
    assert (await camp.steps(user))[-1] == "read_only"


async def test_who_was_not_seen_after_the_notice_has_another_day(camp: Stage) -> None:  # fairness 4
    user = await newcomer(camp)
    for _ in range(4):
        await camp.later(DAY)
        assert await status(camp, user) == "member"


async def test_a_notice_that_came_late_moves_the_deadline_by_as_much(camp: Stage) -> None:  # fairness 4
    await camp.people.fail_next("sendMessage", mode="error", code=429, retry_after=40, description="Too Many Requests")
    user = await newcomer(camp)
    await camp.later(MINUTE)
    await camp.later(MINUTE)
    await camp.people.post(camp.chat, user, "大家好")
    await camp.later(DAY - 2 * MINUTE)
    assert await status(camp, user) == "member"
    await camp.later(MINUTE)
    assert await status(camp, user) == "restricted"


async def test_the_deadline_does_not_end_at_night(camping: Camping) -> None:  # fairness 4
    no_night = {"quiet": {"night_from": "00:00", "night_until": "00:00"}}
    async with camping(NAMES | no_night, at=1_741_014_000) as camp:  # 23:00
        user = await newcomer(camp)
        await camp.later(MINUTE)
        await camp.people.post(camp.chat, user, "晚上好")
        await camp.later(DAY + HOUR)
        assert await status(camp, user) == "member"
        await camp.later(8 * HOUR)
        assert await status(camp, user) == "restricted"


async def read_only(camp: Stage) -> int:
    user = await newcomer(camp)
    await camp.later(HOUR)
    await camp.people.post(camp.chat, user, "大家好")
    await camp.calm()
    await camp.later(DAY)
    assert await status(camp, user) == "restricted"
    return user


async def test_whoever_mends_the_name_is_freed_within_ten_minutes_without_a_press(camp: Stage) -> None:
    user = await read_only(camp)
    await camp.people.user_rename(user, "07营-赵刚-苏州")
    await camp.later(11 * MINUTE)
    assert await status(camp, user) == "member"
    assert (await camp.steps(user))[-1] == "free"


async def test_a_name_that_is_as_it_was_is_looked_at_and_nothing_is_written(
    camp: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await read_only(camp)
    gateway, asked, written = camp.app.services.gateway, list[int](), list[int]()
    tell = gateway.member

    async def member(chat_id: int, user_id: int) -> MemberInfo:
        asked.append(user_id)
        return await tell(chat_id, user_id)

    async def update(unit: Unit, group_id: int, user_id: int, **_: object) -> None:
        written.append(user_id)

    monkeypatch.setattr(gateway, "member", member)
    monkeypatch.setattr("bot.storage.members.update", update)
    await camp.later(11 * MINUTE)
    assert (asked, written) == ([user], [])


async def test_the_calendar_looks_again_by_itself(camp: Stage) -> None:
    user = await read_only(camp)
    await camp.people.user_rename(user, "07营-赵刚-苏州")
    await asyncio.sleep(0.3)
    camp.pass_(11 * MINUTE)
    await camp.people.member_status(camp.chat, user, "member")


async def test_telegram_is_asked_every_ten_minutes_and_not_oftener(camp: Stage) -> None:
    await read_only(camp)
    asked = len(await camp.people.calls(method="getChatMember"))
    for _ in range(30):
        await camp.later(2 * MINUTE)
    assert 5 <= len(await camp.people.calls(method="getChatMember")) - asked <= 7


async def test_a_restart_forgets_nobody_who_may_only_read(camp: Stage) -> None:
    user = await read_only(camp)
    await camp.people.user_rename(user, "07营-赵刚-苏州")
    await camp.restart()
    await camp.later(11 * MINUTE)
    assert await status(camp, user) == "member"


async def test_nobody_is_asked_about_once_all_are_free(camp: Stage) -> None:
    user = await read_only(camp)
    await camp.people.user_rename(user, "07营-赵刚-苏州")
    await camp.later(11 * MINUTE)
    asked = len(await camp.people.calls(method="getChatMember"))
    await camp.later(HOUR)
    assert len(await camp.people.calls(method="getChatMember")) == asked


async def test_telegram_not_answering_once_delays_and_breaks_nothing(camp: Stage) -> None:
    user = await read_only(camp)
    await camp.people.user_rename(user, "07营-赵刚-苏州")
    await camp.people.fail_next("getChatMember", n=1, mode="error", code=500, description="Internal Server Error")
    await camp.later(11 * MINUTE)
    await camp.later(11 * MINUTE)
    assert await status(camp, user) == "member"


async def test_a_press_frees_at_once(camp: Stage) -> None:
    user = await read_only(camp)
    await camp.people.user_rename(user, "07营-赵刚-苏州")
    await camp.press(user, "改好了")
    assert await status(camp, user) == "member"


async def test_a_registered_name_always_suffices(camp: Stage) -> None:  # fairness 9
    user = await newcomer(camp)
    await camp.people.post(camp.chat, user, "/nick 07营-阿May-深圳")
    await camp.later(3 * DAY)
    assert await status(camp, user) == "member"
    assert "read_only" not in await camp.steps(user)


async def test_who_left_is_asked_nothing_more(camp: Stage) -> None:
    user = await newcomer(camp)
    await camp.people.leave(camp.chat, user)
    await camp.later(3 * DAY)
    assert await camp.steps(user) == ["ask_name"]


async def test_who_leads_meanwhile_is_left_alone(camp: Stage) -> None:  # A3
    user = await newcomer(camp)
    await camp.people.post(camp.chat, user, "大家好")
    await camp.people.promote(camp.chat, user)
    await camp.later(3 * DAY)
    assert await status(camp, user) == "administrator"
    assert "read_only" not in await camp.steps(user)


async def test_it_never_enters_the_ladder_and_never_ends_in_removal(camp: Stage) -> None:  # fairness 9
    user = await read_only(camp)
    await camp.later(30 * DAY)
    assert await status(camp, user) == "restricted"
    assert {"warn", "ask_to_leave", "remove"} & set(await camp.steps(user)) == set()
