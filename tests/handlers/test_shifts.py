"""Shifts and standing in, as leaders type them: what cannot be is said, and nothing is replaced in silence (N13)."""

import pytest

from bot.storage import shifts
from tests.handlers.camp import Camp


async def kept(camp: Camp) -> int:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return len(await shifts.of_group(unit, group.id))


async def test_the_same_shift_twice_is_one(camp: Camp) -> None:
    await camp.asks(camp.leader, f"/shift {camp.lin} 周一 19:00-22:00")
    assert "没有重复加" in await camp.asks(camp.leader, f"/shift {camp.lin} mon 19:00-22:00")
    assert await kept(camp) == 1
    await camp.asks(camp.leader, f"/shift {camp.lin} 每天 19:00-22:00")
    assert await kept(camp) == 7


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("每天 22:00-02:00", "跨过半夜"),
        ("周一 25:00-26:00", "没有这样的钟点"), ("周一 19:70-22:00", "没有这样的钟点"),
        ("09:00-18:00", "还差是星期几"), ("周八 09:00-18:00", "还差是星期几"), ("周一 9:00-9:00", "同一个钟点"),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_the_hours_is_said(camp: Camp, words: str, said: str) -> None:  # A6
    told = await camp.asks(camp.leader, f"/shift {camp.lin} {words}")
    assert said in told
    assert "/shift @对方" in told
    assert await kept(camp) == 0


async def test_whoever_stood_in_before_is_named_when_replaced(camp: Camp) -> None:
    for name in ("小周", "小吴"):
        helper = camp.telegram.member(name)
        await camp.go()
        await camp.asks(camp.leader, f"/grant {helper} volunteer")
        told = await camp.asks(camp.leader, f"/backup {camp.leader} {helper}")
        assert ("之前给 班长 顶上的是 小周" in told) == (name == "小吴")
    assert "之前" not in await camp.asks(camp.leader, f"/backup {camp.leader} {helper}")
