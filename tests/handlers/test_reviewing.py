"""An appeal goes to somebody else, is promised an answer, and its author hears each step (fairness 10)."""

import pytest

from bot.desks import cards
from bot.storage import appeals, tickets
from bot.storage.appeals import AppealRow
from handlers.conduct.card_buttons import for_leaders
from rules.conduct.effects import DAY, HOUR, Card
from tests.handlers.camp import INSULT, Camp, labels
from tests.handlers.reviewing import another, keep, passes, shorten


async def appealed(camp: Camp, user: int = 0) -> list[AppealRow]:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return await appeals.of_person(unit, group.id, user or camp.lin, 0)


async def test_whoever_decided_does_not_look_at_the_appeal(camp: Camp) -> None:  # R23, F10
    desk = await camp.desk()
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h 刷屏")
    assert "另一位营主" in await camp.presses(camp.lin, "申诉")
    for button in ("撤销", "维持", "缩短"):
        assert "这是你自己的决定" in await camp.presses(camp.leader, button, desk)
    assert [each.state for each in await appealed(camp)] == ["open"]
    assert camp.telegram.status(camp.lin) == "restricted"
    await camp.presses(await another(camp, desk), "撤销", desk)
    await camp.later(10)
    assert camp.telegram.status(camp.lin) == "member"
    assert [each.state for each in await appealed(camp)] == ["accepted"]


async def test_what_a_rule_decided_any_reviewer_may_look_at(camp: Camp) -> None:  # R23, F10
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉", camp.lin)
    await camp.presses(camp.leader, "撤销", desk)
    await camp.later(10)
    (made,) = await appealed(camp)
    assert (made.state, made.reviewer_id) == ("accepted", camp.leader)
    assert "已经撤回" in camp.said(camp.lin)
    assert "✔ 班长：撤销" in camp.said(desk)
    assert [row.actor_id for row in await camp.audited("appeal.accepted")] == [camp.leader]


