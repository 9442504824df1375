"""A group is closed for a while and given back just as it was; whoever changes it by hand meanwhile is right."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import pytest

from bot.clock import ManualClock
from bot.protection import lockdown
from bot.storage import acts, lockdowns
from tests.app.stage import START, Stage, staged

# Not what a group has at first: what is given back has to be what was there.
OWN = {"can_send_messages": True, "can_send_photos": True, "can_invite_users": True, "can_react_to_messages": True}
CLOSED, OPEN_AGAIN = "只看不发", "现在可以照常聊天"


@asynccontextmanager
async def closing(database: str, kind: str = "supergroup") -> AsyncIterator[Stage]:
    async with staged(database, clock=ManualClock(START), kind=kind) as made:
        await made.people.set_default_permissions(made.chat, OWN)
        await made.people.start(made.owner)
        await made.calm()
        yield made


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with closing(database_url) as made:
        yield made


def allowed(stage: Stage, chat: int = 0) -> frozenset[str]:
    return stage.world.chat(chat or stage.chat).permissions


async def order(stage: Stage, text: str, user: int = 0) -> None:
    stage.pass_(5)
    await stage.people.post(stage.chat, user or stage.owner, text)
    await stage.calm()


async def noted(stage: Stage) -> lockdowns.LockdownRow | None:
    group = await stage.group()
    return await stage.app.services.storage.write(lambda unit: lockdowns.get(unit, group.id))


async def changes(stage: Stage) -> int:
    return len([call for call in await stage.people.calls() if call["method"] == "setChatPermissions"])


def same(found: Collection[str]) -> bool:
    return set(found) == {name for name, given in OWN.items() if given}


async def test_a_group_is_closed_told_why_in_one_line_and_opened_at_its_hour_as_it_was(stage: Stage) -> None:  # X02
    await order(stage, "/lockdown 15m 有人在刷广告")
    assert allowed(stage) == frozenset()
    (line,) = await stage.said(CLOSED)
    assert "有人在刷广告" in line
    await stage.later(14 * 60)
    assert allowed(stage) == frozenset()
    await stage.later(2 * 60)
    assert same(allowed(stage))
    assert (await stage.said(CLOSED), len(await stage.said(OPEN_AGAIN))) == ([], 1)
    assert await noted(stage) is None
    assert await changes(stage) == 2


async def test_ten_minutes_are_meant_where_no_time_is_given_and_an_odd_one_is_explained(stage: Stage) -> None:  # X02
    await order(stage, "/lockdown 30s")
    await order(stage, "/lockdown 25h")
    await order(stage, "/lockdown 一会儿")
    assert same(allowed(stage))
    assert len(await stage.said("请这样写")) == 3
    await order(stage, "/lockdown")
    assert allowed(stage) == frozenset()
    await stage.later(10 * 60 + 5)
    assert same(allowed(stage))


async def test_it_is_made_longer_by_another_leader_and_gives_back_what_was_there_before_the_first(
    stage: Stage,
) -> None:  # X02
    leader = await stage.member("班长")
    await stage.people.promote(stage.chat, leader)
    await stage.calm()
    await order(stage, "/lockdown 10m")
    await order(stage, "/lockdown 30m", leader)
    assert len(await stage.said(CLOSED)) == 1, "one line, with the new hour"
    await stage.later(11 * 60)
    assert allowed(stage) == frozenset()
    await stage.later(20 * 60)
    assert same(allowed(stage))
    assert await changes(stage) == 2


async def test_it_is_ended_before_its_hour_once(stage: Stage) -> None:  # X02
    await order(stage, "/lockdown 2h")
    assert "改" not in await stage.press(stage.owner, "提前恢复", stage.owner)
    assert same(allowed(stage))
    await order(stage, "/lockdown off")
    assert await stage.said("不用恢复")
    await stage.later(3 * 3600)
    assert await changes(stage) == 2


async def test_a_change_by_hand_meanwhile_stays_and_leaders_hear_of_it(stage: Stage) -> None:  # X02
    await order(stage, "/lockdown 10m")
    await stage.people.set_default_permissions(stage.chat, {"can_send_messages": True})
    by_hand = allowed(stage)
    await stage.later(11 * 60)
    assert allowed(stage) == by_hand
    assert await changes(stage) == 1
    assert len(await stage.said("有人手动改过", stage.owner)) == 1


async def test_a_group_that_leaders_closed_themselves_is_left_alone(stage: Stage) -> None:  # X02
    await stage.people.set_default_permissions(stage.chat, {})
    await order(stage, "/lockdown 10m")
    assert await stage.said("本来就只有管理员能发言")
    assert (await noted(stage), await changes(stage)) == (None, 0)


async def test_without_the_right_nothing_is_closed_and_the_leader_hears_which_it_is(stage: Stage) -> None:  # X02
    await stage.people.set_bot_rights(stage.chat, ["delete_messages"])
    await stage.calm()
    await order(stage, "/lockdown 10m")
    assert same(allowed(stage))
    assert await noted(stage) is None
    assert await stage.said("封禁")


async def test_the_right_is_lost_before_the_end_and_the_group_is_opened_when_it_is_back(stage: Stage) -> None:  # X02
    await order(stage, "/lockdown 10m")
    await stage.people.set_bot_rights(stage.chat, ["delete_messages"])
    await stage.calm()
    await stage.later(3 * 24 * 3600)
    assert allowed(stage) == frozenset()
    assert await stage.said("封禁用户", stage.owner)
    assert await stage.said(CLOSED), "the line says so as long as it is so"
    await stage.people.set_bot_rights(stage.chat, "all")
    await stage.calm()
    await stage.later(5)
    assert same(allowed(stage))
    assert await stage.said(OPEN_AGAIN)


async def test_it_ends_after_a_restart_and_an_outage_over_its_hour(stage: Stage) -> None:  # X02
    await order(stage, "/lockdown 10m")
    stage.clock.advance(3 * 3600) if stage.clock else None
    await stage.restart()
    await stage.calm()
    assert same(allowed(stage))


async def test_it_ends_at_once_where_the_bot_was_put_out_over_its_hour(stage: Stage) -> None:  # X02
    await order(stage, "/lockdown 10m")
    await stage.people.remove_bot(stage.chat, by=stage.owner)
    await stage.later(3600)
    assert allowed(stage) == frozenset()
    await stage.people.add_bot(stage.chat, by=stage.owner, admin="all")
    await stage.calm()
    await stage.later(5)
    assert same(allowed(stage))


async def test_two_leaders_at_once_close_it_once(stage: Stage) -> None:  # X02
    leader = await stage.member("班长")
    await stage.people.promote(stage.chat, leader)
    await stage.calm()
    posts = [{"chat": stage.chat, "user": user, "text": "/lockdown 10m"} for user in (stage.owner, leader)]
    await stage.people.post_many(posts)
    await stage.calm()
    assert len(await stage.said(CLOSED)) == 1
    await stage.later(11 * 60)
    assert same(allowed(stage))


async def test_a_member_closes_nothing_and_makes_the_bot_ask_nothing(stage: Stage) -> None:  # X02
    lin = await stage.member()
    await stage.calm()
    before = len([call for call in await stage.people.calls() if call["method"] == "getChat"])
    await order(stage, "/lockdown 10m", lin)
    assert same(allowed(stage))
    assert len([call for call in await stage.people.calls() if call["method"] == "getChat"]) == before


async def test_where_telegram_does_not_tell_the_permissions_nothing_is_changed(stage: Stage) -> None:  # X02
    await stage.people.fail_next("getChat", n=5, code=500)
    await order(stage, "/lockdown 10m")
    assert same(allowed(stage))
    assert await stage.said("请过几秒再试")


async def test_a_basic_group_is_closed_and_opened_too(database_url: str) -> None:  # X02
    async with closing(database_url, "group") as stage:
        await order(stage, "/lockdown 10m")
        assert allowed(stage) == frozenset()
        await stage.later(11 * 60)
        assert same(allowed(stage))


async def test_a_group_that_is_upgraded_meanwhile_is_opened_under_its_new_number(database_url: str) -> None:  # X02
    async with closing(database_url, "group") as stage:
        await order(stage, "/lockdown 10m")
        new = await stage.people.upgrade(stage.chat)
        await stage.calm()
        await stage.later(11 * 60)
        assert same(allowed(stage, new))


async def test_the_panel_says_what_it_will_do_and_ends_it_too(stage: Stage) -> None:  # X02
    await stage.people.open_private_text(stage.owner, "/menu")
    await stage.calm()
    stage.pass_(5)
    await stage.press(stage.owner, "锁群", stage.owner)
    stage.pass_(5)
    assert "30" not in await stage.press(stage.owner, "2 小时", stage.owner)
    assert allowed(stage) == frozenset()
    stage.pass_(5)
    await stage.press(stage.owner, "提前恢复", stage.owner)
    assert same(allowed(stage))
    assert await stage.said("锁多久", stage.owner)


async def test_what_closes_it_and_is_still_on_its_way_closes_it_no_more_once_it_was_ended(stage: Stage) -> None:  # X02
    group, at = await stage.group(), int(stage.app.services.clock.now())
    async with stage.app.services.storage.unit() as unit:
        row = await lockdown.begin(unit, group, allowed(stage), 600, by=stage.owner, at=at, key="lockdown")
        await acts.claim(unit, [row.closing_act], at)
        assert await lockdown.end(unit, group, at)
        assert not await acts.retry(unit, row.closing_act, at + 5)
        await acts.refuse_ended(unit, [row.closing_act], at)
    await stage.later(60)
    assert same(allowed(stage))
    assert await stage.said(CLOSED) == []


async def test_asked_for_again_after_telegram_refused_it_the_group_is_closed(stage: Stage) -> None:  # X02
    await stage.people.fail_next("setChatPermissions", code=400, description="Bad Request: not now")
    await order(stage, "/lockdown 10m")
    assert same(allowed(stage))
    await order(stage, "/lockdown 20m")
    assert allowed(stage) == frozenset()
    assert len(await stage.said(CLOSED)) == 1
    await stage.later(21 * 60)
    assert same(allowed(stage))
