"""The newcomer's gate: one press on the welcome opens it; nobody is removed by it, and what else silences stays."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.storage import gated, lookups
from tests.app.stage import ENFORCED, START, Stage, staged

GATE: dict[str, Any] = {**ENFORCED, "gate": {"enabled": True}}
READ = "我已阅读"


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, GATE, clock=ManualClock(START)) as made:
        await made.people.start(made.owner)
        await made.calm()
        yield made


async def comes(stage: Stage, name: str = "林晓", **how: Any) -> int:
    user = await stage.people.user_create(name)
    await stage.people.join(stage.chat, user, **how)
    await stage.later(60)
    return user


async def silent(stage: Stage, user: int) -> bool:
    return bool((await stage.people.member(stage.chat, user))["status"] == "restricted")


async def waiting(stage: Stage) -> list[int]:
    group = await stage.group()
    async with stage.app.services.storage.reading() as unit:
        return [each.user_id for each in await gated.people(unit, group.id)]


async def test_whoever_joins_reads_only_until_one_press_on_the_welcome(stage: Stage) -> None:  # X03, R01
    lin = await comes(stage)
    assert await silent(stage, lin)
    assert len(await stage.said("点完马上就能发言")) == 1
    assert len(await stage.said()) == 1, "no post but the welcome"
    assert "可以发言" in await stage.press(lin, READ)
    assert not await silent(stage, lin)
    assert await waiting(stage) == []
    await stage.later(25 * 3600)
    assert await stage.questions() == []


async def test_it_is_no_measure(stage: Stage) -> None:  # X03
    lin = await comes(stage)
    (decision,) = await stage.decisions(lin)
    assert (decision.rule, decision.step) == ("gate", "read_only")
    async with stage.app.services.storage.reading() as unit:
        assert await lookups.measures_since(unit, 0) == [], "the brake does not count it"
    standing = (await stage.case(lin)).member.standing
    assert (standing.rules, standing.warnings, standing.read_only) == ((), 0, ("gate",))


async def test_whoever_has_not_pressed_stays_and_leaders_find_them_in_their_list(stage: Stage) -> None:  # X03
    lin, su = await comes(stage), await comes(stage, "苏苏")
    cards = len(await stage.said("", stage.owner))
    await stage.later(24 * 3600 + 120)
    assert await silent(stage, lin)
    assert await stage.questions() == ["gate"]
    assert len(await stage.said("", stage.owner)) == cards, "nobody is disturbed for it"
    await stage.people.open_private_text(stage.owner, "/inbox #1")
    await stage.calm()
    (card,) = await stage.said("还没点", stage.owner)
    assert "2 位新成员" in card
    assert "林晓、苏苏" in card
    stage.pass_(5)
    await stage.press(stage.owner, "都放行", stage.owner)
    assert not await silent(stage, lin)
    assert not await silent(stage, su)


async def test_whoever_leaves_and_comes_back_meets_it_again_until_they_have_read(stage: Stage) -> None:  # X03
    lin = await comes(stage)
    await stage.people.leave(stage.chat, lin)
    await stage.later(120)
    assert await waiting(stage) == []
    await stage.people.join(stage.chat, lin)
    await stage.later(900)
    assert await silent(stage, lin)
    await stage.press(lin, READ)
    await stage.people.leave(stage.chat, lin)
    await stage.later(120)
    await stage.people.join(stage.chat, lin)
    await stage.later(120)
    assert not await silent(stage, lin)


async def test_a_mute_is_kept_when_the_gate_opens(stage: Stage) -> None:  # X03
    lin = await comes(stage)
    await stage.people.post(stage.chat, stage.owner, f"/mute {lin} 2h")
    await stage.calm()
    stage.pass_(5)
    await stage.press(lin, READ)
    assert await silent(stage, lin)
    await stage.later(2 * 3600 + 60)
    assert not await silent(stage, lin)


async def test_whom_a_leader_adds_and_bots_and_leaders_pass(stage: Stage) -> None:  # X03
    guest = await comes(stage, "大咖", added_by=stage.owner)
    assert not await silent(stage, guest)
    helper = await stage.people.user_create("统计", is_bot=True)
    await stage.people.join(stage.chat, helper)
    await stage.later(60)
    assert not await silent(stage, helper)


async def test_whoever_joined_while_the_bot_was_away_for_long_is_let_be(stage: Stage) -> None:  # X03, F5
    await stage.app.stop()
    late = await stage.people.user_create("晚到")
    await stage.people.join(stage.chat, late)
    assert stage.clock is not None
    stage.clock.advance(3601)
    await stage.restart()
    await stage.later(120)
    assert not await silent(stage, late)


async def test_off_by_default_and_in_a_basic_group_nobody_meets_it(database_url: str) -> None:  # X03
    for policy, kind in ((ENFORCED, "supergroup"), (GATE, "group")):
        async with staged(database_url, policy, clock=ManualClock(START), kind=kind) as stage:
            assert not await silent(stage, await comes(stage))


async def test_a_leader_opens_it_by_unmute_too(stage: Stage) -> None:  # X03
    lin = await comes(stage)
    await stage.people.post(stage.chat, stage.owner, f"/unmute {lin}")
    await stage.calm()
    assert not await silent(stage, lin)
    assert await waiting(stage) == []
