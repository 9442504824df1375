"""What the books say is told to the person, or to a leader, and to nobody else."""

import re

import pytest

from bot.storage import merit
from rules.merit.transactions import award
from tests.handlers.camp import INSULT, Camp, camping


async def test_ones_own_record_is_shown_by_an_alert_to_that_person_alone(camp: Camp) -> None:  # R23
    await camp.says(camp.leader, f"/warn {camp.lin} 请注意")
    await camp.says(camp.lin, "/record")
    assert "只有你看得到" in camp.last()
    assert "计次的提醒" not in camp.said()
    other = camp.telegram.member("小伙伴")
    assert "当事人" in await camp.presses(other, "查看")
    shown = await camp.presses(camp.lin, "查看")
    assert "有效提醒 1 次" in shown
    assert len(shown) <= 200


async def test_who_has_started_the_bot_is_answered_in_private(camp: Camp) -> None:
    await camp.starts(camp.lin)
    posts = camp.said()
    await camp.says(camp.lin, "/record")
    assert "没有任何记录" in camp.last(camp.lin)
    assert camp.said() == posts


async def test_a_leader_sees_the_record_of_a_member(camp: Camp) -> None:  # R23
    await camp.starts(camp.leader)
    await camp.says(camp.leader, f"/warn {camp.lin} 请注意")
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, "记录", reply_to=said)
    assert "营主处理 · 计次的提醒" in camp.last(camp.leader)


async def test_a_record_tells_what_was_done_to_the_person_once_and_nothing_they_did_themselves(
    camp: Camp,
) -> None:  # R23
    await camp.starts(camp.lin)
    await camp.says(camp.lin, "/rules")
    await camp.presses(camp.lin, "我已阅读")
    await camp.asks(camp.leader, f"/warn {camp.lin} 请注意")
    (warned, _) = await camp.decisions(camp.lin)
    await camp.asks(camp.leader, f"/undo {warned.id}")
    await camp.says(camp.lin, "/record")
    told = camp.last(camp.lin).splitlines()[1:-1]
    assert [line.partition("营主处理")[2] for line in told] == [" · 计次的提醒 · 已撤销"]


async def test_what_is_left_out_of_a_record_takes_no_line_of_it(camp: Camp) -> None:  # R23
    await camp.starts(camp.leader)
    for _ in range(6):
        await camp.asks(camp.leader, f"/mute {camp.lin} 2h")
        await camp.asks(camp.leader, f"/undo {(await camp.decisions(camp.lin))[0].id}")
    await camp.says(camp.leader, f"/record {camp.lin}")
    assert camp.last(camp.leader).count("已撤销") == 6


async def test_why_something_was_taken_back_names_what(camp: Camp) -> None:  # R23
    await camp.starts(camp.leader)
    await camp.says(camp.leader, f"/warn {camp.lin} 请注意")
    (warned,) = await camp.decisions(camp.lin)
    await camp.asks(camp.leader, f"/undo {warned.id}")
    await camp.says(camp.leader, f"/why {warned.id + 1}")
    assert f"撤回的是第 {warned.id} 号" in camp.last(camp.leader)


async def test_in_private_ones_record_covers_every_group(camp: Camp) -> None:
    other = camp.telegram.supergroup("第二个营")
    camp.telegram.do("join", chat=other, user=camp.lin)
    await camp.go()
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "/record")
    assert "Camp 07" in camp.said(camp.lin)
    assert "第二个营" in camp.said(camp.lin)


async def test_who_speaks_as_the_group_is_not_given_anybodys_record(camp: Camp) -> None:
    await camp.says(camp.telegram.owner, "/record", as_chat=camp.chat)
    assert "认不出是谁" in camp.last()


async def test_points_and_check_ins_are_told(camp: Camp) -> None:  # A03, H05
    group = await camp.group()
    given = award("t:1", "checkin", camp.lin, 7)
    async with camp.storage.unit() as unit:
        await merit.post(unit, group.id, given, at=1, by=camp.lin)
        await merit.checkin(unit, group.id, camp.lin, "2025-01-01", 1)
    await camp.starts(camp.lin)
    await camp.says(camp.lin, "/points")
    assert "贡献 7 分，签到 1 天" in camp.last(camp.lin)


