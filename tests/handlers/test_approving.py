"""What waits for a look is out of sight, and comes back in its author's name, or goes back to its author (R03)."""

from collections.abc import AsyncIterator

import pytest

from bot.desks import cards
from handlers.conduct.card_buttons import for_leaders
from rules.conduct.effects import DAY, Card, Phrase
from tests.handlers.camp import ENFORCED, Camp, camping, labels
from tests.handlers.reviewing import passes

WAITS = {**ENFORCED, "needs_approval": {"mode": "enforce", "whom": "all"}}
LINK = "笔记整理好了 https://example.com/notes"


@pytest.fixture
async def camp(database_url: str) -> AsyncIterator[Camp]:
    async with camping(database_url, WAITS) as made:
        yield made


async def test_a_link_waits_out_of_sight_and_its_author_knows_until_when(camp: Camp) -> None:  # R03
    desk = await camp.desk()
    await camp.starts(camp.lin)
    said = await camp.says(camp.lin, LINK)
    assert not camp.telegram.exists(said)
    told = camp.last(camp.lin)
    assert "先帮你收好了" in told
    assert "最晚" in told
    assert "https://example.com/notes" in camp.last(desk)
    assert "example.com" not in camp.said()
    (decision,) = await camp.decisions(camp.lin)
    assert (decision.rule, decision.step, decision.state) == ("needs_approval", "hold", "standing")


async def test_what_a_leader_lets_through_stands_there_in_its_authors_name_once(camp: Camp) -> None:  # R03
    desk = await camp.desk()
    await camp.says(camp.lin, LINK)
    other = camp.telegram.member("副班长")
    camp.telegram.do("join", chat=desk, user=other)
    camp.telegram.do("promote", chat=camp.chat, user=other, rights="all")
    await camp.go()
    told = await camp.press_at_once("发出去", camp.leader, other, chat=desk)
    assert "处理好" in told[1] or "处理过" in told[1]
    again = [post for post in camp.telegram.said() if "example.com/notes" in str(post.get("text", ""))]
    assert len(again) == 1
    assert "林晓" in str(again[0]["text"])
    assert "✔ 班长：发出去" in camp.last(desk)
    assert (await camp.member(camp.lin)).messages == 1
    assert await camp.questions() == []


async def test_what_is_given_back_is_said_why_and_its_text_is_returned(camp: Camp) -> None:  # R03
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.says(camp.lin, LINK)
    await camp.presses(camp.leader, "退回…", desk)
    await camp.presses(camp.leader, "先不发链接", desk)
    assert "这里先不发链接" in camp.last(camp.lin)
    assert "不记次数" in camp.last(camp.lin)
    await camp.taps(camp.lin, "要回原文")
    assert "https://example.com/notes" in camp.last(camp.lin)
    assert "example.com" not in camp.said()
    case = await camp.decisions(camp.lin)
    assert [row.step for row in case] == ["settle", "hold"]


async def test_without_a_private_chat_reason_and_text_are_behind_alerts(camp: Camp) -> None:  # R03
    desk = await camp.desk()
    await camp.says(camp.lin, LINK)
    await camp.presses(camp.leader, "退回…", desk)
    await camp.presses(camp.leader, "和主题远了些", desk)
    camp.clock.advance(60)
    assert "主题远了些" in await camp.presses(camp.lin, "查看")
    assert "你的原文：笔记整理好了" in await camp.presses(camp.lin, "要回原文")
    other = camp.telegram.member("小伙伴")
    assert "你的原文" not in await camp.presses(other, "要回原文")


async def test_a_leader_writes_a_reason_of_their_own(camp: Camp) -> None:  # R03
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.starts(camp.leader)
    await camp.says(camp.lin, LINK)
    await camp.presses(camp.leader, "退回…", desk)
    await camp.presses(camp.leader, "自己写一句…", desk)
    await camp.whispers(camp.leader, "这个链接打不开，换一个吧。")
    assert "班长看过了：这个链接打不开，换一个吧。" in camp.last(camp.lin)
    assert "已经退回给林晓" in camp.last(camp.leader)
    (row,) = await camp.audited("approval.return")
    assert row.after["reason"] == "这个链接打不开，换一个吧。"


