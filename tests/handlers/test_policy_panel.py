"""The panel of /policy: a page for every setting there is, nothing kept before [保存], and what was kept taken back."""

import pytest

from bot.storage import policies
from rules.conduct.effects import Phrase
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import keys, parts
from tests.handlers.camp import INSULT, TEXTS, Camp, labels

SAVE, BECAUSE, HISTORY, UP = "✅ 保存", "✅ 写上原因再保存", "🕘 改过什么", "‹ 返回"


async def opened(camp: Camp) -> int:
    """The leader reads in private; the panel of their group stands there."""
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, "/policy")
    return camp.leader


async def policy_of(camp: Camp) -> Policy:
    async with camp.storage.reading() as unit:
        return await camp.services.moderator.policy_of(unit, await camp.group())


async def versions(camp: Camp) -> list[policies.PolicyRow]:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return await policies.history(unit, "group", group.id)


async def orders(camp: Camp, words: str) -> str:
    """Said in private, about the group."""
    return await camp.asks(camp.leader, f"/policy #{(await camp.group()).id} {words}", camp.leader)


async def to(camp: Camp, *buttons: str) -> str:
    for each in buttons:
        await camp.taps(camp.leader, each)
    return shown(camp)


def shown(camp: Camp) -> str:
    return camp.last(camp.leader)


def offered(camp: Camp) -> list[str]:
    return labels(camp.telegram.said(camp.leader)[-1])


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_setting_and_every_section_has_a_name_and_an_explanation(language: str) -> None:
    wanted = [f"policy.{kind}_{key.replace('.', '_')}" for key in (*keys(), *parts()) for kind in ("name", "about")]
    assert set(wanted) <= set(TEXTS.keys(language))


async def test_a_value_is_tried_by_steps_and_kept_only_when_saved(camp: Camp) -> None:  # N03
    await opened(camp)
    assert "○ 昵称格式" in offered(camp)
    assert "不按「保存」什么都不会变" in shown(camp)
    await to(camp, "● 刷屏", "连发几条：8")
    assert "−10" not in offered(camp)
    assert "改成：7（还没保存）" in await to(camp, "−1")
    assert "改成：6（还没保存）" in await to(camp, "−1")
    assert (await policy_of(camp)).flooding.messages == 8
    assert "已保存「刷屏·连发几条」：8 → 6" in await to(camp, SAVE)
    assert (await policy_of(camp)).flooding.messages == 6
    assert "连发几条：6" in offered(camp)


async def test_every_page_there_is_opens(camp: Camp) -> None:
    leader = await opened(camp)
    for section in sorted(parts()):
        await opened(camp)
        name = TEXTS.plain(Phrase(f"policy.name_{section}"), "zh_Hans")
        if not any(label.endswith(name) for label in offered(camp)):
            await to(camp, "其他设置")
        await to(camp, next(label for label in offered(camp) if label.endswith(name)))
        assert name in shown(camp)
        for label in [label for label in offered(camp) if "：" in label][:3]:
            assert "现在：" in await to(camp, label)
            await to(camp, UP)
    assert leader
    assert await versions(camp) == []


async def test_a_rule_says_what_each_mode_means_and_that_members_are_treated_gently(camp: Camp) -> None:
    await opened(camp)
    page = await to(camp, "● 伤人的话")
    assert "● 启用" in page
    assert "○ 只观察" in page
    assert "对成员什么都不做" in page
    assert "以前的记录还在" in await to(camp, "关闭")
    await to(camp, SAVE)
    assert (await policy_of(camp)).insult.mode == "off"
    assert "第一次会温和地提醒" in await to(camp, "启用")
    await to(camp, SAVE)
    assert (await camp.group()).rule_began["insult"] == int(camp.clock.now())


async def test_an_observed_rule_says_what_it_would_have_done(camp: Camp) -> None:
    await opened(camp)
    await to(camp, "● 伤人的话", "只观察", SAVE)
    assert "观察里还没有碰到过" in shown(camp)
    await camp.says(camp.lin, INSULT)
    await orders(camp, "")
    assert "观察到 1 次，还没有人说看错了" in await to(camp, "◐ 伤人的话")


async def test_the_reason_is_kept_with_the_version_and_stands_in_the_history(camp: Camp) -> None:
    await opened(camp)
    await to(camp, "● 刷屏", "安静几分钟：10", "＋10", BECAUSE)
    await camp.whispers(camp.leader, "大家说 10 分钟太短")
    row = (await versions(camp))[0]
    assert (row.changes, row.author, row.reason) == ({"flooding.mute_minutes": 20}, camp.leader, "大家说 10 分钟太短")
    history = await orders(camp, "history")
    assert "班长：刷屏·安静几分钟 → 20" in history
    assert "原因：大家说 10 分钟太短" in history


async def test_words_are_added_and_taken_out_one_by_one(camp: Camp) -> None:
    await opened(camp)
    await to(camp, "● 约定不发的内容", "不发的词：没有", "＋ 添加")
    await camp.whispers(camp.leader, "加微信、刷单")
    assert "改成：加微信、刷单" in shown(camp)
    await to(camp, SAVE)
    await to(camp, "不发的词：加微信、刷单", "看全部 / 删去（2）", "✖ 加微信", SAVE)
    assert (await policy_of(camp)).blocked_text.words == ("刷单",)


