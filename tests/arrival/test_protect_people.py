"""Somebody in distress, a complaint, a name like a leader's, a stolen account: what each of them and leaders see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.clock import ManualClock
from rules.conduct.effects import Say
from tests.app.stage import ENFORCED, START, Stage, staged

HELP = "希望热线 12356"
RULES: dict[str, Any] = {
    **ENFORCED,
    "blocked_text": {"mode": "enforce", "words": ["投诉", "badword"]},
    "hijacked_member": {"mode": "enforce"},
    "care": {"help_line": HELP},
}
SCAM = "USDT稳赚项目，带单老师一对一，日赚3000，拉人返佣，点 https://t.me/+AbCdEf123 进群"
LEADER = "灯塔营长林晓"


@asynccontextmanager
async def protected(database: str, start: int = START, policy: dict[str, Any] | None = None) -> AsyncIterator[Stage]:
    async with staged(database, RULES | (policy or {}), clock=ManualClock(start)) as made:
        await made.people.start(made.owner)
        await made.calm()
        yield made


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with protected(database_url) as made:
        yield made


async def says(stage: Stage, user: int, text: str) -> int:
    stage.pass_(5)
    message = await stage.people.post(stage.chat, user, text)
    await stage.calm()
    return message


async def there(stage: Stage, message_id: int) -> bool:
    message = await stage.people.message(stage.chat, message_id)
    return message is not None and not message["deleted"]


async def cards(stage: Stage, words: str) -> list[str]:
    return await stage.said(words, stage.owner)


async def test_distress_is_heard_at_once_at_night_and_told_to_nobody_else(database_url: str) -> None:  # F07, F7
    night = START - START % 86400 + 18 * 3600  # 02:00 in Shanghai
    async with protected(database_url, night) as stage:
        lin = await stage.member()
        await stage.later(60)
        message = await says(stage, lin, "我真的不想活了")
        assert len(await cards(stage, "听起来很难过")) == 1
        (line,) = await stage.said("只给你看")
        assert HELP not in line
        assert HELP in await stage.press(lin, "查看")
        assert await there(stage, message)
        assert await stage.steps(lin) == ["record"]
        standing = (await stage.case(lin)).member.standing
        assert (standing.rules, standing.warnings, standing.muted_until) == ((), 0, None)


async def test_whoever_has_started_the_bot_is_spoken_to_alone(stage: Stage) -> None:  # F07, F7
    lin = await stage.member()
    await stage.people.start(lin)
    await stage.calm()
    await says(stage, lin, "i want to kill myself")
    (said,) = await stage.said("不用一个人", lin)
    assert HELP in said
    assert await stage.said("只给你看") == []


async def test_what_was_only_heard_is_on_nobodys_record(stage: Stage) -> None:  # F7, X01
    lin = await stage.member(LEADER)
    await stage.people.start(lin)
    await stage.calm()
    await says(stage, lin, "我不想活了")
    await stage.people.open_private_text(lin, "/record")
    await stage.calm()
    record = (await stage.said("", lin))[-1]
    assert "难过" not in record
    assert "管理员" not in record


async def test_more_of_it_asks_once_and_a_leader_says_who_takes_care(stage: Stage) -> None:  # F07, F10
    lin = await stage.member()
    for text in ("我不想活了", "活着没意思", "死了算了"):
        await says(stage, lin, text)
    assert await stage.questions() == ["distress"]
    await stage.press(stage.owner, "我来跟进", stage.owner)
    assert await cards(stage, "群主 在跟进")
    assert await stage.questions() == []


async def test_planned_cheer_rests_for_two_hours(database_url: str) -> None:  # F07, F10
    seven = START - START % 86400 + 23 * 3600  # 07:00 in Shanghai
    prompt = {"checkin": {"enabled": True, "prompt_at": "08:30"}}
    async with protected(database_url, seven, prompt) as stage:
        lin = await stage.member()
        await stage.later(1800)
        assert await says(stage, lin, "我不想活了")
        await stage.member("新同学")
        await stage.later(1.6 * 3600)
        assert await stage.said("欢迎") == []
        assert await stage.said("签到") == []
        assert "prompt_missed" not in await stage.questions()
        await stage.later(23.45 * 3600)
        assert await stage.said("签到")


async def test_quoted_words_and_homework_alert_marked_and_nobody_is_spoken_to(stage: Stage) -> None:  # F07, F7
    lin, su = await stage.member(), await stage.member("苏苏")
    await says(stage, lin, "#作业 主人公说：“我不想活了”，这一段写得真好")
    await says(stage, su, "笑死我了，累死了，想死你们了")
    assert len(await cards(stage, "可能是引用")) == 1
    assert await stage.said("只给你看") == []


async def test_a_complaint_is_never_measured_whatever_the_group_blocks(stage: Stage) -> None:  # F07, F7
    lin = await stage.member()
    messages = [
        await says(stage, lin, text)
        for text in ("我要投诉你们，退钱！", "你这个傻逼，骗钱的，我要退款", "退款 badword")
    ]
    assert all([await there(stage, message) for message in messages])
    assert await stage.questions() == ["complaint"]
    assert (await stage.case(lin)).member.standing.rules == ()
    assert not any("收好" in text for text in await stage.said())


async def test_fraud_that_calls_itself_a_refund_is_fraud(stage: Stage) -> None:  # F07, R13
    stage.pass_(60)
    lin = await stage.member()
    message = await says(stage, lin, f"投诉退款专办。{SCAM}")
    assert not await there(stage, message)
    assert await stage.steps(lin) == ["mute"]


async def test_a_name_like_a_leaders_is_asked_about_when_somebody_joins(stage: Stage) -> None:  # X01
    leader = await stage.member(LEADER)
    await stage.people.promote(stage.chat, leader)
    await stage.calm()
    fake = await stage.member("灯塔营長林 晓")
    await stage.later(60)
    (card,) = await cards(stage, "很像本群的营主")
    assert str(fake) in card
    assert str(leader) in card
    assert all(isinstance(act.act, Say) for act in await stage.acts(fake)), "a card, and nothing is done to anybody"
    await says(stage, fake, "大家好")
    assert await stage.questions() == ["impersonates_staff"]
    stage.pass_(5)
    await stage.press(stage.owner, "禁言 24 小时", stage.owner)
    assert (await stage.people.member(stage.chat, fake))["status"] == "restricted"
    assert await cards(stage, "已禁言 24 小时")


async def test_a_new_name_is_seen_with_the_next_message_and_a_pair_that_is_fine_is_remembered(stage: Stage) -> None:
    # X01
    leader = await stage.member(LEADER)
    await stage.people.promote(stage.chat, leader)
    lin = await stage.member("林小")
    await stage.calm()
    await says(stage, lin, "早")
    assert await stage.questions() == []
    await stage.people.user_rename(lin, "灯塔营长林曉")
    await says(stage, lin, "早上好")
    assert await stage.questions() == ["impersonates_staff"]
    stage.pass_(5)
    await stage.press(stage.owner, "没问题", stage.owner)
    await stage.restart()
    await stage.people.user_rename(lin, "灯塔营长林晓1")
    await says(stage, lin, "又是我")
    assert await stage.questions() == []


async def test_two_who_share_a_short_name_alarm_nobody(stage: Stage) -> None:  # X01
    leader = await stage.member("小王")
    await stage.people.promote(stage.chat, leader)
    await stage.calm()
    other = await stage.member("小王")
    await says(stage, other, "我也是小王")
    assert await stage.questions() == []


async def test_an_impostor_is_removed_by_a_press_once(stage: Stage) -> None:  # X01
    leader = await stage.member(LEADER)
    await stage.people.promote(stage.chat, leader)
    await stage.calm()
    fake = await stage.member(LEADER)
    await stage.later(60)
    await stage.press(stage.owner, "移出", stage.owner)
    assert (await stage.people.member(stage.chat, fake))["status"] in ("left", "kicked")
    assert await cards(stage, "已移出")
    assert "remove" in await stage.steps(fake)


async def old_member(stage: Stage) -> int:
    lin = await stage.member()
    await stage.later(60)
    for n in range(11):
        await says(stage, lin, f"今天读到第 {n} 页")
    await stage.later(8 * 86400)
    return lin


async def test_a_stolen_account_is_silenced_asked_about_and_given_back_whole(stage: Stage) -> None:  # X04
    lin = await old_member(stage)
    message = await says(stage, lin, SCAM)
    assert not await there(stage, message)
    assert (await stage.people.member(stage.chat, lin))["status"] == "restricted"
    assert len(await cards(stage, "可能被盗")) == 1
    assert "设置 → 设备" in await stage.press(lin, "查看")
    assert "remove" not in await stage.steps(lin)
    stage.pass_(5)
    await stage.press(stage.owner, "是本人，放回", stage.owner)
    assert (await stage.people.member(stage.chat, lin))["status"] == "member"
    assert (await stage.case(lin)).member.standing.rules == ()


async def test_a_stolen_account_is_removed_only_by_a_leaders_press(stage: Stage) -> None:  # X04
    lin = await old_member(stage)
    await says(stage, lin, SCAM)
    await stage.later(3 * 86400)
    assert (await stage.people.member(stage.chat, lin))["status"] == "member", "quiet for a day and no more"
    await stage.press(stage.owner, "移出", stage.owner)
    assert (await stage.people.member(stage.chat, lin))["status"] in ("left", "kicked")
