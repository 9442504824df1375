"""Presses: data from a client proves nothing, and the same press twice is one."""

import pytest

from bot.storage import buttons, members
from tests.bot.telegram import TOKEN
from tests.handlers.camp import INSULT, Camp


async def data_of(camp: Camp, text: str, chat: int = 0) -> tuple[int, str]:
    message_id = camp.with_button(text, chat)
    post = next(post for post in camp.telegram.said(chat) if post["message_id"] == message_id)
    rows = post["reply_markup"]["inline_keyboard"]
    return message_id, next(button["callback_data"] for row in rows for button in row if button["text"] == text)


@pytest.mark.parametrize("data", ["", "x", "fine.paid:1:2", "' or 1=1 --", "a" * 64, "查看", "0" * 16])
async def test_invented_data_is_answered_kindly_and_noted(camp: Camp, data: str) -> None:  # S3, S5
    await camp.says(camp.lin, "/record")
    shown = await camp.forges(camp.lin, camp.with_button("查看"), data)
    assert "不在了" in shown
    (row,) = await camp.audited("refused")
    assert (row.actor_id, row.after["why"]) == (camp.lin, "unknown")


async def test_a_button_works_only_in_its_own_group(camp: Camp) -> None:  # S3
    await camp.says(camp.leader, "/rules")
    _, data = await data_of(camp, "我已阅读")
    other = camp.telegram.supergroup("第二个营")
    camp.telegram.do("join", chat=other, user=camp.lin)
    await camp.go()
    await camp.says(camp.telegram.owner, "/rules", other)
    elsewhere, _ = await data_of(camp, "我已阅读", other)
    assert "另一个群" in await camp.forges(camp.lin, elsewhere, data, other)
    assert (await camp.member(camp.lin)).rules_accepted_at is None


async def test_a_member_cannot_press_what_is_for_leaders_with_data_that_is_right(camp: Camp) -> None:  # S3
    desk = camp.telegram.supergroup("管理员群")
    await camp.set_group(moderators_chat=desk)
    await camp.says(camp.lin, "加微信 abc12345 低价出售课程,日赚500 https://t.me/some_shop")
    _, data = await data_of(camp, "没问题", desk)
    await camp.says(camp.lin, "/record")
    assert "本群营主来点" in await camp.forges(camp.lin, camp.with_button("查看"), data)
    assert await camp.questions() == ["ad"]


async def test_a_leader_of_another_group_presses_nothing_here(camp: Camp) -> None:  # S8
    other = camp.telegram.supergroup("第二个营")
    guest = camp.telegram.member("外来的管理员")
    camp.telegram.do("join", chat=other, user=guest)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=other, user=guest, rights="all")
    await camp.says(camp.lin, "/rules")
    await camp.presses(camp.lin, "我已阅读")
    await camp.says(camp.leader, "/fine open", reply_to=await camp.says(camp.lin, "我的课今晚开讲"))
    assert "本群营主来点" in await camp.presses(guest, "已补发")
    assert await camp.audited("fine.paid") == []


async def test_rules_are_accepted_once(camp: Camp) -> None:  # R01
    await camp.says(camp.lin, "/rules")
    assert "认真读完" in await camp.presses(camp.lin, "我已阅读")
    accepted = (await camp.member(camp.lin)).rules_accepted_at
    camp.clock.advance(30)
    assert "认真读完" in await camp.presses(camp.lin, "我已阅读")
    assert (await camp.member(camp.lin)).rules_accepted_at == accepted == int(camp.clock.now()) - 30
    assert len([row for row in await camp.decisions(camp.lin) if row.step == "record"]) == 1


async def test_who_is_no_member_accepts_nothing(camp: Camp) -> None:
    await camp.says(camp.lin, "/rules")
    stranger = camp.telegram.person("路人")
    message_id, data = await data_of(camp, "我已阅读")
    press = {
        "id": "77", "from": {"id": stranger, "is_bot": False, "first_name": "路人"}, "chat_instance": "1", "data": data,
        "message": {"message_id": message_id, "date": 0, "chat": {"id": camp.chat, "type": "supergroup", "title": "x"}},
    }  # fmt: skip
    camp.telegram.do("push_raw_update", json={"callback_query": press})
    await camp.go()
    async with camp.storage.reading() as unit:
        group = await camp.group()
        assert await members.load(unit, [(group.id, stranger)]) == {}


async def test_a_notice_is_shown_to_the_person_concerned(camp: Camp) -> None:
    await camp.says(camp.lin, INSULT)
    assert "有一条" in camp.said() or "查看" in str(camp.telegram.said()[-1])
    shown = await camp.presses(camp.lin, "查看")
    assert "约定" in shown
    assert "罚" not in shown


async def test_an_appeal_is_one_press_and_asks_leaders_once(camp: Camp) -> None:  # R23
    desk = camp.telegram.supergroup("管理员群")
    await camp.set_group(moderators_chat=desk)
    await camp.says(camp.lin, INSULT)
    told = await camp.press_at_once("申诉", camp.lin, camp.lin)
    assert all("告诉你结果" in each for each in told)
    assert await camp.questions() == ["appeal"]
    camp.telegram.do("join", chat=desk, user=camp.leader)
    await camp.presses(camp.leader, "撤销", desk)
    assert [row.state for row in await camp.decisions(camp.lin) if row.step == "remind"] == ["reversed"]
    assert await camp.questions() == []


async def test_what_was_deleted_by_mistake_comes_back_if_the_author_wishes(camp: Camp) -> None:  # fairness 11
    await camp.says(camp.lin, "加微信 abc12345 低价出售课程,日赚500 https://t.me/some_shop")
    (decision,) = await camp.decisions(camp.lin)
    await camp.starts(camp.telegram.owner)
    await camp.asks(camp.telegram.owner, "/inbox")
    await camp.presses(camp.telegram.owner, "只删除", camp.telegram.owner)
    await camp.says(camp.leader, f"/undo {decision.id}")
    shown = await camp.press_at_once("把内容再发一次", camp.lin, camp.lin)
    assert "已经办好" in shown[0] or "已经有人" in shown[0]
    assert camp.said().count("abc12345") == 1


async def test_every_press_is_answered(camp: Camp) -> None:
    await camp.says(camp.lin, "/rules")
    for user in (camp.lin, camp.leader):
        await camp.presses(user, "我已阅读")
    answered = camp.telegram.calls("answerCallbackQuery")
    assert [call["ok"] for call in answered] == [True, True]


async def test_the_token_of_a_handler_reaches_no_server(camp: Camp) -> None:  # S7
    assert TOKEN not in camp.application.bot.token


async def test_a_button_names_a_random_row(camp: Camp) -> None:
    await camp.says(camp.lin, "/rules")
    _, first = await data_of(camp, "我已阅读")
    async with camp.storage.reading() as unit:
        row = await buttons.get(unit, first)
    assert row is not None
    assert row.action == "rules.accept"
    assert len(first) >= 16
