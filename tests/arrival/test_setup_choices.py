"""What is chosen on the set-up card: presets, languages, time zone, desk, other bots; each saved by one press."""

import pytest

from bot.arrival import presets
from bot.storage import policies
from rules.conduct.presets import PRESETS
from tests.arrival.setting_up import added, buttons, cards, policy_of, tap, versions, write
from tests.handlers.camp import Camp


async def test_a_preset_shows_what_it_changes_and_is_applied_as_one_version(camp: Camp) -> None:  # N16
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "选预设", "训练营")
    shown = camp.said(owner)
    assert "每天的签到：关 → 开" in shown
    assert "头 48 小时我只看" in shown
    assert await versions(camp) == []
    await tap(camp, owner, "就用这套")
    assert (await policy_of(camp)).checkin.enabled
    assert await versions(camp) == [dict(PRESETS["camp"])]
    (card,) = cards(camp, owner)
    assert "预设：训练营" in card["text"]
    assert "都好了" in card["text"]


async def test_choosing_another_preset_takes_the_first_back(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "选预设", "训练营", "就用这套")
    await tap(camp, owner, "选预设", "学习群")
    assert "每天的签到：开 → 关" in camp.said(owner)
    await tap(camp, owner, "就用这套")
    assert not (await policy_of(camp)).checkin.enabled
    assert len(await camp.audited(presets.ACTION)) == 2


async def test_no_preset_enforces_what_is_observed_at_first(camp: Camp) -> None:
    group = await camp.group()
    for name in PRESETS:
        before = await policy_of(camp)
        async with camp.storage.unit() as unit:
            await presets.apply(unit, group, name, camp.leader, 1)
        after = await policy_of(camp)
        for rule in ("ad_without_red_packet", "flooding", "insult", "blocked_text", "nickname_format"):
            assert getattr(after, rule).mode == getattr(before, rule).mode


@pytest.mark.parametrize("name", ["", "t_", "训练", "<b>camp</b>", "长" * 5000])
async def test_an_empty_or_unknown_preset_changes_nothing(camp: Camp, name: str) -> None:
    group = await camp.group()
    async with camp.storage.unit() as unit:
        applied = await presets.apply(unit, group, name, camp.leader, 1)
    assert applied == ("", {}, 0)
    assert await versions(camp) == []


async def test_of_two_who_set_up_at_once_the_later_sees_what_stands_now(camp: Camp) -> None:
    owner, leader = camp.telegram.owner, camp.leader
    await camp.starts(owner)
    await camp.starts(leader)
    await write(camp, leader, "/setup #1")
    await tap(camp, owner, "选预设", "训练营")
    await tap(camp, leader, "选预设", "闲聊")
    owners, leaders = (camp.with_button("就用这套", each) for each in (owner, leader))
    for user, post in ((owner, owners), (leader, leaders)):
        camp.telegram.do("press", chat=user, message_id=post, user=user, button="就用这套")
    await camp.go()
    assert (await policy_of(camp)).checkin.enabled
    assert "刚才有人改过设置" in camp.last(leader)
    assert "每天的签到：开 → 关" in camp.last(leader)
    assert len(await versions(camp)) == 1
    await tap(camp, leader, "就用这套")
    assert not (await policy_of(camp)).checkin.enabled
    assert "预设：闲聊" in cards(camp, owner)[0]["text"]


async def test_languages_are_chosen_by_a_press(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "语言", "英文")
    assert (await camp.group()).language == "en"
    assert "语言：英文" in cards(camp, owner)[0]["text"]
    await tap(camp, owner, "语言", "＋简体中文")
    assert (await camp.group()).second_language == "zh_Hans"
    assert "语言：英文 + 简体中文" in cards(camp, owner)[0]["text"]
    await tap(camp, owner, "语言", "简体中文")
    group = await camp.group()
    assert (group.language, group.second_language) == ("zh_Hans", "")
    assert [row.after for row in await camp.audited("setup.language")][-1] == {"language": "en"}


async def test_a_time_zone_is_pressed_or_typed_and_refused_with_the_nearest(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "时区", "东京")
    assert (await camp.group()).zone == "Asia/Tokyo"
    await tap(camp, owner, "时区", "自己写")
    assert "Asia/Kuala_Lumpur" in await write(camp, owner, "Kuala Lumpu")
    assert (await camp.group()).zone == "Asia/Tokyo"
    assert "没有「<b>x</b>」" in await write(camp, owner, "<b>x</b>")
    await write(camp, owner, "吉隆坡")
    assert (await camp.group()).zone == "Asia/Kuala_Lumpur"
    await tap(camp, owner, "时区", "自己写")
    await write(camp, owner, "Londn")
    await tap(camp, owner, "就是 Europe/London")
    assert (await camp.group()).zone == "Europe/London"


