"""The file of a decision: everything that is known about it, to whom it concerns and to who may review it."""

from sqlalchemy import insert

from bot.storage import acknowledgements, appeals, erasures, merit, retention
from bot.storage.tables import appeals as appeal_rows
from rules.conduct.effects import DAY
from rules.merit.transactions import award
from tests.handlers.camp import INSULT, Camp


async def file_of(camp: Camp, user: int, number: int) -> str:
    camp.clock.advance(10)
    await camp.whispers(user, f"/decision {number}")
    return camp.last(user)


async def test_it_opens_everything_to_a_leader_in_private(camp: Camp) -> None:  # R23
    await camp.starts(camp.leader)
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    (row,) = await camp.decisions(camp.lin)
    async with camp.storage.unit() as unit:
        await acknowledgements.put(unit, row.id, camp.lin, row.at + 60)
    shown = await file_of(camp, camp.leader, row.id)
    for part in (
        f"第 {row.id} 号", "Camp 07", "林晓", "伤人的话（R4）", "提醒", "由群里的约定决定", "当时的约定",
        row.policy_fingerprint, INSULT, "当时：有效提醒 0 次", "4 步里的第 1 步", "记下：提醒",
        "通知（私聊）：已完成", "按了「我知道了」", "→ 收起消息：已完成",
    ):  # fmt: skip
        assert part in shown + camp.said(camp.leader), part


async def test_misses_stand_in_it_beside_the_hit(camp: Camp) -> None:  # R23
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    (row,) = await camp.decisions(camp.lin)
    await file_of(camp, camp.leader, row.id)
    await camp.taps(camp.leader, "下一页 ›")
    await camp.later(3)
    shown = camp.last(camp.leader)
    assert shown.index("✓") < shown.index("✗") < shown.index("也看了：")
    assert "（–）" not in shown


async def test_to_the_member_nothing_is_listed_like_a_charge(camp: Camp) -> None:  # R23, V09
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    (row,) = await camp.decisions(camp.lin)
    shown = await file_of(camp, camp.lin, row.id)
    assert "✗" not in shown
    (line,) = [each for each in shown.splitlines() if each.startswith("也看了：")]
    assert line.endswith("都没有碰到。")
    assert "✓ 伤人的话" in shown


async def test_the_member_opens_their_own_without_names_of_others(camp: Camp) -> None:  # R23
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    (row,) = await camp.decisions(camp.lin)
    shown = await file_of(camp, camp.lin, row.id)
    assert "由营主决定 · 原因：请温和一点" in shown
    assert "班长" not in shown
    assert row.policy_fingerprint not in shown
    assert "记下：计次的提醒 · 计次 · 到" in shown


async def test_nobody_else_learns_even_that_it_exists(camp: Camp) -> None:  # S8
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    (row,) = await camp.decisions(camp.lin)
    other = camp.telegram.member("小伙伴")
    await camp.starts(other)
    for number in (row.id, 999):
        assert "没有第" in await file_of(camp, other, number)
    assert len(await camp.audited("refused")) == 2
    await camp.starts(other, f"decision_{row.id}")
    assert "林晓" not in camp.said(other)


async def test_a_leader_of_another_group_sees_nothing_of_it(camp: Camp) -> None:  # S8
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    (row,) = await camp.decisions(camp.lin)
    other = camp.telegram.supergroup("第二个营")
    await camp.go()
    assert "没有第" in await camp.asks(camp.telegram.owner, f"/decision {row.id}", other)


async def test_in_the_group_it_leads_to_private_and_the_link_opens_it(camp: Camp) -> None:  # R23
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    (row,) = await camp.decisions(camp.lin)
    await camp.asks(camp.leader, f"/decision {row.id}")
    assert "请温和一点" not in camp.said()
    assert f"start=decision_{row.id}" in str(camp.telegram.said()[-1]["reply_markup"])
    await camp.starts(camp.leader, f"decision_{row.id}")
    assert "请温和一点" in camp.said(camp.leader)