async def test_keeping_and_shortening_ask_for_a_reason(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉", camp.lin)
    await camp.presses(camp.leader, "维持", desk)
    await camp.later(5)
    card = camp.telegram.said(desk)[-1]
    assert labels(card) == ["约定里写明了", "那句话会让人难受", "之前已经提醒过", "自己写", "返回"]
    await camp.presses(camp.leader, "返回", desk)
    await camp.later(5)
    assert labels(camp.telegram.said(desk)[-1]) == ["撤销", "维持", "缩短"]
    await keep(camp, camp.leader, desk, "那句话会让人难受")
    (made,) = await appealed(camp)
    assert (made.state, made.reason) == ("refused", "那句话会让人难受")
    assert "先照原来的安排：那句话会让人难受。" in camp.last(camp.lin)
    assert labels(camp.telegram.said(desk)[-1]) == []


async def test_a_reason_in_own_words_is_written_in_private(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉", camp.lin)
    await camp.presses(camp.leader, "维持", desk)
    await camp.later(5)
    await camp.presses(camp.leader, "自己写", desk)
    await camp.whispers(camp.leader, "这句话当时让新来的同学很难过。")
    await camp.later(10)
    assert "先照原来的安排：这句话当时让新来的同学很难过。" in camp.said(camp.lin)
    assert "维持（这句话当时让新来的同学很难过）" in camp.said(desk)


async def test_a_mute_is_shortened_to_half_of_what_is_left(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/mute {camp.lin} 10h 刷屏")
    (muted,) = await camp.decisions(camp.lin)
    await camp.presses(camp.lin, "申诉", camp.lin)
    await shorten(camp, await another(camp, desk), desk)
    (made, before) = await camp.decisions(camp.lin)
    assert (made.step, made.key, before.state) == ("shorten", f"shorten:{muted.id}", "standing")
    assert "改为安静到" in camp.last(camp.lin)
    assert [each.state for each in await appealed(camp)] == ["shortened"]
    assert camp.telegram.status(camp.lin) == "restricted"
    camp.clock.advance(5 * HOUR)
    assert camp.telegram.status(camp.lin) == "member"
    await camp.asks(camp.leader, f"/undo {made.id}")
    assert [row.state for row in await camp.decisions(camp.lin)][1:] == ["reversed", "reversed"]


async def test_where_nothing_is_left_to_shorten_the_reviewer_hears_it(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.asks(camp.leader, f"/mute {camp.lin} 2m 刷屏")
    await camp.presses(camp.lin, "申诉")
    other = await another(camp, desk)
    await camp.later(300)
    assert "没有可以缩短的" in await camp.presses(other, "缩短", desk)


async def test_of_two_reviewers_at_once_one_is_first(camp: Camp) -> None:  # R23, S3
    desk = await camp.desk()
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉")
    other = await another(camp, desk)
    shown = await camp.press_at_once("撤销", camp.leader, other, chat=desk)
    assert sum("已经处理" in each or "处理好" in each for each in shown) == 1, shown
    assert len([row for row in await camp.decisions(camp.lin) if row.step == "undo"]) == 1
    assert [each.state for each in await appealed(camp)] == ["accepted"]


async def test_what_a_rule_did_is_taken_back_where_nobody_looks_in_time(camp: Camp) -> None:  # R23, F10
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    told = await camp.presses(camp.lin, "申诉", camp.lin)
    assert "自动撤回" in told
    await passes(camp, 3 * DAY)
    (undone, _) = await camp.decisions(camp.lin)
    assert (undone.step, undone.issuer_kind) == ("undo", "clock")
    assert [each.state for each in await appealed(camp)] == ["lifted"]
    assert "说好的时间到了" in camp.said(camp.lin)
    assert "已自动撤回" in camp.said(desk)
    assert await camp.questions() == []


async def test_what_a_person_did_goes_to_those_in_charge_and_then_stays(camp: Camp) -> None:  # R23, F10
    await camp.desk()
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    await camp.presses(camp.lin, "申诉", camp.lin)
    owner = (await camp.group()).owner_id
    await camp.starts(owner)
    await passes(camp, 3 * DAY)
    assert "已经转给负责人" in camp.said(camp.lin)
    assert "还没有人看" in camp.said(owner)
    await passes(camp, 3 * DAY)
    assert "申诉会一直开着" in camp.said(camp.lin)
    (made,) = await appealed(camp)
    assert (made.state, made.due_at) == ("open", 0)
    assert [row.step for row in await camp.decisions(camp.lin)] == ["warn"]


async def test_a_late_press_on_another_card_closes_no_appeal(camp: Camp) -> None:  # R23, S3
    desk = await camp.desk()
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    await camp.presses(camp.lin, "申诉")
    ok = Card("observed", (), ((for_leaders("ok", "case.ok"),),))
    now = int(camp.clock.now())
    async with camp.storage.unit() as unit:
        group = await camp.group()
        number = await cards.ask(unit, group, ok, key="late", at=now, decision_id=decision.id)
        await tickets.answer(unit, number, camp.leader, now, "case.ok")
    await camp.go()
    await camp.later(5)
    assert "处理好" in await camp.presses(camp.leader, "没问题", desk)
    assert [each.state for each in await appealed(camp)] == ["open"]
    assert await camp.questions() == ["appeal"]


@pytest.mark.parametrize(("days", "word"), [(6, "再看一次"), (8, "不能再申诉")])
async def test_an_appeal_has_its_time(camp: Camp, days: int, word: str) -> None:  # R23
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    (decision,) = await camp.decisions(camp.lin)
    camp.clock.advance(days * DAY)
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, f"/appeal {decision.id} 想说明一下")
    assert word in camp.last(camp.lin)


async def test_words_that_are_added_reach_whoever_looks(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉", camp.lin)
    await camp.later(5)
    await camp.taps(camp.lin, "补充几句")
    await camp.whispers(camp.lin, "我是在引用剧里的台词")
    await camp.later(5)
    assert "已经转过去了" in camp.last(camp.lin)
    assert "我是在引用剧里的台词" in camp.last(desk)
    assert [each.words for each in await appealed(camp)] == ["我是在引用剧里的台词"]


async def test_a_picture_in_place_of_words_is_asked_for_again(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉", camp.lin)
    await camp.taps(camp.lin, "补充几句")
    camp.telegram.do("post", chat=camp.lin, user=camp.lin, media={"kind": "photo"})
    await camp.go()
    assert "想补充什么" in camp.last(camp.lin), "a picture is no word, and nothing is over"
    await camp.whispers(camp.lin, "我是在引用")
    await camp.later(5)
    assert "我是在引用" in camp.last(desk)