async def test_what_needs_a_decision_goes_to_a_group_that_is_led_and_back(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    desk = await added(camp, "营主群")
    (card, _) = cards(camp, owner)
    post = card["message_id"]
    for button in ("要决定的事发到哪", "营主群"):
        camp.clock.advance(4)
        camp.telegram.do("press", chat=owner, message_id=post, user=owner, button=button)
        await camp.go()
    assert (await camp.group()).moderators_chat == desk
    for button in ("要决定的事发到哪", "私聊（Owner）"):
        camp.clock.advance(4)
        camp.telegram.do("press", chat=owner, message_id=post, user=owner, button=button)
        await camp.go()
    assert (await camp.group()).moderators_chat == 0


async def test_another_bot_is_named_with_its_jobs_and_may_do_the_welcome(camp: Camp) -> None:
    owner = camp.telegram.owner
    rose = camp.telegram.person("Rose", username="MissRose_bot", is_bot=True)
    camp.telegram.do("join", chat=camp.chat, user=rose)
    camp.telegram.do("promote", chat=camp.chat, user=rose, rights="all")
    await camp.go()
    await camp.starts(owner)
    await tap(camp, owner, "再看一遍")
    text = cards(camp, owner)[0]["text"]
    assert "@MissRose_bot，它也会：入群欢迎 · 群规" in text
    assert "新来的人会收到两遍" in text
    await tap(camp, owner, "其他机器人", "入群欢迎让它来做")
    assert not (await policy_of(camp)).welcome.enabled
    text = cards(camp, owner)[0]["text"]
    assert "让它来做，我不出声" in text
    assert "收到两遍" not in text
    await tap(camp, owner, "其他机器人", "我来做")
    assert (await policy_of(camp)).welcome.enabled


async def test_a_notice_is_shown_as_a_member_would_get_it_and_marked(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    before = camp.said()
    await tap(camp, owner, "试看一条提醒")
    shown = camp.last(owner)
    assert shown.startswith("【试看】")
    assert "所以约定广告要带上红包一起来" in shown
    assert camp.said() == before
    assert "这是试看" in await tap(camp, owner, "申诉")
    assert await camp.questions() == []


async def test_topics_say_what_is_bound(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "话题")
    assert "没有开话题" in camp.said(owner)
    await camp.set_group(is_forum=True)
    await tap(camp, owner, "‹ 返回", "话题")
    assert "还没有哪一类消息" in camp.said(owner)


async def test_a_right_that_is_taken_while_the_card_is_open_refuses_the_press_and_half_sets_nothing(camp: Camp) -> None:
    leader = camp.leader
    await camp.starts(leader)
    await write(camp, leader, "/setup")
    await tap(camp, leader, "选预设", "训练营")
    camp.telegram.do("demote", chat=camp.chat, user=leader)
    await camp.go()
    assert await tap(camp, leader, "就用这套")
    assert await versions(camp) == []
    assert [row.after["action"] for row in await camp.audited("refused")] == ["press.setup.preset_put"]


async def test_an_administrator_who_may_not_restrict_reads_and_changes_nothing(camp: Camp) -> None:
    helper = camp.telegram.member("助教")
    camp.telegram.do("promote", chat=camp.chat, user=helper, rights=["can_pin_messages"])
    await camp.go()
    await camp.starts(helper)
    await write(camp, helper, "/setup")
    await tap(camp, helper, "选预设", "训练营")
    assert await tap(camp, helper, "就用这套")
    assert await versions(camp) == []


async def test_values_of_the_installation_stand_where_a_group_has_none_of_its_own(camp: Camp) -> None:  # N03
    async with camp.storage.unit() as unit:
        await policies.put(unit, "installation", 0, {"flooding.messages": 30}, camp.leader, 1)
    first, other = await added(camp, "08营"), await added(camp, "09营")
    async with camp.storage.unit() as unit:
        await presets.apply(unit, await camp.group(first), "camp", camp.leader, 1)
    assert (await policy_of(camp, first)).flooding.messages == PRESETS["camp"]["flooding.messages"]
    assert (await policy_of(camp, other)).flooding.messages == 30


async def test_a_setup_that_is_not_finished_stands_in_the_inbox(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    assert "还有设置没完成" in await write(camp, owner, "/inbox #1")
    await tap(camp, owner, "群的设置")
    await tap(camp, owner, "就用默认的")
    assert "没完成" not in await write(camp, owner, "/inbox #1")
    assert "选预设" not in buttons(camp, owner)
