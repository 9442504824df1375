"""What leaders do with requests: once, whoever is first; with a fee, a test, one more question."""

import pytest

from bot.protection import blacklist
from bot.protection.blacklist import New
from bot.storage import policies
from tests.joining.door import ASKED, asks, audited, comes, desk, door, inside, last, leader, request, says, told

QUIZ = ["打卡几点截止？|22:00|*23:59|没有截止", "可以发广告吗？|可以|*先问负责人"]


async def test_of_two_who_press_at_once_one_lets_them_in(database_url: str) -> None:  # Q1
    async with door(database_url) as stage:
        helper = await leader(stage)
        chat = await desk(stage, helper)
        wang = await comes(stage)
        card = await stage.people.bot_message(chat, button="通过")
        await stage.people.press(chat, card["message_id"], stage.owner, "通过")
        await stage.people.press(chat, card["message_id"], helper, "婉拒")
        await stage.calm()
        assert await inside(stage, wang)
        answered = "".join(alert["text"] for alert in await stage.people.alerts(helper))
        assert "群主" in answered, "the second hears who was first"
        assert len(await audited(stage, "join.approve")) == 1
        assert await audited(stage, "join.decline") == []


@pytest.mark.parametrize("by_number", [True, False])
async def test_approve_and_decline_by_number_and_by_reply(database_url: str, by_number: bool) -> None:  # J06
    async with door(database_url) as stage:
        chat = await desk(stage)
        wang, zhao = await comes(stage), await comes(stage, "老赵")
        for user, order in ((wang, "/approve"), (zhao, "/decline")):
            row = await request(stage, user)
            if by_number:
                await says(stage, stage.owner, f"{order} {row.id}")
            else:
                card = await stage.people.bot_message(chat, f"#{row.id}：")
                await stage.people.post(chat, stage.owner, order, reply_to=card["message_id"])
                await stage.later(3)
        await stage.later(10)
        assert await inside(stage, wang)
        assert not await inside(stage, zhao)
        assert [(await request(stage, user)).state for user in (wang, zhao)] == ["approved", "declined"]


async def test_a_fee_is_marked_by_a_leader_before_anybody_comes_in(database_url: str) -> None:  # J05
    async with door(database_url, fee="转 99 元给 @owner，备注昵称") as stage:
        wang = await comes(stage)
        assert "还差一步：转 99 元给 @owner" in await told(stage, wang)
        assert "费用：还没标记已付" in await last(stage, stage.owner)
        assert "先按「标记已付」" in await stage.press(stage.owner, "通过", stage.owner)
        assert not await inside(stage, wang)
        await stage.press(stage.owner, "标记已付", stage.owner)
        assert "已付（群主 标记）" in await last(stage, stage.owner)
        await stage.press(stage.owner, "通过", stage.owner)
        assert await inside(stage, wang)
        (row,) = await audited(stage, "join.approve")
        assert (row.actor_id, row.after["way"], row.after["paid_by"]) == (stage.owner, "fee", stage.owner)


async def test_a_test_that_is_passed_goes_to_leaders_with_its_score(database_url: str) -> None:  # J05
    async with door(database_url, quiz=QUIZ, pass_mark=2) as stage:
        wang = await comes(stage)
        await stage.press(wang, "23:59", wang)
        await stage.press(wang, "先问负责人", wang)
        assert "答对 2/2，及格线 2" in await last(stage, stage.owner)
        await stage.press(stage.owner, "通过", stage.owner)
        (row,) = await audited(stage, "join.approve")
        assert (row.after["way"], row.after["score"]) == ("quiz", 2)


async def test_a_test_that_is_not_passed_is_declined_kindly_and_may_be_taken_again(database_url: str) -> None:  # J05
    async with door(database_url, quiz=QUIZ, pass_mark=2) as stage:
        wang = await comes(stage)
        await stage.press(wang, "22:00", wang)
        await stage.press(wang, "先问负责人", wang)
        await stage.later(10)
        assert "答对了 1/2，要答对 2 题" in await last(stage, wang)
        assert "再申请一次" in await last(stage, wang)
        assert (await request(stage, wang)).reason == "quiz"
        await asks(stage, wang)
        assert "小测试 1/2" in await last(stage, wang)


async def test_one_thing_more_is_asked_and_the_answer_stands_on_a_new_card(database_url: str) -> None:  # J04
    async with door(database_url, questions=ASKED[:1]) as stage:
        wang = await comes(stage)
        await says(stage, wang, "老师")
        await stage.press(stage.owner, "问一句", stage.owner)
        await says(stage, stage.owner, "谁介绍你来的？")
        assert "想再问一句：谁介绍你来的？" in await last(stage, wang)
        assert await stage.questions() == []
        await says(stage, wang, "林晓")
        assert "谁介绍你来的？ → 林晓" in await last(stage, stage.owner)
        await stage.press(stage.owner, "通过", stage.owner)
        assert await inside(stage, wang)


async def test_whoever_is_on_the_owners_blacklist_is_declined_and_asked_nothing(database_url: str) -> None:  # J06
    async with door(database_url, questions=ASKED) as stage:
        wang = await stage.people.user_create("王敏")
        group, services = await stage.group(), stage.app.services
        async with services.storage.unit() as unit:
            at = int(services.clock.now())
            assert await blacklist.add(unit, services.moderator, group, New(wang, "王敏"), by=stage.owner, at=at)
        await asks(stage, wang)
        await stage.later(10)
        assert "职业" not in await told(stage, wang)
        assert "见谅" in await told(stage, wang)
        assert "黑名单" not in await told(stage, wang)
        row = await request(stage, wang)
        assert (row.state, row.reason) == ("declined", "blacklist")
        assert await stage.questions() == []


