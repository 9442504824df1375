"""/simulate: whom a changed setting would have treated otherwise; told to leaders in private, nothing is done."""

import time

from sqlalchemy import insert, select

from bot.storage.tables import decisions
from rules.conduct.effects import DAY
from tests.handlers.camp import INSULT, Camp, labels


async def simulates(camp: Camp, words: str) -> str:
    return await camp.asks(camp.leader, f"/simulate #{(await camp.group()).id} {words}", camp.leader)


def offered(camp: Camp) -> list[str]:
    return labels(camp.telegram.said(camp.leader)[-1])


async def floods(camp: Camp, times: int) -> None:
    for number in range(times):
        camp.telegram.post(camp.lin, f"第{number}句完全不同的话")
    await camp.go()


async def test_a_looser_setting_names_whom_it_would_have_spared(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    (row,) = await camp.decisions(camp.lin)
    told = await simulates(camp, "insult.mode observe")
    assert "有 1 件会不一样" in told
    assert f"#{row.id} 林晓：提醒 → 提醒（只观察）" in told
    assert "不留底" not in told
    assert f"#{row.id} 林晓：提醒 → 什么都不做" in await simulates(camp, "insult.mode off")


async def test_for_a_stricter_one_it_says_plainly_what_it_cannot_know_and_offers_to_watch(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await floods(camp, 9)
    told = await simulates(camp, "flooding.messages 6")
    assert "没有一件会不一样" in told
    assert "没碰到规则的普通消息不留底" in told
    assert "◐ 先只观察" in offered(camp)
    await camp.taps(camp.leader, "◐ 先只观察")
    assert "改成：只观察" in camp.last(camp.leader)
    assert (await camp.group()).policy_version == 0


async def test_a_setting_that_would_have_let_it_pass_is_found(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await floods(camp, 9)
    assert "→ 什么都不做" in await simulates(camp, "flooding.messages 50")


async def test_what_is_not_saved_yet_is_tried_from_its_page(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    await camp.asks(camp.leader, "/policy")
    for each in ("● 伤人的话", "用自带的词表：开", "关闭", "🔍 先算算会影响谁"):
        await camp.taps(camp.leader, each)
    assert "林晓：提醒 → 什么都不做" in camp.last(camp.leader)
    await camp.taps(camp.leader, "✅ 保存")
    assert "已保存「伤人的话·用自带的词表」" in camp.last(camp.leader)


async def test_only_the_days_that_are_asked_about_count(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    await camp.later(10 * DAY)
    assert "最近 3 天已经有决定的 0 件" in await simulates(camp, "insult.mode off 3")
    assert "有 1 件会不一样" in await simulates(camp, "insult.mode off 20d")
    assert "最近 3 天" in await simulates(camp, "insult 3天")


async def test_what_cannot_be_asked_is_answered_with_the_way_out(camp: Camp) -> None:
    await camp.starts(camp.leader)
    assert "例如 /simulate" in await simulates(camp, "")
    assert "flooding.messages" in await simulates(camp, "flooding.mesages 6")
    assert "2 到 100" in await simulates(camp, "flooding.messages 1")
    assert "不是一条规则" in await simulates(camp, "welcome.pause_minutes 5")
    assert "例如 /simulate" in await simulates(camp, "flooding soon")


async def test_the_group_reads_nothing_of_it(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    await camp.asks(camp.leader, "/simulate insult.mode off")
    assert "林晓：提醒" in camp.last(camp.leader)
    assert "会不一样" not in camp.said()


async def test_many_cases_are_bounded_and_it_says_so(camp: Camp) -> None:
    """The Unit is not held for longer than a blink, however much was decided."""
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    async with camp.storage.unit() as unit:
        (kept,) = (await unit.execute(select(decisions))).mappings()
        copies = [{**kept, "id": 1000 + number, "key": f"copy:{number}"} for number in range(400)]
        await unit.execute(insert(decisions), copies)
    began = time.process_time()
    told = await simulates(camp, "insult.mode off")
    assert "只看了最近的 300 件" in told
    assert "还有 280 件" in told
    assert time.process_time() - began < 5