async def test_whoever_changes_their_mind_goes_back_to_the_card(camp: Camp) -> None:
    desk = await camp.desk()
    await camp.says(camp.lin, LINK)
    await camp.presses(camp.leader, "退回…", desk)
    await camp.later(3)
    await camp.presses(camp.leader, "返回", desk)
    await camp.later(3)
    assert camp.with_button("发出去", desk)
    assert await camp.questions() == ["approval"]


async def test_a_file_comes_back_as_it_was_and_can_be_looked_at_first(camp: Camp) -> None:  # R03
    desk = await camp.desk()
    said = await camp.says(camp.lin, "课表", media="document")
    assert not camp.telegram.exists(said)
    await camp.presses(camp.leader, "看全部", desk)
    assert [post for post in camp.telegram.said(desk) if "document" in post]
    await camp.presses(camp.leader, "发出去", desk)
    assert [post for post in camp.telegram.said() if "document" in post]


async def test_members_press_nothing_on_the_card(camp: Camp) -> None:  # S3
    desk = await camp.desk()
    await camp.says(camp.lin, LINK)
    camp.telegram.do("join", chat=desk, user=camp.lin)
    await camp.go()
    assert "留给" in await camp.presses(camp.lin, "发出去", desk)
    assert await camp.questions() == ["approval"]


async def test_leaders_choose_whose_messages_wait(camp: Camp) -> None:  # R03
    assert "所有人的：链接、文件、转发" in await camp.asks(camp.leader, "/approval")
    assert "只有指定的人" in await camp.asks(camp.leader, "/approval chosen")
    free = await camp.says(camp.lin, LINK)
    assert camp.telegram.exists(free)
    await camp.asks(camp.leader, f"/approval {camp.lin} on")
    held = await camp.says(camp.lin, LINK)
    assert not camp.telegram.exists(held)
    await camp.asks(camp.leader, f"/approval {camp.lin} off")
    assert camp.telegram.exists(await camp.says(camp.lin, LINK))
    assert "不用先看" in await camp.asks(camp.leader, "/approval off")
    assert "现在关着" in await camp.asks(camp.leader, f"/approval {camp.lin} on")
    assert "可以这样" in await camp.asks(camp.leader, f"/approval {camp.lin} maybe")


async def test_beyond_the_brake_nothing_is_taken_down_and_nothing_is_lost(camp: Camp) -> None:  # fairness 3
    desk = await camp.desk()
    for number in range(3):
        await camp.says(camp.telegram.member(f"学员{number}"), f"{LINK}{number}")
    last = await camp.says(camp.lin, LINK)
    assert camp.telegram.exists(last)
    assert (await camp.questions()).count("approval") == 3
    assert "brake" in await camp.questions()
    assert desk


async def test_another_question_about_the_same_message_stays_when_the_time_is_over(camp: Camp) -> None:  # R03
    desk = await camp.desk()
    await camp.says(camp.lin, LINK)
    (decision,) = await camp.decisions(camp.lin)
    words = (Phrase("conduct.card_quote", (("text", "这个名字像营主吗"),)),)
    seen = Card("observed", words, ((for_leaders("ok", "case.ok"),),))
    async with camp.storage.unit() as unit:
        now = int(camp.clock.now())
        await cards.ask(unit, await camp.group(), seen, key="also", at=now, decision_id=decision.id)
    await camp.go()
    await camp.later(5)
    await passes(camp, 2 * DAY)
    assert "没问题" in str(next(post for post in camp.telegram.said(desk) if "这个名字像营主吗" in post["text"]))


async def test_given_back_in_own_words_the_card_says_so_and_asks_no_more(camp: Camp) -> None:  # R03
    desk = await camp.desk()
    await camp.starts(camp.leader)
    await camp.says(camp.lin, LINK)
    await camp.presses(camp.leader, "退回…", desk)
    await camp.presses(camp.leader, "自己写一句…", desk)
    camp.telegram.do("post", chat=camp.leader, user=camp.leader, media={"kind": "photo"})
    await camp.go()
    assert "想跟作者说的一句话" in camp.last(camp.leader)
    camp.clock.advance(5)
    await camp.whispers(camp.leader, "周末再发好吗？")
    await camp.later(5)
    card = camp.telegram.said(desk)[-1]
    assert labels(card) == []
    assert "✔ 班长：退回，写了一句话" in str(card["text"])
    assert await camp.questions() == []
