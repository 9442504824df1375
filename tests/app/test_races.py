"""Two people at the same instant, through the whole bot: one of them is first, and it happens once."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import ManualClock
from bot.storage import groups
from sandbox.control import VERBS
from sandbox.control.reading import invoke
from tests.app.stage import ENFORCED, INSULT, START, Stage, staged

AD = "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop"
TERMS = {**ENFORCED, "ad_without_red_packet": {"mode": "enforce", "fines": True}}
PAID, WITHDRAWN, UNDO = "已补发", "我要撤回这条广告", "撤销"


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, TERMS, clock=ManualClock(START)) as made:
        yield made


async def press_at_once(stage: Stage, chat: int, *presses: tuple[int, str]) -> list[str]:
    """All of them wait before the bot can ask for the first; what each person is shown."""
    posts = [await stage.people.bot_message(chat, button=button) for _, button in presses]
    for post, (user, button) in zip(posts, presses, strict=True):
        pressed = {"chat": chat, "message_id": post["message_id"], "user": user, "button": button}
        invoke(stage.world, VERBS["press"], pressed)
    stage.world.touch()
    await stage.calm()
    return [str((await stage.people.alerts(user))[-1]["text"]) for user, _ in presses]


@pytest.mark.parametrize("first", ["leader", "member"])
async def test_a_fine_that_is_paid_and_withdrawn_at_once_ends_once(stage: Stage, first: str) -> None:
    lin = await stage.member()
    await stage.people.post(stage.chat, stage.owner, "/rules")
    await stage.calm()
    await stage.press(lin, "我已阅读")
    await stage.people.post(stage.chat, lin, AD)
    await stage.calm()
    presses = [(stage.owner, PAID), (lin, WITHDRAWN)]
    told = await press_at_once(stage, stage.chat, *(presses if first == "leader" else presses[::-1]))
    assert "已经办好" in told[0]
    assert "已经办好" not in told[1]
    assert (await stage.steps(lin)).count("settle") == 1
    await stage.later(60)
    assert len(await stage.said("#广告")) == (first == "leader")
    assert (await stage.case(lin)).member.standing.open_fines == ()


async def test_two_leaders_who_press_undo_at_once_undo_once(stage: Stage) -> None:
    lin = await stage.member()
    leader = await stage.member("班长")
    await stage.people.promote(stage.chat, leader)
    await stage.calm()
    desk = await stage.people.chat_create("supergroup", "管理员群", stage.owner)
    await stage.people.join(desk, leader)
    await stage.people.add_bot(desk, admin="all")
    await stage.calm()
    await set_desk(stage, desk)
    await stage.people.post(stage.chat, lin, INSULT)
    await stage.calm()
    await stage.press(lin, "申诉")
    told = await press_at_once(stage, desk, (leader, UNDO), (stage.owner, UNDO))
    assert told[0] != told[1]
    assert await stage.steps(lin) == ["remind", "undo"]
    assert [row.state for row in await stage.decisions(lin)] == ["reversed", "standing"]


async def set_desk(stage: Stage, desk: int) -> None:
    group = await stage.group()
    async with stage.app.services.storage.unit() as unit:
        await groups.update(unit, group.id, moderators_chat=desk)
