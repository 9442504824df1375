"""A notice arrives: in private, else by a line in the group; it says what comes next, and hears that it was read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.storage import acknowledgements
from tests.handlers.camp import ENFORCED, INSULT, Camp, camping, labels
from tests.rules.conduct.wording import WHOLE

MINUTE = 60


@asynccontextmanager
async def under(url: str, **policy: Any) -> AsyncIterator[Camp]:
    async with camping(url, ENFORCED | policy) as camp:
        yield camp


async def steps(camp: Camp) -> list[str]:
    return [row.step for row in reversed(await camp.decisions(camp.lin))]


async def test_a_notice_says_what_comes_next_and_until_when_it_counts(camp: Camp) -> None:  # R08
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    told = camp.last(camp.lin)
    assert "谢谢" in told
    assert "不计次数" in told
    assert "前再有一次才会计次" in told
    assert "期待" in told
    assert labels(camp.telegram.said(camp.lin)[-1]) == ["我知道了", "申诉"]


async def test_that_it_was_read_is_kept_and_thanked_for_once(camp: Camp) -> None:
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    shown = await camp.press_at_once("我知道了", camp.lin, camp.lin)
    assert all("谢谢你" in each and len(each) <= 200 for each in shown)
    async with camp.storage.reading() as unit:
        (row,) = (await acknowledgements.of(unit, [decision.id])).values()
    assert (row.user_id, row.at) == (camp.lin, int(camp.clock.now()))


async def test_nobody_says_it_for_somebody_else(camp: Camp) -> None:  # S3
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    await camp.presses(camp.leader, "我知道了")
    async with camp.storage.reading() as unit:
        assert await acknowledgements.of(unit, [decision.id]) == {}


async def test_the_clock_of_the_next_step_begins_when_it_was_read(camp: Camp) -> None:  # fairness 1
    await camp.says(camp.lin, INSULT)
    await camp.later(30 * MINUTE)
    await camp.presses(camp.lin, "我知道了")
    await camp.later(40 * MINUTE)
    await camp.says(camp.lin, INSULT)
    assert await steps(camp) == ["remind"]
    await camp.later(61 * MINUTE)
    await camp.says(camp.lin, INSULT)
    assert await steps(camp) == ["remind", "warn"]


async def test_without_a_press_it_begins_so_long_after_the_notice_as_the_group_allows(database_url: str) -> None:
    async with under(database_url, notices={"heard_after_minutes": 120}) as camp:
        await camp.says(camp.lin, INSULT)
        await camp.later(150 * MINUTE)
        await camp.says(camp.lin, INSULT)
        assert await steps(camp) == ["remind"]
        await camp.later(61 * MINUTE)
        await camp.says(camp.lin, INSULT)
        assert await steps(camp) == ["remind", "warn"]


async def test_whoever_blocked_the_bot_is_told_by_a_line_in_the_group(camp: Camp) -> None:
    await camp.starts(camp.lin)
    camp.telegram.post(camp.lin, INSULT)
    camp.telegram.do("block", user=camp.lin)
    await camp.go()
    line = camp.telegram.said()[-1]
    assert "有一条给你的提醒" in line["text"]
    assert labels(line) == ["查看", "我知道了", "申诉"]
    assert "只是提醒" in await camp.presses(camp.lin, "查看")
    assert "谢谢你" in await camp.presses(camp.lin, "我知道了")
    await camp.later(61 * MINUTE)
    assert "有一条给你的提醒" not in camp.said()


async def test_both_ways_where_the_group_wants_it_so(database_url: str) -> None:
    async with under(database_url, notices={"way": "both"}) as camp:
        await camp.starts(camp.lin)
        await camp.says(camp.lin, INSULT)
        assert "不计次数" in camp.last(camp.lin)
        assert labels(camp.telegram.said()[-1]) == ["查看"]
        assert "只是提醒" in await camp.presses(camp.lin, "查看")


async def test_a_text_of_the_group_stands_in_place_of_ours(database_url: str) -> None:  # R18
    own = "亲爱的{name}，谢谢你来。关于「{rule}」：{reason}{way}咱们一起{goal}！"
    async with under(database_url, notice_texts={"remind": own}) as camp:
        await camp.starts(camp.lin)
        await camp.says(camp.lin, INSULT)
        told = camp.last(camp.lin)
        assert told.startswith("亲爱的林晓，谢谢你来。关于「伤人的话」：群里约定好好说话")
        assert told.endswith("咱们一起一起学习、一起成长！")
        assert "前再有一次才会计次" in told


OWN = "{name}，谢谢你来。{reason}{way}咱们一起{goal}！"


async def test_a_text_of_the_group_is_followed_by_the_point_of_the_rules(database_url: str) -> None:  # R18
    async with under(database_url, notice_texts={"remind": OWN}) as camp:
        await camp.starts(camp.lin)
        await camp.says(camp.lin, INSULT)
        assert "约定 R4" in camp.last(camp.lin)


async def test_a_text_of_the_group_that_names_the_agreement_is_whole(database_url: str) -> None:  # R18
    async with under(database_url, notice_texts={"remind": OWN.replace("{reason}", "「{rule}」：{reason}")}) as camp:
        await camp.starts(camp.lin)
        await camp.says(camp.lin, INSULT)
        assert "约定 R4" not in camp.last(camp.lin)


async def test_a_text_without_its_parts_is_not_saved(camp: Camp) -> None:  # R18, V08
    assert "还缺" in await camp.asks(camp.leader, "/policy set notice_texts.warn 请注意群里的约定")
    assert await own_text(camp) == ""
    await camp.asks(camp.leader, f"/policy set notice_texts.warn {WHOLE}")
    assert await own_text(camp) == WHOLE


async def own_text(camp: Camp) -> str:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return (await camp.services.moderator.policy_of(unit, group)).notice_texts.warn
