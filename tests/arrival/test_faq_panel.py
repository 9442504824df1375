"""The panel of keyword replies: a leader adds, changes, switches and removes with presses, in private (F01)."""

from bot.storage import replies
from bot.storage.replies import ReplyRow
from tests.handlers.camp import Camp, labels


async def rows(camp: Camp) -> list[ReplyRow]:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return await replies.of_group(unit, group.id)


async def opened(camp: Camp) -> int:
    leader = camp.leader
    await camp.starts(leader)
    await camp.later(3)
    group = await camp.group()
    await camp.whispers(leader, f"/faq #{group.id} list")
    await camp.later(3)
    return leader


async def press(camp: Camp, button: str) -> str:
    await camp.later(3)
    shown = await camp.presses(camp.leader, button, camp.leader)
    await camp.later(3)
    return shown


async def tell(camp: Camp, text: str) -> str:
    await camp.later(3)
    await camp.whispers(camp.leader, text)
    await camp.later(3)
    return camp.last(camp.leader)


async def test_a_reply_is_added_changed_switched_and_removed_in_the_panel(camp: Camp) -> None:  # F01
    leader = await opened(camp)
    assert "还没有关键词回答" in camp.last(leader)
    await press(camp, "加一条")
    assert "记下了" in await tell(camp, "报名 => 点公告里的链接")
    await press(camp, "🟢 报名")
    await press(camp, "改答案")
    assert "改好了" in await tell(camp, "点置顶里的链接")
    assert [row.answer for row in await rows(camp)] == ["点置顶里的链接"]
    await press(camp, "🟢 报名")
    await press(camp, "关掉")
    assert [row.enabled for row in await rows(camp)] == [False]
    await press(camp, "删掉…")
    assert len(await rows(camp)) == 1, "removing is asked for twice"
    await press(camp, "确认删掉")
    assert await rows(camp) == []
    assert "/faq add 报名 => 点置顶里的链接" in camp.said(leader)


async def test_words_that_cannot_be_kept_are_refused_in_the_panel(camp: Camp) -> None:  # bad input
    await opened(camp)
    await press(camp, "加一条")
    assert "第 1 个字符处" in await tell(camp, "模式：(开 => 好")
    assert await rows(camp) == []


async def test_a_reply_that_is_gone_is_named_so(camp: Camp) -> None:
    await opened(camp)
    await press(camp, "加一条")
    await tell(camp, "报名 => 点公告里的链接")
    (row,) = await rows(camp)
    post = camp.with_button("🟢 报名", camp.leader)
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await replies.remove(unit, group.id, row.id)
    assert "没有" in await press(camp, "🟢 报名")
    assert post


async def test_who_leads_no_more_changes_nothing(camp: Camp) -> None:  # S1, rights lost in the middle
    await opened(camp)
    await press(camp, "加一条")
    camp.telegram.do("demote", chat=camp.chat, user=camp.leader)
    await camp.go()
    await tell(camp, "报名 => 点公告里的链接")
    assert await rows(camp) == []


async def test_many_replies_come_in_pages(camp: Camp) -> None:
    group = await camp.group()
    async with camp.storage.unit() as unit:
        for number in range(10):
            await replies.add(unit, group.id, "contains", f"词语{number}", "好", 60, camp.leader, 0)
    leader = await opened(camp)
    await press(camp, "下一页 ›")
    shown = labels(camp.telegram.said(leader)[-1])
    assert "🟢 词语9" in shown
    assert "🟢 词语0" not in shown


async def test_an_answer_that_is_too_long_is_asked_for_again(camp: Camp) -> None:  # bad input
    await opened(camp)
    await press(camp, "加一条")
    await tell(camp, "报名 => 点公告里的链接")
    await press(camp, "🟢 报名")
    await press(camp, "改答案")
    assert "请不要超过" in await tell(camp, "长" * 1001)
    assert "改好了" in await tell(camp, "点置顶里的链接")
