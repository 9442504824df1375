"""/report rules tells leaders how often each rule decided, was appealed and was overturned, and nobody else."""

from rules.conduct.effects import DAY, HOUR
from tests.handlers.camp import INSULT, Camp
from tests.handlers.reviewing import keep, passes


async def insulted(camp: Camp, name: str) -> int:
    user = camp.telegram.member(name)
    await camp.go()
    camp.clock.advance(3 * HOUR)
    await camp.says(user, INSULT)
    return user


async def test_decisions_appeals_and_overturned_ones_are_counted_rule_by_rule(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.leader)
    for name in ("甲", "乙", "丙", "丁"):
        await insulted(camp, name)
    first, second = await insulted(camp, "戊"), await insulted(camp, "己")
    await camp.presses(second, "申诉")
    camp.clock.advance(3 * HOUR)
    await keep(camp, camp.leader, desk)
    await camp.asks(camp.leader, f"/undo {(await camp.decisions(first))[0].id}")
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    await camp.says(camp.leader, "/report rules")
    said = camp.last(camp.leader)
    assert "伤人的话 R4：处理 6 次，申诉 1 次，改判 1 次（17%）" in said
    assert "答复一般用了 3 小时" in said
    assert "营主处理：处理 1 次，申诉 0 次，改判 0 次（0%）" in said
    camp.clock.advance(31 * DAY)
    await camp.says(camp.leader, "/report rules")
    assert "没有处理过谁" in camp.last(camp.leader)
    await camp.later(10)
    await camp.says(camp.leader, "/report rules 60")
    await camp.later(10)
    assert "最近 60 天" in camp.last(camp.leader)


async def test_what_nobody_looked_at_is_told_apart(camp: Camp) -> None:  # R23, F10
    await camp.starts(camp.leader)
    user = await insulted(camp, "甲")
    await camp.presses(user, "申诉")
    await passes(camp, 3 * DAY)
    await camp.says(camp.leader, "/report rules")
    await camp.later(5)
    assert "改判 1 次（100%）" in camp.last(camp.leader)
    assert "1 次没有人看，自动撤回" in camp.last(camp.leader)


async def test_it_comes_as_a_table_as_well(camp: Camp) -> None:  # R23, S9
    await camp.starts(camp.leader)
    await insulted(camp, "甲")
    await camp.says(camp.leader, "/report rules 30 csv")
    await camp.later(5)
    assert len(camp.telegram.calls("sendDocument")) == 1


async def test_members_are_told_nothing_of_it_and_a_wrong_word_how_it_goes(camp: Camp) -> None:  # R23, S8
    await camp.starts(camp.lin)
    await camp.asks(camp.lin, "/report rules")
    assert "处理" not in camp.last(camp.lin)
    assert "/report rules" in await camp.asks(camp.leader, "/report 什么")


async def test_how_many_days_there_can_be_is_said(camp: Camp) -> None:
    await camp.starts(camp.leader)
    for line in ("/report rules 0", "/report rules 99999"):
        assert "天数要在 1 到 365 之间" in await camp.asks(camp.leader, line)
    for line in ("/audit 0", "/audit export 9999"):
        assert "天数要在 1 到 3650 之间" in await camp.asks(camp.leader, line)
