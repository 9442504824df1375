"""Handing over: shown first, done once, to nobody who may answer nothing; what Telegram gave stays."""  # X12

from bot.storage import backups, roles, shifts, tickets
from rules.conduct.effects import DAY
from tests.handlers.camp import Camp
from tests.handlers.test_team_desk import ask, second_leader, ticket


async def test_a_handover_is_shown_then_moves_everything_once(camp: Camp) -> None:  # X12
    other, group = await second_leader(camp), await camp.group()
    for user in (camp.leader, other, camp.lin):
        await camp.starts(user)
    end = int(camp.clock.now()) + 9 * DAY
    number = await ask(camp)
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.lin, "homework_officer", 1, 0, end)
        await roles.grant(unit, group.id, camp.lin, "leader", 1, 0)
        await tickets.take(unit, number, camp.lin, int(camp.clock.now()))
        await backups.put(unit, group.id, camp.leader, camp.lin, 1, 0)
    await camp.says(camp.leader, f"/shift {camp.lin} 周一 19:00-22:00")
    await camp.asks(camp.leader, f"/handover {camp.lin} {other}")
    shown = camp.last(camp.leader)
    for line in ("作业官（本群", "正在处理的事：1 件", "值班：1 个", "替补：1 位", "不交接：营主"):
        assert line in shown, line
    assert (await ticket(camp, number)).taken_by == camp.lin, "nothing moves before the press"
    await camp.taps(camp.leader, "就这样交接")
    assert (await ticket(camp, number)).taken_by == other
    async with camp.storage.reading() as unit:
        rows = await roles.of_group(unit, group.id, int(camp.clock.now()))
        assert {(row.user_id, row.role, row.until) for row in rows} == {
            (other, "homework_officer", end), (camp.lin, "leader", 0),
        }  # fmt: skip
        assert [row.user_id for row in await shifts.of_group(unit, group.id)] == [other]
        assert await backups.of_group(unit, group.id) == {camp.leader: other}
    assert "交给你了" in camp.said(other)
    assert "已经交给 副班长 了" in camp.said(camp.lin)
    assert len(await camp.audited("handover")) == 1


async def test_the_rights_of_telegram_are_not_handed_over_and_it_says_so(camp: Camp) -> None:  # X12
    other = await second_leader(camp)
    await camp.starts(camp.leader)
    await camp.set_group(set_up_by=camp.leader)
    await camp.says(camp.leader, f"/handover {camp.leader} {other}")
    assert "管理员权限我交不了" in camp.last(camp.leader)
    await camp.taps(camp.leader, "就这样交接")
    assert (await camp.group()).set_up_by == other


async def test_nothing_is_handed_to_whoever_may_answer_nothing_here(camp: Camp) -> None:  # X12, S8
    await camp.starts(camp.leader)
    await camp.set_group(set_up_by=camp.leader)
    assert "还没有角色" in await camp.asks(camp.leader, f"/handover {camp.leader} {camp.lin}")
    await camp.says(camp.leader, f"/grant {camp.lin} volunteer")
    await camp.asks(camp.leader, f"/handover {camp.leader} {camp.lin}")
    assert "没有我能交接的东西" in camp.last(camp.leader), "private cards are for those who lead"
    assert (await camp.group()).set_up_by == camp.leader


async def test_whoever_takes_over_has_the_whole_time_and_only_what_they_may_answer(camp: Camp) -> None:  # X12
    await camp.starts(camp.leader)
    number = await ask(camp)
    camp.clock.advance(1)
    officers = await ask(camp, audience="officers")
    camp.clock.advance(1)
    staff, group = await ask(camp, audience="staff"), await camp.group()
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.lin, "volunteer", 1, 0)
        for each in (number, officers, staff):
            await tickets.take(unit, each, camp.leader, int(camp.clock.now()))
    camp.clock.advance(DAY)
    await camp.asks(camp.leader, f"/handover {camp.leader} {camp.lin}")
    assert "正在处理的事：1 件" in camp.last(camp.leader)
    await camp.taps(camp.leader, "就这样交接")
    assert [(await ticket(camp, each)).taken_by for each in (number, officers)] == [camp.leader] * 2
    moved = await ticket(camp, staff)
    assert (moved.taken_by, moved.taken_at > camp.clock.now() - 60) == (camp.lin, True)


async def test_there_may_be_nothing_to_hand_over(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.leader, f"/handover {camp.lin} {camp.leader}")
    assert "没有我能交接的东西" in camp.last(camp.leader)
    assert "同一位" in await camp.asks(camp.leader, f"/handover {camp.lin} {camp.lin}")
