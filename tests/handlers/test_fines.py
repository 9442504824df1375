"""补发： an ad is asked for its red packet, made up for, withdrawn, waived or announced beforehand."""

from collections.abc import AsyncIterator

import pytest

from bot.storage import members
from tests.handlers.camp import ENFORCED, Camp, camping

AD = "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop"
TERMS = {**ENFORCED, "ad_without_red_packet": {"mode": "enforce", "fines": True}}


@pytest.fixture
async def market(database_url: str) -> AsyncIterator[Camp]:
    """A camp that asks newer members for red packets; 林晓 has read the rules."""
    async with camping(database_url, TERMS) as camp:
        await camp.says(camp.leader, "/rules")
        await camp.presses(camp.lin, "我已阅读")
        yield camp


async def test_an_ad_is_put_aside_made_up_for_and_posted_again_once(market: Camp) -> None:  # R06
    ad = await market.says(market.lin, AD)
    assert not market.telegram.exists(ad)
    told = await market.press_at_once("已补发", market.leader, market.telegram.owner)
    assert "已经办好" in told[0]
    assert "处理好" in told[1]
    assert market.said().count("abc12345") == 1
    assert "#广告" in market.said()
    (row,) = await market.audited("fine.paid")
    assert (row.actor_id, row.target_id) == (market.leader, market.lin)


async def test_only_leaders_say_that_a_packet_was_given(market: Camp) -> None:  # S3
    await market.says(market.lin, AD)
    assert "留给本群营主" in await market.presses(market.lin, "已补发")
    assert await market.audited("fine.paid") == []
    assert [row.after["action"] for row in await market.audited("refused")] == ["press.fine.paid"]


async def test_a_member_withdraws_the_ad_at_no_cost_and_nobody_else_can(market: Camp) -> None:  # R06
    await market.says(market.lin, AD)
    other = market.telegram.member("小伙伴")
    assert "留给当事人" in await market.presses(other, "我要撤回这条广告")
    assert "已经办好" in await market.presses(market.lin, "我要撤回这条广告")
    await market.says(market.leader, f"/fine paid {market.lin}")
    assert "没有等待补发" in market.last()


async def test_a_leader_lists_and_settles_by_command(market: Camp) -> None:  # R06
    await market.says(market.lin, AD)
    await market.starts(market.leader)
    await market.says(market.leader, "/fine list")
    assert "林晓" in market.last(market.leader)
    assert "200 CNY" in market.last(market.leader)
    await market.says(market.leader, f"/fine waive {market.lin} 第一次")
    await market.says(market.leader, "/fine")
    assert "没有等待补发" in market.last(market.leader)
    newest, *_ = await market.decisions(market.lin)
    assert newest.step == "settle"


async def test_a_packet_announced_beforehand_covers_the_next_ad(market: Camp) -> None:  # R04
    await market.says(market.leader, f"/fine pass {market.lin}")
    ad = await market.says(market.lin, AD)
    assert market.telegram.exists(ad)
    second = await market.says(market.lin, AD + " 第二条")
    assert not market.telegram.exists(second)


async def test_a_leader_asks_for_a_packet_by_a_reply_and_the_ad_comes_back(market: Camp) -> None:  # R06
    ad = await market.says(market.lin, "今晚我的课开讲,欢迎来听")
    await market.says(market.leader, "补发", reply_to=ad)
    assert not market.telegram.exists(ad)
    notice = market.with_button("已补发")
    await market.says(market.leader, "补发", reply_to=notice)
    assert "今晚我的课开讲" in market.said()


@pytest.mark.parametrize("written", ["{}", "#{}", "第{}号"])
async def test_a_fine_is_settled_by_its_number(market: Camp, written: str) -> None:
    await market.says(market.lin, AD)
    (number,) = [row.id for row in await market.decisions(market.lin) if row.step == "fine"]
    await market.says(market.leader, f"/fine paid {written.format(number)}")
    assert "#广告" in market.said()


async def test_nobody_is_asked_for_a_packet_without_the_message_it_is_for(market: Camp) -> None:  # R06
    await market.says(market.lin, "大家好")
    await market.says(market.leader, f"/fine open {market.lin}")
    assert "请回复对方的那条广告" in market.last()
    assert [row.step for row in await market.decisions(market.lin)] == ["record"]


async def test_nobody_is_asked_for_a_packet_who_has_not_accepted_the_rules(market: Camp) -> None:  # R06
    other = market.telegram.member("小伙伴")
    said = await market.says(other, "今晚我的课开讲,欢迎来听")
    await market.says(market.leader, "/fine open", reply_to=said)
    assert "还没有读过约定" in market.last()
    assert market.telegram.exists(said)
    assert await market.decisions(other) == []


@pytest.mark.parametrize("way", ["paid", "waive", "pass"])
async def test_each_way_to_settle_has_its_own_example(market: Camp, way: str) -> None:  # A6
    await market.says(market.leader, f"/fine {way}")
    assert f"/fine {way} " in market.last()
    await market.says(market.leader, "/fine paid 999")
    assert "没有第 999 号" in market.last()


async def test_wrong_words_after_fine_get_one_line_with_examples(camp: Camp) -> None:
    await camp.says(camp.leader, "/fine what")
    assert "/fine list" in camp.last()


async def test_an_ad_without_an_agreement_goes_with_a_word_that_counts_nothing(camp: Camp) -> None:  # R06
    """[是广告] asks nobody for a packet who has not accepted the rules."""
    desk = camp.telegram.supergroup("管理员群")
    camp.telegram.do("join", chat=desk, user=camp.leader)
    await camp.set_group(moderators_chat=desk)
    ad = await camp.says(camp.lin, AD)
    assert "已经办好" in await camp.presses(camp.leader, "是广告", chat=desk)
    assert not camp.telegram.exists(ad)
    assert [row.step for row in await camp.decisions(camp.lin) if row.state == "standing"] == ["remind"]
    assert "跟营主说一声" in await camp.presses(camp.lin, "查看")
    assert "是广告" in camp.last(desk)


@pytest.mark.parametrize("button", ["是广告，开补发单", "只删除", "没问题"])
async def test_a_held_ad_waits_for_one_answer_of_a_leader(market: Camp, button: str) -> None:  # R07, fairness 2
    camp = market
    desk = camp.telegram.supergroup("管理员群")
    camp.telegram.do("join", chat=desk, user=camp.leader)
    await camp.set_group(moderators_chat=desk)
    async with camp.storage.unit() as unit:
        await members.update(unit, (await camp.group()).id, camp.lin, joined_at=None)
    ad = await camp.says(camp.lin, AD)
    assert camp.telegram.exists(ad)
    told = await camp.press_at_once(button, camp.leader, camp.telegram.owner, chat=desk)
    assert "已经办好" in told[0]
    assert "已经有人" in told[1]
    assert camp.telegram.exists(ad) == (button == "没问题")
    assert await camp.questions() == []
    assert "✔ 班长" in camp.said(desk)
    fines = [row for row in await camp.decisions(camp.lin) if row.step == "fine"]
    assert len(fines) == (button == "是广告，开补发单")
    if fines:
        await camp.presses(camp.leader, "已补发")
        assert AD in camp.said()
