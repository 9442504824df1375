"""What arrives before what it belongs to, and who is never measured, through the whole bot."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.storage import roles
from tests.app.stage import ENFORCED, INSULT, START, Stage, staged

AD = "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop"
TERMS = {**ENFORCED, "ad_without_red_packet": {"mode": "enforce", "fines": True}}
NEWCOMER = 700_001


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, TERMS, clock=ManualClock(START)) as made:
        await made.calm()
        yield made


def change(stage: Stage, before: str, after: str, at: int) -> dict[str, Any]:
    person = {"id": NEWCOMER, "is_bot": False, "first_name": "新同学"}
    chat = {"id": stage.chat, "type": "supergroup", "title": "07营 学习群"}
    was, now = {"status": before, "user": person}, {"status": after, "user": person}
    return {"chat_member": {"chat": chat, "from": person, "date": at, "old_chat_member": was, "new_chat_member": now}}


@pytest.mark.parametrize("together", [True, False])
async def test_who_is_heard_to_leave_before_being_heard_to_join_has_left(stage: Stage, together: bool) -> None:
    # U2
    joined, left = change(stage, "left", "member", START), change(stage, "member", "left", START + 5)
    stage.pass_(10)
    await stage.people.push_raw_update(left)
    if not together:
        await stage.calm()
    await stage.people.push_raw_update(joined)
    await stage.calm()
    await stage.later(120)
    assert (await stage.known(NEWCOMER)).status == "left"
    assert await stage.said("新同学") == []


async def test_a_press_before_the_bot_knows_of_its_own_button_counts(stage: Stage) -> None:
    # U2
    lin = await stage.member()
    await stage.people.post(stage.chat, stage.owner, "/rules")
    await stage.people.fail_next("sendMessage", mode="drop_answer")
    await stage.calm()
    shown = await stage.press(lin, "我已阅读")
    assert "认真读完" in shown
    assert (await stage.known(lin)).rules_accepted_at


@pytest.mark.parametrize("role", ["leader", "officer", "volunteer"])
async def test_who_holds_a_role_of_the_bot_is_never_measured(stage: Stage, role: str) -> None:
    # F12
    lin, other = await stage.member(), await stage.member("王敏")
    await stage.calm()
    group = await stage.group()
    async with stage.app.services.storage.unit() as unit:
        await roles.grant(unit, group.id, lin, role, stage.owner, START)
    said = [await stage.people.post(stage.chat, lin, text) for text in (INSULT, AD, *["快来看快来看"] * 8)]
    control = await stage.people.post(stage.chat, other, INSULT)
    await stage.calm()
    assert await stage.decisions(lin) == []
    standing = {post["message_id"] for post in await stage.people.messages(stage.chat) if not post["deleted"]}
    assert set(said) <= standing
    assert control not in standing
    assert (await stage.known(lin)).messages == len(said)