async def test_why_says_what_was_seen_and_by_which_policy(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    await camp.says(camp.leader, f"/why {decision.id}")
    shown = camp.last(camp.leader)
    assert "傻逼" in shown
    assert "→ 收起消息：已完成" in shown
    assert decision.policy_fingerprint not in shown


async def test_why_is_told_in_words_and_names(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h 先歇一歇")
    for row in await camp.decisions(camp.lin):
        await camp.asks(camp.leader, f"/why {row.id}")
    shown = camp.said(camp.leader)
    assert "由班长决定 · 原因：先歇一歇" in shown
    assert re.findall("[A-Za-z]{4,}", re.sub("/[a-z]+", "", shown)) == []


async def test_fingerprints_are_for_the_operator_in_private(database_url: str) -> None:
    async with camping(database_url, operators=(10003,)) as camp:
        await camp.starts(camp.lin)
        await camp.says(camp.leader, f"/warn {camp.telegram.member('小伙伴')}")
        other = camp.telegram.member("小新")
        await camp.go()
        await camp.asks(camp.leader, f"/warn {other}")
        (decision,) = await camp.decisions(other)
        group = await camp.group()
        await camp.whispers(camp.lin, f"/why #{group.id} {decision.id}")
        assert decision.policy_fingerprint in camp.last(camp.lin)


async def test_who_was_removed_may_still_read_what_is_kept(camp: Camp) -> None:  # R23
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/remove {camp.lin}")
    await camp.whispers(camp.lin, "/record")
    assert "离开本群" in camp.last(camp.lin)


async def test_in_private_the_example_keeps_what_was_typed(camp: Camp) -> None:
    other = camp.telegram.supergroup("第二个营")
    camp.telegram.do("join", chat=other, user=camp.leader)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=other, user=camp.leader, rights="all")
    await camp.starts(camp.leader)
    await camp.whispers(camp.leader, "/record @linxiao")
    group = await camp.group()
    assert f"/record #{group.id} @linxiao" in camp.last(camp.leader)


async def test_why_of_a_notice_is_asked_by_a_reply_to_it(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    notice = camp.telegram.said()[-1]["message_id"]
    await camp.says(camp.leader, "为什么", reply_to=notice)
    assert "林晓" in camp.last(camp.leader)


async def test_a_decision_of_another_group_is_nobodys_to_see(camp: Camp) -> None:  # S8
    await camp.says(camp.leader, f"/warn {camp.lin}")
    (decision,) = await camp.decisions(camp.lin)
    other = camp.telegram.supergroup("第二个营")
    await camp.go()
    await camp.says(camp.telegram.owner, f"/why {decision.id}", other)
    assert "没有第" in camp.last(other)
    await camp.says(camp.telegram.owner, f"/undo {decision.id}", other)
    assert [row.state for row in await camp.decisions(camp.lin)] == ["standing"]


async def test_an_undo_frees_tells_and_counts_no_more(camp: Camp) -> None:  # fairness 11
    await camp.says(camp.leader, f"/mute {camp.lin} 2h")
    assert "有一条给你的提醒" in camp.said()
    await camp.says(camp.leader, f"/undo {camp.lin}")
    assert camp.telegram.status(camp.lin) == "member"
    assert "有一条给你的提醒" not in camp.said()
    assert camp.said().count("有一条好消息给你") == 1
    assert [(row.step, row.state) for row in await camp.decisions(camp.lin)] == [
        ("undo", "standing"),
        ("mute", "reversed"),
    ]
    assert len(await camp.audited("undo")) == 1


async def test_two_leaders_who_undo_at_once_undo_once(camp: Camp) -> None:
    await camp.says(camp.leader, f"/warn {camp.lin}")
    (decision,) = await camp.decisions(camp.lin)
    camp.telegram.post(camp.leader, f"/undo {decision.id}")
    camp.telegram.post(camp.telegram.owner, f"/undo {decision.id}")
    await camp.go()
    assert [row.step for row in await camp.decisions(camp.lin)] == ["undo", "warn"]
    await camp.later(10)
    assert "已经撤销过" in camp.said()


async def test_what_was_taken_back_stays_so_however_often_it_is_asked(camp: Camp) -> None:  # fairness 11
    await camp.says(camp.leader, f"/warn {camp.lin} 请注意")
    await camp.asks(camp.leader, f"/undo {camp.lin}")
    assert "没有还在生效的处理" in await camp.asks(camp.leader, f"/undo {camp.lin}")
    assert [(row.step, row.state) for row in await camp.decisions(camp.lin)] == [
        ("undo", "standing"),
        ("warn", "reversed"),
    ]
    undone = (await camp.decisions(camp.lin))[0].id
    assert "撤销不能再撤销" in await camp.asks(camp.leader, f"/undo {undone}")
    assert len(await camp.decisions(camp.lin)) == 2


async def test_undo_of_a_person_takes_the_newest_measure_still_in_force(camp: Camp) -> None:
    await camp.says(camp.leader, f"/mute {camp.lin} 2h")
    await camp.says(camp.leader, f"/warn {camp.lin}")
    for _ in range(2):
        await camp.asks(camp.leader, f"/undo {camp.lin}")
    assert {row.state for row in await camp.decisions(camp.lin) if row.step in {"mute", "warn"}} == {"reversed"}
    assert camp.telegram.status(camp.lin) == "member"


@pytest.mark.parametrize("command", ["undo", "why"])
async def test_a_number_without_a_record_is_no_person(camp: Camp, command: str) -> None:
    for number in ("999999", "#999999", "12", "第999号"):
        assert "没有第" in await camp.asks(camp.leader, f"/{command} {number}")
    assert f"/{command} 12" in await camp.asks(camp.leader, f"/{command}")
    assert "@nobody" in await camp.asks(camp.leader, f"/{command} @nobody")
