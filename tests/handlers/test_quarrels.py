"""A quarrel is one case with its messages, somebody who looks after it, and an end; no message is touched (R24)."""

from bot.storage import quarrels, retention, tickets
from rules.conduct.effects import DAY
from rules.conduct.facts import Facts
from tests.handlers.camp import Camp


async def test_a_quarrel_is_opened_gathered_taken_and_settled(camp: Camp) -> None:  # R24
    desk = await camp.desk()
    await camp.starts(camp.leader)
    other = camp.telegram.member("小伙伴")
    first = await camp.says(camp.lin, "你昨天答应我的呢")
    second = await camp.says(other, "我什么时候答应过")
    order = await camp.says(camp.leader, "/case open 谁先答应的", reply_to=first)
    assert not camp.telegram.exists(order), "the group reads nothing of it"
    assert "#1「谁先答应的」" in camp.last(camp.leader)
    assert "成员之间的事 #1" in camp.last(desk)
    await camp.asks(camp.leader, "/case add", reply_to=second)
    assert "现在 2 条" in camp.last(camp.leader)
    await camp.asks(camp.leader, "/case add", reply_to=second)
    assert "已经在 #1" in camp.last(camp.leader)
    await camp.asks(camp.leader, "/case take 1")
    await camp.asks(camp.leader, "/case 1")
    told = camp.last(camp.leader)
    assert all(words in told for words in ("你昨天答应我的呢", "我什么时候答应过", "林晓", "小伙伴", "在跟的是：班长"))
    assert await camp.questions() == ["quarrel"]
    await camp.asks(camp.leader, "/case close 1 双方说开了")
    assert await camp.questions() == []
    assert "已经了结。双方说开了" in camp.last(desk)
    assert camp.telegram.exists(first)
    assert camp.telegram.exists(second)
    assert [row.after["case"] for row in await camp.audited("case.close")] == [1]


async def test_a_case_can_be_opened_again_and_lists_how_it_stands(camp: Camp) -> None:  # R24
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, "/case open 迟到的事")
    await camp.asks(camp.leader, "/case close 说开了")
    await camp.asks(camp.leader, "/case")
    assert "#1「迟到的事」· 已了结" in camp.last(camp.leader)
    await camp.asks(camp.leader, "/case reopen 1")
    await camp.asks(camp.leader, "/case")
    assert "#1「迟到的事」· 0 条" in camp.last(camp.leader)
    assert await camp.questions() == ["quarrel"]


async def test_members_see_and_change_nothing_of_a_case(camp: Camp) -> None:  # S8
    await camp.starts(camp.lin)
    said = await camp.says(camp.lin, "你昨天答应我的呢")
    await camp.asks(camp.leader, "/case open 谁先答应的", reply_to=said)
    for words in ("/case 1", "/case close 1 没事", "/case"):
        await camp.asks(camp.lin, words)
    assert "谁先答应的" not in camp.said(camp.lin)
    assert await camp.questions() == ["quarrel"]


async def test_orders_without_what_they_need_are_answered_with_an_example(camp: Camp) -> None:  # A6
    await camp.starts(camp.leader)
    assert "没有找到开着的" in await camp.asks(camp.leader, "/case close 没事了")
    assert "可以这样" in await camp.asks(camp.leader, "/case open")
    assert "请回复要收进去的那条消息" in await camp.asks(camp.leader, "/case add")
    await camp.asks(camp.leader, "/case open 迟到的事")
    assert "怎么了结的" in await camp.asks(camp.leader, "/case close 1")
    assert "可以这样" in await camp.asks(camp.leader, "/case whatever")
    await camp.asks(camp.leader, "/case 99")
    assert "没有 #99" in camp.last(camp.leader)


async def test_what_was_said_is_forgotten_a_while_after_the_end(camp: Camp) -> None:  # R24
    said = await camp.says(camp.lin, "你昨天答应我的呢")
    await camp.asks(camp.leader, "/case open 谁先答应的", reply_to=said)
    now = int(camp.clock.now())
    await retention.sweep(camp.storage, now + 90 * DAY, 30)
    async with camp.storage.reading() as unit:
        assert len(await quarrels.messages(unit, 1)) == 1
    await camp.asks(camp.leader, "/case close 1 说开了")
    await retention.sweep(camp.storage, now + 90 * DAY, 30)
    async with camp.storage.reading() as unit:
        assert await quarrels.messages(unit, 1) == []
        row = await quarrels.get(unit, 1)
        assert row is not None
        assert row.note == "说开了"
        assert (await tickets.get(unit, row.ticket_id)) is not None


async def test_a_case_stands_in_the_inbox_with_its_button(camp: Camp) -> None:  # R24
    await camp.starts(camp.leader)
    said = await camp.says(camp.lin, "你昨天答应我的呢")
    await camp.asks(camp.leader, "/case open 谁先答应的", reply_to=said)
    await camp.asks(camp.leader, "/inbox")
    await camp.taps(camp.leader, "看经过")
    assert "你昨天答应我的呢" in camp.last(camp.leader)


async def test_of_a_long_quarrel_every_message_is_shown_though_shortened(camp: Camp) -> None:  # R24
    await camp.starts(camp.leader)
    group, at = await camp.group(), int(camp.clock.now())
    async with camp.storage.unit() as unit:
        number = await quarrels.begin(unit, group.id, "吵了很久", camp.leader, at)
        for n in range(40):
            said = Facts(0, "message", camp.chat, camp.lin, at, 900 + n, name="林晓", text=f"第{n}句" + "说" * 400)
            assert await quarrels.add(unit, number, said)
    await camp.asks(camp.leader, f"/case {number}")
    told = camp.last(camp.leader)
    assert "第29句" in told
    assert told.endswith("还有 10 条。")
