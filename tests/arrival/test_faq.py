"""Keyword replies (F01): said in the group and topic asked, rarely, never to what is measured."""

import pytest

from bot.conduct.policies import Policies
from bot.speech.hearing import listens
from bot.storage import replies
from bot.storage.replies import ReplyRow
from tests.handlers.camp import ENFORCED, SCANNER, Camp, camping

AD = "报名加微信 abc12345 低价出售课程，日赚500 https://t.me/some_shop"
ANSWER = "点群公告里的链接就能报名哦"


@pytest.fixture
async def wise(camp: Camp) -> Camp:
    await camp.says(camp.leader, f"/faq add 报名、怎么交费 => {ANSWER}")
    camp.clock.advance(5)
    return camp


async def rows(camp: Camp) -> list[ReplyRow]:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return await replies.of_group(unit, group.id)


async def test_a_question_with_the_words_is_answered_where_it_was_asked(wise: Camp) -> None:  # F01
    asked = await wise.says(wise.lin, "想问一下怎么 报 名 呀")
    post = wise.telegram.said()[-1]
    assert ANSWER in post["text"]
    assert post["reply_to_message"]["message_id"] == asked
    assert [row.hits for row in await rows(wise)] == [1]


async def test_the_answer_stays_long_enough_to_be_read_and_then_goes(wise: Camp) -> None:  # F01, quiet
    await wise.says(wise.lin, "怎么报名")
    await wise.later(9 * 60)
    assert ANSWER in wise.said()
    await wise.later(90)
    assert ANSWER not in wise.said()


async def test_the_same_words_are_answered_once_in_a_minute_and_counted_each_time(wise: Camp) -> None:  # F01
    for _ in range(3):
        await wise.says(wise.lin, "报名报名")
    assert wise.said().count(ANSWER) == 1
    wise.clock.advance(61)
    await wise.says(wise.lin, "在哪报名呢")
    assert wise.said().count(ANSWER) == 2
    assert [row.hits for row in await rows(wise)] == [4]


async def test_what_is_measured_gets_no_answer(wise: Camp) -> None:  # F01
    await wise.says(wise.lin, AD)
    assert ANSWER not in wise.said()


async def test_commands_edits_forwards_and_bots_get_no_answer(wise: Camp) -> None:  # F01
    await wise.says(wise.lin, "/record 报名")
    said = await wise.says(wise.lin, "今天天气真好")
    wise.telegram.do("edit", chat=wise.chat, message_id=said, user=wise.lin, text="报名在哪里")
    await wise.go()
    assert wise.said().count(ANSWER) == 0


async def test_another_group_does_not_hear_of_it(wise: Camp) -> None:  # F01, S8
    other = wise.telegram.supergroup("第二个营")
    wise.telegram.do("join", chat=other, user=wise.lin)
    await wise.says(wise.lin, "怎么报名", other)
    assert ANSWER not in wise.said(other)


async def test_a_whole_message_a_word_and_a_pattern_are_told_apart(camp: Camp) -> None:  # F01
    for words in ("=打卡 => 点今天那条消息", "/第[0-9]+课/ => 回放在群文件", "回放 => 一般第二天上传"):
        await camp.says(camp.leader, f"/faq add {words}")
        camp.clock.advance(3)
    assert "点今天那条消息" in await camp.asks(camp.lin, "打卡！")
    await camp.asks(camp.leader, "今天打卡的人真多呀")
    assert camp.said().count("点今天那条消息") == 1
    assert "回放在群文件" in await camp.asks(camp.lin, "第12课在哪")
    assert "第二天上传" in await camp.asks(camp.lin, "第13课的回放呢")


async def test_at_most_so_many_answers_an_hour(database_url: str) -> None:  # F01, quiet
    async with camping(database_url, ENFORCED | {"replies": {"per_hour": 2}}) as camp:
        await camp.says(camp.leader, f"/faq add 报名 => {ANSWER}")
        for _ in range(4):
            camp.clock.advance(90)
            await camp.says(camp.lin, "怎么报名呀")
        assert camp.said().count(ANSWER) == 2