async def test_what_cannot_be_is_said_with_the_way_out_and_asked_again(camp: Camp) -> None:
    await opened(camp)
    await to(camp, "● 刷屏", "连发几条：8", "✏️ 输入数字")
    await camp.whispers(camp.leader, "很多")
    assert "2 到 100 之间的整数" in shown(camp)
    await camp.whispers(camp.leader, "12")
    await to(camp, SAVE)
    assert (await policy_of(camp)).flooding.messages == 12


async def test_the_second_of_two_leaders_sees_what_the_first_has_done(camp: Camp) -> None:
    await opened(camp)
    await to(camp, "● 刷屏", "连发几条：8", "−1")
    await camp.asks(camp.leader, "/policy set flooding.messages 20", camp.chat)
    page = await to(camp, SAVE)
    assert "刚才有别的营主改过设置" in page
    assert "现在：20" in page
    assert (await policy_of(camp)).flooding.messages == 20
    await to(camp, SAVE)
    assert (await policy_of(camp)).flooding.messages == 7


async def test_a_version_is_compared_and_taken_up_again(camp: Camp) -> None:
    await opened(camp)
    for value in (9, 12):
        await camp.asks(camp.leader, f"/policy set flooding.messages {value}")
    await camp.asks(camp.leader, "/policy set insult.mode off")
    first = (await versions(camp))[-1].id
    told = await orders(camp, f"diff {first}")
    assert "刷屏·连发几条：9 → 12" in told
    assert "伤人的话·怎么处理：默认 → 关闭" in told
    assert "没有版本 999" in await orders(camp, "diff 999")
    await orders(camp, f"rollback {first}")
    assert "刷屏·连发几条：12 → 9" in shown(camp)
    assert len(await versions(camp)) == 3
    assert f"已恢复到版本 {first} 的样子" in await to(camp, "✅ 就这样恢复")
    policy, rows = await policy_of(camp), await versions(camp)
    assert (policy.flooding.messages, policy.insult.mode) == (9, "enforce")
    assert rows[0].changes == {"flooding.messages": 9, "insult.mode": None}
    assert len(rows) == 4


async def test_a_version_of_another_group_is_none_of_this_one(camp: Camp) -> None:  # S8
    async with camp.storage.unit() as unit:
        foreign = await policies.put(unit, "group", (await camp.group()).id + 1, {"flooding.messages": 3}, 1, 1)
    await opened(camp)
    assert "没有版本" in await orders(camp, f"rollback {foreign}")


async def test_a_notice_is_shown_as_a_member_would_read_it_in_both_languages(camp: Camp) -> None:
    await opened(camp)
    page = await to(camp, "● 伤人的话", "👀 成员会读到什么")
    assert "林晓" in page
    assert "🇨🇳 中文" in page
    assert "Thank you" in page
    await to(camp, UP)
    assert "怎么处理" not in shown(camp)


async def test_every_rule_has_a_preview_or_says_that_it_only_asks_leaders(camp: Camp) -> None:
    await opened(camp)
    for label in [label for label in offered(camp) if label[:1] in "●◐○"]:
        await orders(camp, "")
        page = await to(camp, label, "👀 成员会读到什么")
        assert "中文" in page or "只会私下问营主" in page


async def test_own_words_of_a_notice_need_all_four_parts(camp: Camp) -> None:
    await opened(camp)
    await to(camp, "其他设置", "自己的说法", "提醒：空着", "✏️ 改写")
    await camp.whispers(camp.leader, "不要再发了")
    assert "还缺" in shown(camp) or "还没说" in shown(camp)
    assert (await policy_of(camp)).notice_texts.remind == ""
    await camp.whispers(camp.leader, "{name}，真高兴有你在，谢谢！{reason}{way}期待和你一起{goal}！")
    assert "林晓，真高兴有你在，谢谢！" in shown(camp)
    await to(camp, SAVE)
    assert (await policy_of(camp)).notice_texts.remind.startswith("{name}，真高兴")


async def test_rules_are_added_one_a_line_and_commas_stay_in_them(camp: Camp) -> None:
    await opened(camp)
    await to(camp, "其他设置", "群规", "＋ 添加")
    await camp.whispers(camp.leader, "互相尊重，不说伤人的话\n\n广告先问营主、再发")
    await to(camp, SAVE)
    assert (await policy_of(camp)).rules_text == ("互相尊重，不说伤人的话", "广告先问营主、再发")


async def test_who_reads_english_reads_all_of_it_in_english(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.whispers(camp.leader, "/language en")
    await camp.asks(camp.leader, "/policy")
    assert "● Hurtful words" in offered(camp)
    assert "members who were here before" in await to(camp, "○ Name format", "enforce")
    await camp.asks(camp.leader, "/policy set flooding.messages 9")
    await camp.asks(camp.leader, "/policy history")
    assert "Flooding·Messages → 9" in shown(camp)


@pytest.mark.parametrize("way", ["提醒", "警告", "劝离", "移出", "安静一会儿", "补红包"])
async def test_each_notice_is_read_before_somebody_writes_it_anew(camp: Camp, way: str) -> None:
    await opened(camp)
    page = await to(camp, "其他设置", "自己的说法", f"{way}：空着")
    assert "中文\n" in page
    assert "林晓" in page
