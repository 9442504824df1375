"""Quiet is a law: receipts are reactions or alerts, and commands leave nothing behind in the group."""

from collections.abc import AsyncIterator

import pytest

from tests.app.stage import Stage
from tests.programme.conftest import Camping

MINUTE = 60
COMMANDS = ("/help", "/rules", "/record", "/points", "/privacy", "/nick", "/why", "/policy", "/mute", "/nonsense")


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping({"checkin": {"enabled": True, "prompt_at": "09:01"}}) as made:
        await made.member("林晓")
        await made.later(2 * MINUTE)
        yield made


def lin(camp: Stage) -> int:
    return next(user.id for user in camp.world.users.values() if user.first_name == "林晓")


async def standing(camp: Stage) -> list[int]:
    """The bot's posts in the group that are there."""
    posts = await camp.people.messages(camp.chat)
    return [post["message_id"] for post in posts if post["from_bot"] and not post["service"] and not post["deleted"]]


async def test_commands_and_their_answers_are_gone_after_a_minute(camp: Stage) -> None:
    before, said = await standing(camp), []
    for person in (camp.owner, lin(camp)):
        for command in COMMANDS:
            said.append(await camp.people.post(camp.chat, person, command))
            await camp.later(20)
    for _ in range(3):
        await camp.later(MINUTE)
    assert await standing(camp) == before
    left = [n for n in said if not (await camp.people.message(camp.chat, n) or {})["deleted"]]
    assert left == said[9::10], "what is no command of the bot's stays"


async def test_a_press_is_answered_by_an_alert_and_never_by_a_post(camp: Stage) -> None:
    before = await camp.posts()
    for button in ("签到", "签到", "群规", "我已阅读"):
        assert await camp.press(lin(camp), button)
    assert await camp.posts() == before


async def test_a_leaders_receipt_is_a_reaction(camp: Stage) -> None:
    before = await camp.posts()
    await camp.people.post(camp.chat, camp.owner, f"/nick exempt {lin(camp)}")
    await camp.calm()
    assert await camp.posts() == before
    assert len(await camp.people.calls(method="setMessageReaction")) == 1


async def test_a_quiet_week_has_a_prompt_a_day_and_nothing_else(camp: Stage) -> None:
    before = await camp.posts()
    for hour in range(7 * 24):
        if hour % 5 == 0:
            await camp.people.post(camp.chat, lin(camp), f"第 {hour} 个小时,今天读了第 {hour} 页")
        await camp.later(60 * MINUTE)
    assert await camp.posts() == before + 7


async def test_what_is_personal_is_told_to_the_person_alone(camp: Stage) -> None:
    for command in ("/record", "/points"):
        await camp.people.post(camp.chat, lin(camp), command)
        await camp.calm()
    texts = [text for text in await camp.said() if "查看" not in text]
    assert not any("分" in text for text in texts if not text.startswith("早安"))
