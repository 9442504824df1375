"""An appeal says what it is about, is answered, and ends with what it was about."""

from bot.storage import appeals, roles
from tests.handlers.camp import INSULT, Camp
from tests.handlers.reviewing import another, keep


async def test_the_card_of_an_appeal_says_what_was_decided_why_and_by_whom(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉")
    assert all(words in camp.last(desk) for words in ("林晓", "伤人的话 R4 · 提醒", "群里的约定", INSULT))
    other = camp.telegram.member("小伙伴")
    await camp.asks(camp.leader, f"/mute {other} 2h 刷屏了")
    await camp.presses(other, "申诉")
    await camp.later(10)
    assert all(words in camp.last(desk) for words in ("小伙伴", "暂时只读", "班长", "刷屏了"))


async def test_an_appeal_that_is_not_upheld_is_answered_in_private(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    await camp.presses(camp.lin, "申诉", camp.lin)
    await keep(camp, await another(camp, desk), desk)
    assert "又认真看了一遍，这次先照原来的安排：约定里写明了。" in camp.last(camp.lin)
    assert "罚" not in camp.last(camp.lin)


async def test_who_never_pressed_start_reads_the_answer_behind_a_button(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    await camp.presses(camp.lin, "申诉")
    await keep(camp, await another(camp, desk), desk)
    assert "有一条消息给你" in camp.last()
    assert "又认真看了一遍" in await camp.presses(camp.lin, "查看")


async def test_what_is_written_after_the_press_are_the_words_of_the_appeal(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    await camp.presses(camp.lin, "申诉", camp.lin)
    assert "直接发给我" in camp.last(camp.lin)
    await camp.later(60)
    await camp.whispers(camp.lin, "我当时已经发红包了，真的")
    assert "我当时已经发红包了，真的" in camp.last(desk)
    assert "已经转过去了" in camp.last(camp.lin)


async def test_an_appeal_that_is_open_takes_further_words_by_the_command_too(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    (decision,) = await camp.decisions(camp.lin)
    await camp.asks(camp.lin, f"/appeal {decision.id}", camp.lin)
    assert "直接发给我" in camp.last(camp.lin)
    await camp.asks(camp.lin, f"/appeal #{decision.id} 我发了红包", camp.lin)
    assert "我发了红包" in camp.last(desk)
    assert "已经转过去了" in camp.last(camp.lin)
    async with camp.storage.reading() as unit:
        (row,) = await appeals.of_decision(unit, decision.id)
    assert row.words == "我发了红包"


async def test_what_was_taken_back_is_no_question_any_more(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    (decision,) = await camp.decisions(camp.lin)
    await camp.presses(camp.lin, "申诉")
    assert await camp.questions() == ["appeal"]
    await camp.asks(camp.leader, f"/undo {decision.id}")
    await camp.later(10)
    assert await camp.questions() == []
    assert "✔ 班长：撤销" in camp.last(desk)
    assert [post for post in camp.telegram.said(desk) if post.get("reply_markup")] == []


async def test_the_card_of_an_appeal_never_goes_to_whom_it_is_about(camp: Camp) -> None:  # R23
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    (decision,) = await camp.decisions(camp.lin)
    other = camp.telegram.member("复核的伙伴")
    await camp.go()
    await camp.starts(other)
    group = await camp.group()
    async with camp.storage.unit() as unit:
        for each in (camp.lin, other):
            await roles.grant(unit, group.id, each, "reviewer", camp.leader, 0)
    await camp.whispers(camp.lin, f"/appeal {decision.id} 请再看一次")
    await camp.whispers(camp.lin, f"/appeal {decision.id} 还有一句")
    await camp.later(10)
    assert "维持" not in str(camp.telegram.said(camp.lin))
    assert "请再看一次" in camp.said(other)
    assert "还有一句" in camp.said(other)
