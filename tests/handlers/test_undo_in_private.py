"""A receipt takes back by one press; in private the number of a decision says its group by itself."""

from tests.handlers.camp import Camp
from tests.handlers.reviewing import another


async def test_a_receipt_takes_back_by_one_press(camp: Camp) -> None:  # R23, R24
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h 刷屏")
    await camp.later(5)
    assert "撤销" in await camp.presses(camp.leader, "撤销", camp.leader)
    await camp.later(5)
    assert camp.telegram.status(camp.lin) == "member"


async def test_a_number_says_its_group_in_private(camp: Camp) -> None:  # R23
    other = camp.telegram.supergroup("08营")
    for user in (camp.leader, camp.lin):
        camp.telegram.do("join", chat=other, user=user)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=other, user=camp.leader, rights="all")
    await camp.go()
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h 刷屏")
    (decision,) = await camp.decisions(camp.lin)
    await camp.whispers(camp.leader, f"/why {decision.id}")
    await camp.later(5)
    assert "刷屏" in camp.said(camp.leader)
    await camp.whispers(camp.leader, f"/undo {decision.id}")
    await camp.later(5)
    assert f"第 {decision.id} 号已经撤销" in camp.said(camp.leader)


async def test_a_number_of_a_group_one_does_not_lead_opens_nothing(camp: Camp) -> None:  # S8
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h 刷屏")
    (decision,) = await camp.decisions(camp.lin)
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, f"/undo {decision.id}")
    await camp.later(5)
    assert [row.state for row in await camp.decisions(camp.lin)] == ["standing"]
    assert "刷屏" not in camp.last(camp.lin)


async def test_whoever_appealed_hears_that_somebody_looks_and_no_name(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    await camp.presses(camp.lin, "申诉", camp.lin)
    other = await another(camp, desk)
    await camp.later(5)
    await camp.presses(other, "我来处理", desk)
    await camp.later(5)
    assert "有人在看了" in camp.last(camp.lin)
    assert "苏禾" not in camp.last(camp.lin)
