"""What anybody may ask: rules, help, privacy, start; names; staying or leaving."""

import pytest

from bot import programme
from bot.storage import acts
from rules.conduct.effects import Planned
from tests.handlers.camp import ENFORCED, INSULT, Camp, camping

ONE_STEP = {**ENFORCED, "ladder": {"persuade_at": 1, "highest": "ask_to_leave"}}
NAMES = {**ENFORCED, "nickname_format": {"mode": "enforce"}}


async def test_the_rules_are_numbered_and_can_be_the_groups_own(camp: Camp) -> None:  # R01, R02
    await camp.says(camp.lin, "/rules")
    assert all(f"R{n} " in camp.last() for n in range(1, 7))
    await camp.says(camp.leader, '/policy set rules_text ["不迟到", "<b>不早退</b>"]')
    await camp.later(10)
    await camp.says(camp.lin, "/rules")
    assert "R1 不迟到\nR2 <b>不早退</b>" in camp.said()


async def test_sections_of_the_rules_are_headings_without_a_number(camp: Camp) -> None:  # R03
    await camp.says(camp.leader, '/policy set rules_text ["【说话】", "不吵架", "【发布】", "不发广告"]')
    assert "【说话】\nR1 不吵架\n【发布】\nR2 不发广告" in await camp.asks(camp.lin, "/rules")


async def test_help_shows_each_what_they_may_use(camp: Camp) -> None:
    await camp.says(camp.lin, "/help")
    assert "/appeal" in camp.last()
    assert "/remove" not in camp.last()
    await camp.says(camp.leader, "/help")
    assert "/remove" in camp.last()


async def test_privacy_says_what_is_kept_how_long_and_whom_to_ask(camp: Camp) -> None:
    await camp.says(camp.lin, "/privacy")
    assert all(words in camp.last() for words in ("48 小时", "联系", "/record"))


async def test_whoever_starts_the_bot_is_greeted_and_told_what_is_open(camp: Camp) -> None:
    await camp.starts(camp.lin)
    assert "林晓，你好" in camp.last(camp.lin)
    assert len(camp.telegram.said(camp.lin)) == 1
    await camp.says(camp.leader, f"/mute {camp.lin} 2h")
    await camp.starts(camp.lin, "claim_nothing")
    assert "Camp 07」到" in camp.said(camp.lin)


async def test_words_in_private_are_answered_with_a_hint(camp: Camp) -> None:  # V11
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "在吗")
    assert "/menu" in camp.last(camp.lin)


async def test_an_english_reader_is_answered_in_english_in_private(camp: Camp) -> None:
    john = camp.telegram.person("John", language="en")
    await camp.starts(john)
    assert "Hello John!" in camp.last(john)


async def test_start_in_a_group_is_nothing(camp: Camp) -> None:
    await camp.says(camp.lin, "/start")
    assert camp.said() == ""


@pytest.mark.parametrize(("button", "status"), [("继续并遵守", "member"), ("离开", "left")])
async def test_who_is_asked_to_leave_decides_alone_and_once(database_url: str, button: str, status: str) -> None:  # R09
    async with camping(database_url, ONE_STEP) as camp:
        await camp.says(camp.leader, f"/warn {camp.lin} 反复跑题")
        assert camp.telegram.status(camp.lin) == "restricted"
        other = camp.telegram.member("小伙伴")
        assert "当事人" in await camp.presses(other, button)
        told = await camp.press_at_once(button, camp.lin, camp.lin)
        assert any("谢谢" in each or "已经有结果" in each for each in told)
        assert camp.telegram.status(camp.lin) == status
        steps = [row.step for row in await camp.decisions(camp.lin)]
        assert steps == ["free" if status == "member" else "remove", "ask_to_leave"]


async def test_a_name_is_registered_by_its_owner_and_becomes_the_tag(database_url: str) -> None:  # J03
    async with camping(database_url, NAMES) as camp:
        await camp.set_group(uses_tags=True)
        await camp.says(camp.lin, "/nick 07营－林晓－上海")
        assert (await camp.member(camp.lin)).nick == "07营－林晓－上海"
        assert len(camp.telegram.calls("setChatMemberTag")) == 1
        await camp.says(camp.lin, "/nick 林晓")
        assert "还差一点点" in camp.last()
        await camp.says(camp.lin, "/nick")
        assert "07营-林晓-上海" in camp.last()


async def test_a_leader_exempts_a_name_for_good(database_url: str) -> None:  # fairness 9
    async with camping(database_url, NAMES) as camp:
        newcomer = camp.telegram.member("X")
        await camp.go()
        assert [row.step for row in await camp.decisions(newcomer)] == ["ask_name"]
        await camp.says(camp.leader, f"/nick exempt {newcomer}")
        assert (await camp.member(newcomer)).nick_exempt
        await camp.says(newcomer, "大家好")
        assert {row.step for row in await camp.decisions(newcomer)} == {"ask_name", "settle"}