async def test_switched_off_it_says_nothing_and_a_change_is_in_force_at_once(wise: Camp) -> None:  # F01
    (row,) = await rows(wise)
    await wise.says(wise.leader, f"/faq off {row.id}")
    await wise.asks(wise.lin, "怎么报名")
    assert ANSWER not in wise.said()
    await wise.says(wise.leader, f"/faq on {row.id}")
    wise.clock.advance(5)
    await wise.says(wise.leader, "/faq add 报名、怎么交费 => 新的答案在这里")
    wise.clock.advance(70)
    assert "新的答案在这里" in await wise.asks(wise.lin, "怎么报名")
    assert len(await rows(wise)) == 1


async def test_a_try_says_what_would_be_answered_and_counts_nothing(wise: Camp) -> None:  # F01
    await wise.starts(wise.leader)
    await wise.asks(wise.leader, "/faq test 我想报名")
    await wise.later(5)
    assert ANSWER in wise.last(wise.leader)
    assert [row.hits for row in await rows(wise)] == [0]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("/faq add /(开/ => 好", "第 1 个字符处"),
        ("/faq add /.*/ => 好", "每条消息都算"),
        ("/faq add /(a+)\\1/ => 好", "这次没有改动"),
        ("/faq add a => 好", "2 到 60 个字"),
        ("/faq add 报名", "例如 /faq add"),
        ("/faq add => 好", "例如 /faq add"),
        ("/faq add 报名 =>", "例如 /faq add"),
        ("/faq 什么", "例如 /faq add"),
        (f"/faq add 报名 => {'长' * 1001}", "不要超过 1000"),
        ("/faq remove 99", "没有 99 这一条"),
        ("/faq off 报名", "没有 报名 这一条"),
    ],
)
async def test_what_cannot_be_kept_is_refused_with_its_reason(camp: Camp, words: str, why: str) -> None:  # F01
    assert why in await camp.asks(camp.leader, words)
    assert await rows(camp) == []


async def test_an_answer_shows_markup_and_foreign_directions_as_they_are(camp: Camp) -> None:  # bad input
    await camp.says(camp.leader, "/faq add 报名 => <b>{name}</b> & {nobody} \u202eabc")
    said = await camp.asks(camp.lin, "怎么报名")
    assert said.startswith("<b>林晓</b> & {nobody}")


async def test_a_member_writes_no_replies(camp: Camp) -> None:  # S1
    await camp.says(camp.lin, "/faq add 报名 => 加我微信")
    assert await rows(camp) == []


async def test_removed_it_can_be_written_again_from_the_receipt(wise: Camp) -> None:  # F01
    await wise.starts(wise.leader)
    (row,) = await rows(wise)
    await wise.says(wise.leader, f"/faq remove {row.id}")
    await wise.later(5)
    line = wise.last(wise.leader).splitlines()[-1]
    assert line == f"/faq add 报名、怎么交费 => {ANSWER}"
    assert await rows(wise) == []
    await wise.says(wise.leader, line)
    assert [each.answer for each in await rows(wise)] == [ANSWER]


async def test_a_group_without_replies_is_not_looked_at_again(camp: Camp) -> None:  # a hot path
    async with camp.storage.reading() as unit:
        ruled = await Policies(SCANNER, {}).of(unit, await camp.group())
    assert ruled.replies is None
    assert not listens(ruled)


async def test_in_a_forum_the_answer_stands_in_the_topic_asked(database_url: str) -> None:  # F01
    async with camping(database_url) as camp:
        forum = camp.telegram.supergroup("论坛营", kind="forum")
        camp.telegram.do("join", chat=forum, user=camp.lin)
        await camp.go()
        thread = int(camp.telegram.do("topic_create", chat=forum, name="答疑")["thread"])
        await camp.says(camp.telegram.owner, f"/faq add 报名 => {ANSWER}", forum)
        await camp.later(5)
        await camp.says(camp.lin, "怎么报名呀", forum, thread=thread)
        post = camp.telegram.said(forum)[-1]
        assert ANSWER in post["text"]
        assert post["message_thread_id"] == thread
