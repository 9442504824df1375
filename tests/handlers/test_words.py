"""Leaders' words in a reply do what the commands do."""

import pytest

from tests.handlers.camp import Camp


@pytest.mark.parametrize(
    ("word", "step"), [("警告", "warn"), ("禁言", "mute"), ("禁言 2小时 刷屏", "mute"), ("移出", "remove")]
)
async def test_a_word_in_a_reply_is_an_order(camp: Camp, word: str, step: str) -> None:
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, word, reply_to=said)
    assert [row.step for row in await camp.decisions(camp.lin)] == [step]


async def test_a_word_that_answers_nobody_is_a_word(camp: Camp) -> None:
    await camp.says(camp.leader, "警告")
    await camp.says(camp.leader, "移出这个话题吧")
    assert camp.said() == ""


async def test_a_reply_with_a_word_takes_back_the_last_measure(camp: Camp) -> None:  # fairness 11
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, "禁言", reply_to=said)
    await camp.says(camp.leader, "撤销", reply_to=said)
    assert camp.telegram.status(camp.lin) == "member"
    assert {row.state for row in await camp.decisions(camp.lin) if row.step == "mute"} == {"reversed"}


async def test_the_opening_of_a_topic_is_nobody_that_is_answered(camp: Camp) -> None:
    forum = camp.telegram.supergroup("论坛营", kind="forum")
    camp.telegram.do("join", chat=forum, user=camp.leader)
    camp.telegram.do("join", chat=forum, user=camp.lin)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=forum, user=camp.leader, rights="all")
    topic = camp.telegram.do("topic_create", chat=forum, name="作业")["thread"]
    await camp.says(camp.leader, "移出", forum, thread=topic)
    assert await camp.audited("remove") == []
