"""The twelve words of leaders in a reply, in both scripts; in a member's mouth they are just words."""

import pytest

from bot.intake.incoming import TALK_WORDS
from bot.storage import merit
from handlers.routing.commands import COMMANDS, WORDS
from tests.handlers.camp import Camp, camping

TWELVE = "菜单 警告 禁言 移出 撤销 为什么 记录 昵称 补发 公告 打卡 紧急".split()  # noqa: SIM905
FORMAT = {
    "nickname_format": {"mode": "enforce", "pattern": "^07营-.{1,8}-.{2,4}$", "words": "07营-昵称-城市",
                        "example": "07营-林晓-上海"},
}  # fmt: skip


def test_there_are_twelve_and_each_is_a_command() -> None:  # X13
    assert set(TWELVE) <= set(WORDS) <= TALK_WORDS
    assert {WORDS[word].split()[0] for word in TWELVE} <= set(COMMANDS)


@pytest.mark.parametrize("word", [*TWELVE, "撤銷", "為什麼", "記錄", "打卡", "緊急", "選單"])
async def test_a_member_who_says_them_only_talks(camp: Camp, word: str) -> None:
    said = await camp.says(camp.leader, "大家好")
    await camp.says(camp.lin, word, reply_to=said)
    assert camp.said() == ""
    assert await camp.audited("refused") == []


@pytest.mark.parametrize(("word", "step"), [("警告", "warn"), ("禁言 2小時", "mute"), ("移出", "remove")])
async def test_traditional_characters_do_the_same(camp: Camp, word: str, step: str) -> None:
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, word, reply_to=said)
    assert [row.step for row in await camp.decisions(camp.lin)] == [step]
    await camp.says(camp.leader, "撤銷", reply_to=said)
    assert "reversed" in {row.state for row in await camp.decisions(camp.lin)}


async def test_a_leaders_check_in_for_somebody_is_on_record_and_can_be_taken_back(camp: Camp) -> None:  # X13
    group = await camp.group()

    async def state() -> tuple[int, int]:
        async with camp.storage.reading() as unit:
            days = await merit.checkins(unit, group.id, camp.lin)
            return len(days), (await merit.balances(unit, group.id, camp.lin)).get("points", 0)

    await camp.starts(camp.leader)
    said = await camp.says(camp.lin, "今天的作业写在纸上啦")
    await camp.says(camp.leader, "打卡", reply_to=said)
    assert (await state())[0] == 1
    earned = (await state())[1]
    (row,) = await camp.audited("mark")
    assert (row.actor_id, row.target_id) == (camp.leader, camp.lin)
    await camp.says(camp.leader, "打卡", reply_to=said)
    assert await state() == (1, earned)
    await camp.says(camp.leader, "打卡 取消", reply_to=said)
    assert await state() == (0, 0)
    await camp.says(camp.leader, "打卡 取消", reply_to=said)
    assert await state() == (0, 0)
    await camp.says(camp.leader, "打卡", reply_to=said)
    assert await state() == (1, earned)


async def test_a_leader_asks_for_a_name_registers_one_or_lets_it_be(database_url: str) -> None:  # X13, J03
    async with camping(database_url, FORMAT) as camp:
        said = await camp.says(camp.lin, "大家好")
        await camp.says(camp.leader, "昵称", reply_to=said)
        assert "07营-林晓-上海" in camp.said()
        await camp.says(camp.leader, "暱稱 07营-林晓-上海", reply_to=said)
        assert (await camp.member(camp.lin)).nick == "07营-林晓-上海"
        other = camp.telegram.member("王")
        again = await camp.says(other, "大家好")
        await camp.says(camp.leader, "昵称 免", reply_to=again)
        assert (await camp.member(other)).nick_exempt


async def test_without_a_name_format_there_is_nothing_to_ask_for(camp: Camp) -> None:
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, "昵称", reply_to=said)
    assert "还没有昵称格式" in camp.last()
    assert await camp.decisions(camp.lin) == []


async def test_the_word_for_the_menu_opens_it(camp: Camp) -> None:  # X13
    await camp.starts(camp.leader)
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, "菜單", reply_to=said)
    assert "Camp 07" in camp.last(camp.leader)


@pytest.mark.parametrize("word", ["紧急", "緊急"])
async def test_the_word_for_an_emergency_lets_everybody_only_read_for_ten_minutes(camp: Camp, word: str) -> None:
    said = await camp.says(camp.lin, "大家快来")  # X02, X13
    await camp.says(camp.leader, word, reply_to=said)
    await camp.later(5)
    assert "can_send_messages" not in camp.telegram.world.chat(camp.chat).permissions
    await camp.says(camp.leader, "/lockdown off")
    await camp.later(5)
    assert "can_send_messages" in camp.telegram.world.chat(camp.chat).permissions
