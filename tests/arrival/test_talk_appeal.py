"""An appeal needs neither Start nor a reason: by a press, by /appeal in the group or in private, once a decision."""

from tests.handlers.camp import INSULT, Camp
from tests.handlers.reviewing import keep


async def test_appeal_in_the_group_is_quiet_and_its_words_stand_on_the_card(camp: Camp) -> None:  # R23, X14
    desk = await camp.desk()
    await camp.says(camp.lin, INSULT)
    before = camp.said()
    said = await camp.says(camp.lin, "/appeal 我是在引用课文")
    assert camp.said() == before
    assert len(camp.telegram.calls("setMessageReaction")) == 1
    assert "对方说：我是在引用课文" in camp.last(desk)
    await camp.later(70)
    assert not camp.telegram.exists(said)


async def test_an_appeal_is_asked_once_about_a_decision(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉")
    cards = len(camp.telegram.said(desk))
    await camp.asks(camp.lin, "/appeal")
    assert len(camp.telegram.said(desk)) == cards
    await camp.asks(camp.lin, "/appeal 还有一句")
    *before, words = camp.telegram.said(desk)
    assert len(before) == cards
    assert "还有一句" in words["text"]
    await keep(camp, camp.leader, desk)
    assert "已经又看过一遍" in await camp.asks(camp.lin, "/appeal")


async def test_with_nothing_to_appeal_a_kind_sentence_answers(camp: Camp) -> None:  # R23
    assert "没有需要申诉的" in await camp.asks(camp.lin, "/appeal")
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "/appeal 我没错")
    assert "没有需要申诉的" in camp.last(camp.lin)


async def test_nobody_appeals_what_is_about_somebody_else(camp: Camp) -> None:  # R23, S8
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    other = camp.telegram.member("小伙伴")
    assert "不是关于你的" in await camp.asks(other, f"/appeal {decision.id}")
    await camp.starts(other)
    await camp.whispers(other, f"/appeal {decision.id} 我来说")
    assert "不是关于你的" in camp.last(other)
    assert await camp.questions() == []


async def test_in_private_one_chooses_by_buttons(camp: Camp) -> None:  # R23
    await camp.says(camp.lin, INSULT)
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h 刷屏")
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "/appeal")
    await camp.later(10)
    said = camp.said(camp.lin)
    assert "暂时只读" in said
    assert "提醒" in said
    assert "营主会再看一次" in await camp.presses(camp.lin, "申诉", camp.lin)
    assert await camp.questions() == ["appeal"]


async def test_in_private_a_number_and_words_are_enough(camp: Camp) -> None:  # R23
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, f"/appeal {decision.id} 我是在引用")
    assert "营主会再看一次" in camp.last(camp.lin)
    assert await camp.questions() == ["appeal"]


async def test_what_was_taken_back_needs_no_appeal(camp: Camp) -> None:  # R23
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    await camp.asks(camp.leader, f"/undo {decision.id}")
    await camp.later(10)
    assert "已经撤回" in await camp.asks(camp.lin, f"/appeal {decision.id}")


async def test_words_that_are_too_long_or_marked_up_stand_as_they_are(camp: Camp) -> None:  # bad input
    desk = await camp.desk()
    await camp.says(camp.lin, INSULT)
    await camp.says(camp.lin, "/appeal <b>我</b> & \u202eabc " + "长" * 3000)
    assert "对方说：<b>我</b> &" in camp.last(desk)
    assert len(camp.last(desk)) < 1000
