"""The first two days of a group of 200, and the letter that ends them: nothing is done before a leader says so."""

import pytest

from bot.storage import audit
from tests.arrival.evening import (
    AD,
    DAY,
    EVENING,
    HOUR,
    INSULT,
    SCAM,
    buttons,
    evening,
    exists,
    letter,
    modes,
    old_member,
    says,
    seen,
)

WATCHING = dict.fromkeys(("ad_without_red_packet", "flooding", "insult", "blocked_text"), "observe")


async def test_the_first_48_hours_are_watched_and_one_letter_tells_all_of_them(database_url: str) -> None:  # X07
    async with evening(database_url) as camp:
        lin, new = old_member(camp, 7), await camp.member("新同学")
        said = [await says(camp, lin, AD), await says(camp, lin, INSULT), await says(camp, new, INSULT)]
        said += [await says(camp, old_member(camp, 8), "刷屏刷屏") for _ in range(5)]
        assert all([await exists(camp, each) for each in said]), "nothing is deleted"
        assert await camp.said() == [], "and nobody in the group hears of it"
        await camp.later(2 * DAY - 2 * HOUR)
        assert await letter(camp) == ""
        await camp.later(2 * HOUR)
        told = await letter(camp)
        for part in ("老同学7", "老同学8", "新同学", "广告：1 件", "伤人的话：2 件", "刷屏：1 件", INSULT, "加微信"):
            assert part in told
        assert told.count("我会：") == len(await seen(camp)) == 4
        assert {"启用", "只启用广告", "再看两天"} <= set(await buttons(camp))
        assert await modes(camp) == WATCHING
        await camp.later(3 * DAY)
        assert len(await camp.said("📮", camp.owner)) == 1, "there is one letter"


async def test_of_a_newcomer_who_cheats_the_message_goes_and_the_person_is_only_quiet(database_url: str) -> None:
    async with evening(database_url, people=20) as camp:
        await camp.later(HOUR)
        cheat = await camp.member("好运")
        said = await says(camp, cheat, SCAM)
        assert not await exists(camp, said)
        member = await camp.people.member(camp.chat, cheat)
        assert member["status"] == "restricted"
        now = camp.app.services.clock.now()
        assert now + 23 * HOUR < member["until_date"] <= now + 25 * HOUR
        await camp.later(DAY + HOUR)
        assert (await camp.people.member(camp.chat, cheat))["status"] != "kicked", "nobody has pressed anything"


async def test_one_press_enables_all_that_was_offered_as_one_version(database_url: str) -> None:  # X07, F2
    async with evening(database_url, people=30) as camp:
        await camp.later(2 * DAY + HOUR)
        assert "没有看到需要处理的消息" in await letter(camp)
        before = await camp.group()
        await camp.press(camp.owner, "启用", camp.owner)
        after = await camp.group()
        assert await modes(camp) == dict.fromkeys(WATCHING, "enforce")
        now = int(camp.app.services.clock.now())
        assert {after.rule_began[rule] for rule in WATCHING} <= set(range(now - 120, now + 1))
        assert after.policy_version == before.policy_version + 1
        (told,) = await camp.said("启用了", camp.owner)
        for part in ("从现在起", "广告：不会自己删", "刷屏：", "伤人的话：", "撤销"):
            assert part in told


async def test_who_was_here_before_is_held_and_shown_and_the_reminder_does_not_count(database_url: str) -> None:  # F2
    async with evening(database_url, people=40) as camp:
        await camp.later(2 * DAY + HOUR)
        await camp.press(camp.owner, "启用", camp.owner)
        lin = old_member(camp, 7)
        ad = await says(camp, lin, AD)
        assert await exists(camp, ad)
        assert await camp.questions() == ["ad"]
        insult = await says(camp, lin, INSULT)
        assert not await exists(camp, insult)
        assert (await camp.case(lin)).member.standing.warnings == 0
        new = await camp.member("新同学")
        assert not await exists(camp, await says(camp, new, INSULT))


async def test_a_rule_that_was_wrong_too_often_is_not_offered(database_url: str) -> None:  # X07
    async with evening(database_url, people=30) as camp:
        for number in range(9):
            await says(camp, old_member(camp, number), INSULT)
        await camp.later(2 * DAY + HOUR)
        wrong = [case.decision_id for case in await seen(camp)][:2]
        await camp.press(camp.owner, f"#{wrong[0]} 看错了", camp.owner)
        assert "伤人的话」9 件" not in await letter(camp)
        await camp.press(camp.owner, f"#{wrong[1]} 看错了", camp.owner)
        told = await letter(camp)
        assert "「伤人的话」9 件里看错了 2 件" in told
        assert told.count("你们说这条看错了") == 2
        await camp.press(camp.owner, "启用", camp.owner)
        assert await modes(camp) == dict.fromkeys(WATCHING, "enforce") | {"insult": "observe"}
        async with camp.app.services.storage.reading() as unit:
            noted = await audit.of(unit, action="letter.wrong")
        assert sorted(row.before["decision"] for row in noted) == wrong


