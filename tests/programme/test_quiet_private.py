"""In private nobody is reminded more than twice a day, each reminder ends them all, and nothing is lost (L8)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.storage import acts
from rules.conduct.effects import Phrase, Planned, Say
from tests.app.stage import INSULT, Stage
from tests.programme.conftest import Camping

MINUTE, HOUR = 60, 3600
NAMES: dict[str, Any] = {"nickname_format": {"mode": "enforce", "remind_hours": 2}, "welcome": {"enabled": False}}
END = "不再私聊我"


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(NAMES) as made:
        yield made


async def newcomer(camp: Stage) -> int:
    user = await camp.people.user_create("老赵")
    await camp.people.start(user)
    await camp.people.join(camp.chat, user)
    await camp.calm()
    return user


async def private(camp: Stage, user: int) -> list[dict[str, Any]]:
    return [post for post in await camp.people.messages(user) if post["from_bot"]]


async def remind(camp: Stage, user: int, number: int) -> None:
    group, services = await camp.group(), camp.app.services
    words = (Phrase("own", (("template", f"第{number}件"),)),)
    said = Say(words=words, language="zh_Hans", to_user=user, purpose="reminder")
    async with services.storage.unit() as unit:
        await acts.write(
            unit, key=f"remind:{user}:{number}", decision_id=None, group_id=group.id, chat_id=user, user_id=user,
            planned=[Planned(said)], at=int(services.clock.now()),
        )  # fmt: skip
    await camp.calm()


async def test_the_third_reminder_of_a_day_comes_on_the_next_morning(camp: Stage) -> None:
    user = await newcomer(camp)
    before = len(await private(camp, user))
    for number in range(3):
        await remind(camp, user, number)
    assert len(await private(camp, user)) == before + 2
    await camp.later(14 * HOUR)
    assert not any("第2件" in post.get("text", "") for post in await private(camp, user))
    await camp.later(9 * HOUR + MINUTE)
    assert any("第2件" in post.get("text", "") for post in await private(camp, user))


async def test_each_reminder_ends_them_all_and_start_or_menu_begins_them_anew(camp: Stage) -> None:
    user = await newcomer(camp)
    await remind(camp, user, 1)
    assert "/menu" in await camp.press(user, END, chat=user)
    assert (await camp.case(user)).member.no_reminders
    for way in ("/start", "/menu"):
        await camp.people.open_private_text(user, way)
        await camp.calm()
        assert not (await camp.case(user)).member.no_reminders
        await camp.press(user, END, chat=user)


async def test_whoever_ended_them_is_reminded_by_a_line_in_the_group(camp: Stage) -> None:
    user = await newcomer(camp)
    await remind(camp, user, 1)
    await camp.press(user, END, chat=user)
    before = len(await private(camp, user))
    await camp.later(2 * HOUR + MINUTE)
    assert (await camp.steps(user))[-1] == "remind"
    assert len(await private(camp, user)) == before
    assert "查看" in str((await camp.people.messages(camp.chat))[-1].get("reply_markup"))


async def test_a_notice_about_a_measure_is_always_delivered_in_private(camp: Stage) -> None:
    user = await newcomer(camp)
    for number in range(3):
        await remind(camp, user, number)
    await camp.press(user, END, chat=user)
    before = len(await private(camp, user))
    await camp.people.post(camp.chat, user, INSULT)
    await camp.calm()
    assert len(await private(camp, user)) == before + 1