async def test_a_name_like_a_leaders_is_told_on_the_card(database_url: str) -> None:
    async with door(database_url) as stage:
        await leader(stage, "07营班长小美")
        await comes(stage, "07营班长小美")
        assert "名字和 07营班长小美 很像" in await last(stage, stage.owner)


async def test_a_request_that_was_withdrawn_closes_its_card_when_somebody_presses(database_url: str) -> None:
    async with door(database_url) as stage:
        wang = await comes(stage)
        await stage.people.do("answer_request", chat=stage.chat, user=wang, approve=False)
        await stage.calm()
        await stage.press(stage.owner, "通过", stage.owner)
        await stage.calm()
        assert "撤回申请" in await last(stage, stage.owner)
        assert (await request(stage, wang)).state == "gone"
        await asks(stage, wang)
        assert await stage.questions() == ["join"], "they may ask again"


async def test_an_administrator_who_lets_them_in_by_hand_closes_the_card(database_url: str) -> None:
    async with door(database_url) as stage:
        wang = await comes(stage)
        await stage.people.do("answer_request", chat=stage.chat, user=wang, approve=True)
        await stage.calm()
        assert "手动放进群" in await last(stage, stage.owner)
        assert await stage.questions() == []
        assert (await request(stage, wang)).reason == "hand"


async def test_the_doctor_says_that_no_request_can_be_heard(database_url: str) -> None:
    async with door(database_url) as stage:
        await stage.people.set_bot_rights(stage.chat, ["can_delete_messages", "can_restrict_members"])
        await stage.calm()
        await says(stage, stage.owner, f"/doctor #{(await stage.group()).id}")
        assert "Telegram 不会把申请告诉我" in await last(stage, stage.owner)


async def test_only_whom_telegram_lets_invite_may_let_in(database_url: str) -> None:  # S8
    async with door(database_url) as stage:
        helper = await leader(stage, "小助手", ["can_delete_messages"])
        chat = await desk(stage, helper)
        wang = await comes(stage)
        assert "权限" in await stage.press(helper, "通过", chat)
        assert not await inside(stage, wang)


async def test_a_leader_of_another_group_lets_nobody_in_by_a_number(database_url: str) -> None:  # S8
    async with door(database_url) as stage:
        stranger = await stage.people.user_create("路人")
        other = await stage.people.chat_create("supergroup", "别的群", stranger)
        await stage.people.add_bot(other, admin="all")
        await stage.people.start(stranger)
        await stage.calm()
        wang = await comes(stage)
        row = await request(stage, wang)
        for order in (f"/approve {row.id}", f"/approve #1 {row.id}", f"/decline {row.id}"):
            await says(stage, stranger, order)
        await stage.people.post(other, stranger, f"/approve {row.id}")
        await stage.later(10)
        assert not await inside(stage, wang)
        assert (await request(stage, wang)).state == "waiting"
        assert "王敏" not in await told(stage, stranger)


async def test_whoever_is_on_the_blacklist_is_declined_also_where_nothing_is_asked(database_url: str) -> None:  # R12
    async with door(database_url, mode="off") as stage:
        wang = await stage.people.user_create("王敏")
        group, services = await stage.group(), stage.app.services
        async with services.storage.unit() as unit:
            at = int(services.clock.now())
            assert await blacklist.add(unit, services.moderator, group, New(wang, "王敏"), by=stage.owner, at=at)
        await asks(stage, wang)
        await stage.later(10)
        assert (await request(stage, wang)).state == "declined"
        zhao = await comes(stage, "老赵")
        assert await told(stage, zhao) == ""


async def test_a_picture_is_no_question_and_the_leader_is_asked_again(database_url: str) -> None:  # J04
    async with door(database_url, questions=ASKED[:1]) as stage:
        wang = await comes(stage)
        await says(stage, wang, "老师")
        await stage.press(stage.owner, "问一句", stage.owner)
        await stage.people.post(stage.owner, stage.owner, media={"kind": "photo"})
        await stage.later(3)
        assert "想问 王敏 什么" in await last(stage, stage.owner)
        await says(stage, stage.owner, "谁介绍你来的？")
        assert "想再问一句：谁介绍你来的？" in await last(stage, wang)


async def test_an_answer_to_another_card_lets_in_nobody_whose_number_stands_in_it(database_url: str) -> None:  # S3
    async with door(database_url) as stage:
        chat, group = await desk(stage), await stage.group()
        async with stage.app.services.storage.unit() as unit:
            changes = {"needs_approval.mode": "enforce", "needs_approval.whom": "all"}
            await policies.put(unit, "group", group.id, changes, 1, 0)
        wang, member = await comes(stage), await stage.member("林晓")
        number = (await request(stage, wang)).id
        await stage.people.post(stage.chat, member, f"https://example.com/notes #{number}")
        await stage.later(3)
        card = await stage.people.bot_message(chat, "example.com/notes")
        await stage.people.post(chat, stage.owner, "/approve", reply_to=card["message_id"])
        await stage.later(10)
        assert (await request(stage, wang)).state == "waiting"