async def test_a_mark_is_taken_back_by_a_second_press(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await says(camp, old_member(camp, 1), INSULT)
        await camp.later(2 * DAY + HOUR)
        (case,) = await seen(camp)
        await camp.press(camp.owner, f"#{case.decision_id} 看错了", camp.owner)
        assert "不启用它" in await letter(camp)
        await camp.press(camp.owner, f"#{case.decision_id} 没看错", camp.owner)
        assert "不启用它" not in await letter(camp)
        assert [each.wrong for each in await seen(camp)] == [False]


async def test_no_problem_on_a_card_is_a_mark_in_the_letter(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await says(camp, old_member(camp, 1), INSULT)
        await camp.press(camp.owner, "没问题", camp.owner)
        assert [each.wrong for each in await seen(camp)] == [True]
        await camp.later(2 * DAY + HOUR)
        assert "「伤人的话」1 件里看错了 1 件" in await letter(camp)


async def test_only_ads_are_enabled_where_that_is_pressed(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await camp.later(2 * DAY + HOUR)
        await camp.press(camp.owner, "只启用广告", camp.owner)
        assert await modes(camp) == WATCHING | {"ad_without_red_packet": "enforce"}


async def test_for_a_day_it_can_be_taken_back(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await camp.later(2 * DAY + HOUR)
        await camp.press(camp.owner, "启用", camp.owner)
        await camp.later(DAY - HOUR)
        assert "只看不动" in await camp.press(camp.owner, "撤销", camp.owner)
        assert await modes(camp) == WATCHING
        assert not set(WATCHING) & set((await camp.group()).rule_began)
        assert "启用" in await buttons(camp), "it can be enabled again"


async def test_after_a_day_it_is_a_matter_of_the_policy(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await camp.later(2 * DAY + HOUR)
        await camp.press(camp.owner, "启用", camp.owner)
        await camp.later(DAY + HOUR)
        assert "/policy" in await camp.press(camp.owner, "撤销", camp.owner)
        assert await modes(camp) == dict.fromkeys(WATCHING, "enforce")


async def test_two_more_days_are_watched_and_another_letter_comes(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await says(camp, old_member(camp, 1), INSULT)
        await camp.later(2 * DAY + HOUR)
        assert "下一封" in await camp.press(camp.owner, "再看两天", camp.owner)
        assert await camp.questions() == ["observed"]
        await says(camp, old_member(camp, 2), INSULT)
        await camp.later(2 * DAY - HOUR)
        assert await letter(camp) == ""
        await camp.later(HOUR)
        told = await letter(camp)
        assert "老同学1" in told
        assert "老同学2" in told
        assert await modes(camp) == WATCHING


async def test_two_leaders_at_once_enable_once(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        other = old_member(camp, 3)
        await camp.people.promote(camp.chat, other, rights="all")
        await camp.people.start(other)
        await camp.later(2 * DAY + HOUR)
        await camp.people.open_private_text(other, f"/letter #{(await camp.group()).id}")
        await camp.calm()
        before = (await camp.group()).policy_version
        for who in (camp.owner, other):
            post = await camp.people.bot_message(who, button="启用")
            await camp.people.press(who, post["message_id"], who, "启用")
        await camp.calm()
        assert (await camp.group()).policy_version == before + 1
        told = [each["text"] for each in (*await camp.people.alerts(camp.owner), *await camp.people.alerts(other))]
        assert len([each for each in told if "没有可以启用的" in each]) == 1


async def test_what_does_not_fit_on_a_page_is_turned_to(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        for number in range(11):
            await says(camp, old_member(camp, number), INSULT)
        await camp.later(2 * DAY + HOUR)
        first = await letter(camp)
        assert "第 1 页，共 2 页" in first
        assert "老同学9" not in first
        await camp.press(camp.owner, "下一页", camp.owner)
        second = await letter(camp)
        assert "第 2 页，共 2 页" in second
        assert "老同学10" in second
        assert second.count("我会：") == 3
        await camp.press(camp.owner, "上一页", camp.owner)
        assert await letter(camp) == first


async def test_a_right_that_is_missing_is_said_before_anything_is_enabled(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await camp.people.set_bot_rights(camp.chat, ["can_restrict_members"])
        await camp.later(2 * DAY + HOUR)
        assert "还不能删除消息" in await letter(camp)
        assert "还不能禁言" not in await letter(camp)


@pytest.mark.parametrize("minutes", [200, 10 * 60])
async def test_it_never_comes_by_night(database_url: str, minutes: int) -> None:  # F4
    async with evening(database_url, people=10, at=EVENING + minutes * 60) as camp:
        await camp.later(2 * DAY)
        assert await letter(camp) == "", "22:40 and 05:20 are night"
        await camp.later((9 * 60 + 20 if minutes == 200 else 2 * 60 + 40) * 60)
        assert await letter(camp)


async def test_a_page_that_is_older_than_a_mark_enables_no_doubtful_rule(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await says(camp, old_member(camp, 1), INSULT)
        await camp.later(2 * DAY + HOUR)
        old = await camp.people.bot_message(camp.owner, button="启用")
        await camp.people.open_private_text(camp.owner, f"/letter #{(await camp.group()).id}")
        await camp.calm()
        await camp.press(camp.owner, f"#{(await seen(camp))[0].decision_id} 看错了", camp.owner)
        await camp.people.press(camp.owner, old["message_id"], camp.owner, "启用")
        await camp.calm()
        assert await modes(camp) == dict.fromkeys(WATCHING, "enforce") | {"insult": "observe"}


async def test_two_more_days_pressed_on_two_pages_are_two_days(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await camp.later(2 * DAY + HOUR)
        old = await camp.people.bot_message(camp.owner, button="再看两天")
        await camp.people.open_private_text(camp.owner, f"/letter #{(await camp.group()).id}")
        await camp.calm()
        first = await camp.press(camp.owner, "再看两天", camp.owner)
        await camp.later(HOUR)
        await camp.people.press(camp.owner, old["message_id"], camp.owner, "再看两天")
        await camp.calm()
        assert (await camp.people.alerts(camp.owner))[-1]["text"] == first
