"""/status: whoever owns the installation reads on a phone how it stands, and nobody else."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot import VERSION
from bot.storage import Unit, acts, groups
from handlers import build_application
from rules.conduct.effects import Delete, Planned
from tests.handlers.camp import Camp, camping

OWNER = 10003
SHORT = 60


@pytest.fixture
async def camp(database_url: str) -> AsyncIterator[Camp]:
    async with camping(database_url, operators=(OWNER,)) as made:
        yield made


async def report(camp: Camp, user: int = OWNER) -> str:
    await camp.whispers(user, "/status")
    return camp.last(user)


async def test_the_operator_reads_how_it_stands(camp: Camp, engine_name: str) -> None:
    assert camp.lin == OWNER
    await camp.starts(OWNER)
    said = (await report(camp)).splitlines()
    assert said[0] == f"灯塔 {VERSION}"
    assert any(
        line.startswith({"sqlite": "数据库：SQLite", "postgres": "数据库：PostgreSQL"}[engine_name]) for line in said
    )
    assert "正在发出的：0" in said
    assert "七天内不知道是否发出的动作：0" in said
    assert "最近一次备份：还没有这个功能" in said
    assert "群：1" in said
    assert [line for line in said if line.startswith("· ") and "认识" in line]
    assert max(map(len, said)) <= SHORT


async def test_it_says_how_long_it_runs_and_when_telegram_was_heard(camp: Camp) -> None:
    now = camp.clock.now()
    camp.services = replace(camp.services, started_at=now - 3 * 86_400, heard_at=lambda: camp.clock.now() - 130)
    camp.application = build_application(camp.services)
    camp.pump = camp._pump()
    await camp.starts(OWNER)
    said = await report(camp)
    assert "已运行 3 天" in said
    assert "最近一次收到 Telegram 的消息：2 分钟前" in said


async def test_acts_that_are_held_are_told_with_their_cause_and_trouble_comes_first(camp: Camp) -> None:
    await camp.starts(OWNER)
    await camp.set_group(bot_rights=frozenset({"can_restrict_members"}))
    for number in range(12):
        chat = camp.telegram.supergroup(f"{number:02d}营")
        camp.telegram.do("join", chat=chat, user=camp.lin)
    await camp.go()
    async with camp.storage.unit() as unit:
        await acts.hold(unit, ids=await waiting_act(camp, unit), cause="right:can_delete_messages")
    said = (await report(camp)).splitlines()
    assert "等一个权限（can_delete_messages）的动作：1" in said
    listed = [line for line in said if line.startswith(("· ", "⚠️ "))]
    assert listed[0].endswith("：缺少权限 can_delete_messages")
    assert len(listed) == 10
    assert said[-1] == "……还有 3 个群"


async def waiting_act(camp: Camp, unit: Unit) -> list[int]:
    group = await camp.group()
    later = Planned(Delete(message_ids=(1,)), not_before=int(camp.clock.now()) + 60)
    return await acts.write(
        unit, key="test:held", decision_id=None, group_id=group.id, chat_id=group.chat_id, user_id=0, planned=[later],
        at=int(camp.clock.now()),
    )  # fmt: skip


async def test_a_group_the_bot_was_sent_out_of_is_told(camp: Camp) -> None:
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await groups.update(unit, group.id, state="inactive")
    await camp.starts(OWNER)
    assert f"⚠️ {group.title}：我不在群里" in await report(camp)


async def test_nobody_else_is_told_and_each_is_refused_in_friendly_words(camp: Camp) -> None:  # S8
    for user in (camp.leader, camp.telegram.person("路人")):
        await camp.starts(user)
        assert await report(camp, user) == "这个命令留给管理机器人的人使用。想了解你能用什么，发 /help 就好。"
        assert "数据库" not in camp.said(user)
    assert {row.after["action"] for row in await camp.audited("refused")} == {"command.status"}


async def test_in_a_group_it_points_to_the_private_chat(camp: Camp) -> None:
    said = await camp.asks(OWNER, "/status")
    assert said.startswith("这些情况只告诉管理机器人的人")
    assert "数据库" not in camp.said()


async def test_only_the_operators_help_names_it(camp: Camp) -> None:
    stranger = camp.telegram.person("路人")
    for user in (OWNER, stranger):
        await camp.starts(user)
        await camp.whispers(user, "/help")
    assert "/status" in camp.last(OWNER)
    assert "/status" not in camp.last(stranger)