async def test_a_mended_name_is_seen_when_its_owner_asks(database_url: str) -> None:  # J03
    async with camping(database_url, NAMES) as camp:
        newcomer = camp.telegram.member("X")
        await camp.later(60)
        assert "还差一点点" in await camp.presses(newcomer, "改好了，帮我看看")
        camp.telegram.do("user_rename", user=newcomer, first_name="07营-小新-北京")
        assert "很清楚" in await camp.presses(newcomer, "改好了，帮我看看")
        assert {row.step for row in await camp.decisions(newcomer)} == {"ask_name", "settle"}


async def test_a_settled_name_is_nothing_to_appeal(database_url: str) -> None:  # R23
    async with camping(database_url, NAMES) as camp:
        newcomer = camp.telegram.member("X")
        await camp.later(60)
        await camp.says(newcomer, "/nick 07营-小新-北京")
        await camp.says(newcomer, "/appeal")
        assert "没有需要申诉的" in camp.last()
        assert await camp.questions() == []


async def test_where_telegram_does_not_answer_a_name_is_not_guessed(database_url: str) -> None:
    async with camping(database_url, NAMES) as camp:
        newcomer = camp.telegram.member("X")
        await camp.later(60)
        camp.telegram.do("fail_next", method="getChatMember", n=5, mode="error", code=400, description="Bad Request")
        assert "过一会儿" in await camp.presses(newcomer, "改好了，帮我看看")


async def test_how_to_register_is_told_by_an_alert(database_url: str) -> None:
    async with camping(database_url, NAMES) as camp:
        newcomer = camp.telegram.member("X")
        await camp.later(60)
        assert "/nick 07营-林晓-上海" in await camp.presses(newcomer, "登记昵称")


async def test_a_name_can_be_registered_in_private_where_one_may_only_read(database_url: str) -> None:  # J03
    async with camping(database_url, NAMES) as camp:
        await camp.starts(camp.lin)
        await camp.whispers(camp.lin, "/nick 07营-林晓-上海")
        assert (await camp.member(camp.lin)).nick == "07营-林晓-上海"


async def test_a_check_in_counts_once_a_day(database_url: str) -> None:  # H05
    async with camping(database_url, {**ENFORCED, "checkin": {"enabled": True}}) as camp:
        group = await camp.group()
        async with camp.storage.unit() as unit:
            post = programme.prompt_post(group, "2023-11-15")
            await acts.write(
                unit, key="t", decision_id=None, group_id=group.id, chat_id=group.chat_id, user_id=0,
                planned=[Planned(post)], at=int(camp.clock.now()),
            )  # fmt: skip
        camp.services.outbox.wake()
        await camp.go()
        assert "连续 1 天" in await camp.presses(camp.lin, "签到")
        assert "今天" in await camp.presses(camp.lin, "签到")
        camp.clock.advance(86400)
        assert "最新" in await camp.presses(camp.lin, "签到")


async def test_an_insult_of_somebody_who_started_is_told_in_private(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    assert "罚" not in camp.said(camp.lin)
    assert "约定" in camp.last(camp.lin)


async def test_where_names_are_free_no_form_is_asked_for(camp: Camp) -> None:  # J03
    assert "07营" not in await camp.asks(camp.lin, "/nick")
    await camp.asks(camp.leader, "/welcome test")
    assert "昵称" not in camp.last()
    await camp.asks(camp.leader, "/policy set nickname_format.mode enforce")
    await camp.asks(camp.leader, "/welcome test")
    assert "把昵称改成约定的样子" in camp.last()


async def test_help_in_private_tells_a_leader_how_to_name_the_group(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.whispers(camp.leader, "/help")
    assert f"/warn #{(await camp.group()).id} @linxiao" in camp.last(camp.leader)
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "/help")
    assert "#" not in camp.last(camp.lin)


async def test_who_reads_english_is_told_in_english_in_a_chinese_group(camp: Camp) -> None:
    tom = camp.telegram.person("Tom", language="en")
    camp.telegram.do("join", chat=camp.chat, user=tom)
    await camp.starts(tom)
    await camp.asks(camp.leader, f"/warn {tom} off topic")
    assert "learning and growing together" in camp.last(tom)
    await camp.asks(tom, "/record")
    assert "1 reminder that counts;" in camp.last(tom)
    await camp.asks(camp.leader, f"/undo {tom}")
    assert not any("约定" in str(post.get("text")) for post in camp.telegram.said(tom))