async def test_appeal_and_reversal_stand_in_it(camp: Camp) -> None:  # R23
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    (row,) = await camp.decisions(camp.lin)
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await appeals.begin(
            unit, decision_id=row.id, group_id=group.id, user_id=camp.lin, words="不是我说的", at=row.at, due_at=0
        )
        (open_one,) = await appeals.of_decision(unit, row.id)
        await appeals.end(unit, open_one.id, "accepted", camp.leader, row.at + 5, "看错了人")
    await camp.asks(camp.leader, f"/undo {row.id}")
    shown = await file_of(camp, camp.leader, row.id)
    assert "「不是我说的」班长：成立。理由：看错了人" in shown
    assert "由班长撤回" in shown
    assert "已作废" in shown


async def test_what_was_erased_says_so(camp: Camp) -> None:  # R23, privacy
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    (row,) = await camp.decisions(camp.lin)
    await retention.sweep(camp.storage, row.at + 91 * DAY, 90)
    shown = await file_of(camp, camp.leader, row.id)
    assert "已经清空" in shown
    assert INSULT not in shown


async def test_a_long_file_is_turned_page_by_page(camp: Camp) -> None:  # R23
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    (row,) = await camp.decisions(camp.lin)
    group = await camp.group()
    async with camp.storage.unit() as unit:
        for number in range(20):
            await unit.execute(insert(appeal_rows).values(
                decision_id=row.id, group_id=group.id, user_id=camp.lin, words=f"第{number}次", state="refused",
                opened_at=row.at, due_at=0, ticket_id=0, reviewer_id=0, decided_at=row.at, reason="",
            ))  # fmt: skip
    assert "第19次" not in await file_of(camp, camp.leader, row.id)
    await camp.taps(camp.leader, "下一页 ›")
    assert "第19次" in camp.last(camp.leader)


async def test_a_record_opens_each_of_its_lines_and_says_who_the_member_is(camp: Camp) -> None:  # M23
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    (row,) = await camp.decisions(camp.lin)
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await merit.post(unit, group.id, award("t:1", "checkin", camp.lin, 7), at=1, by=camp.lin)
        await merit.checkin(unit, group.id, camp.lin, "2025-01-01", 1)
    await camp.asks(camp.leader, f"/record {camp.lin}")
    shown = camp.last(camp.leader)
    assert "来了 0 天 · 签到 1 天（连着 0 天）· 贡献 7 分" in shown
    await camp.taps(camp.leader, f"#{row.id}")
    assert f"第 {row.id} 号" in camp.last(camp.leader)
    await camp.asks(camp.leader, f"/record {camp.leader}")
    assert "营主" in camp.last(camp.leader).splitlines()[-2]


async def test_a_card_opens_the_file_of_what_it_asks_about(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.leader)
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    await camp.presses(camp.lin, "申诉", camp.lin)
    (row,) = await camp.decisions(camp.lin)
    await camp.later(120)
    await camp.presses(camp.telegram.owner, "看全部", desk)
    assert "请温和一点" not in camp.said()
    await camp.presses(camp.leader, "看全部", desk)
    assert f"第 {row.id} 号" in camp.said(camp.leader)


async def test_a_rule_and_a_leader_climb_one_ladder(camp: Camp) -> None:  # R23
    await camp.starts(camp.leader)
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    await camp.later(2 * 3600)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    await camp.later(2 * 3600)
    await camp.says(camp.lin, INSULT)
    rows = [row for row in await camp.decisions(camp.lin) if row.step != "record"]
    assert [(row.issuer_kind, row.step) for row in rows] == [
        ("rule", "ask_to_leave"),
        ("person", "warn"),
        ("rule", "remind"),
    ]
    assert "4 步里的第 3 步" in await file_of(camp, camp.leader, rows[0].id)


async def test_who_was_forgotten_has_no_name_in_it(camp: Camp) -> None:  # privacy
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, f"/mute {camp.lin} 10m")
    (row,) = await camp.decisions(camp.lin)
    async with camp.storage.unit() as unit:
        asked = await erasures.ask(unit, camp.lin, camp.lin, row.at + DAY)
        await erasures.blank(unit, camp.lin, row.at + DAY)
        await erasures.finish(unit, asked, row.at + DAY)
    assert "关于 已被忘记的成员" in await file_of(camp, camp.leader, row.id)
