"""Many who join at once: one card asks, nobody is greeted or removed before a leader answers, and all can be undone."""

from bot.storage import audit, groups, tickets
from sandbox.world.rights import USUAL_PERMISSIONS
from tests.app.stage import Stage
from tests.programme.conftest import NINE, Camping
from tests.programme.test_welcome import join, welcomes

SMALL = {"raid": {"joins": 6, "seconds": 30}}
LOOK, BACK, LET_BE, UNDO = "移出这一批…", "先不移", "是朋友，照常欢迎", "撤销"


async def crowd(camp: Stage, count: int = 8, seconds: float = 1.0) -> list[int]:
    await camp.people.start(camp.owner)
    return await join(camp, *(f"新同学{n}" for n in range(count)), seconds=seconds)


async def in_group(camp: Stage, people: list[int]) -> list[bool]:
    return [(await camp.known(user)).status == "member" for user in people]


async def cards(camp: Stage) -> list[str]:
    return await camp.said("秒内有", camp.owner)


async def test_a_wave_is_asked_about_once_and_nobody_is_greeted(camping: Camping) -> None:  # L2
    async with camping(SMALL) as camp:
        people = await crowd(camp)
        (card,) = await cards(camp)
        assert "30 秒内有 6 人" in card
        assert "新同学0、新同学1" in card
        await camp.later(120)
        assert (await camp.said(), await camp.questions()) == ([], ["raid"])
        assert all(await in_group(camp, people))


async def test_one_fewer_or_slower_is_greeted_as_ever(camping: Camping) -> None:  # L2
    async with camping(SMALL) as camp:
        await crowd(camp, 5)
        await camp.later(600)
        await crowd(camp, 6, seconds=10)
        await camp.later(600)
        assert await camp.questions() == []
        assert len(welcomes(await camp.said())) == 1, "the later greeting stands"


async def test_friends_are_let_be_and_greeted_together_once(camping: Camping) -> None:  # L2
    async with camping({"raid": {"joins": 20}}) as camp:
        await crowd(camp, 20)
        await camp.press(camp.owner, LET_BE, camp.owner)
        await camp.later(60)
        (greeting,) = welcomes(await camp.said())
        assert "另外 10 位" in greeting
        await join(camp, "又一位")
        await camp.later(30)
        assert (await camp.questions(), len(await cards(camp))) == ([], 1)


async def test_after_ten_minutes_without_an_answer_it_is_too_late_to_greet(camping: Camping) -> None:  # F5, L2
    async with camping(SMALL) as camp:
        await crowd(camp)
        await camp.later(300)
        await join(camp, "王敏")
        await camp.later(400)
        (greeting,) = welcomes(await camp.said())
        assert "王敏" in greeting
        assert "新同学" not in greeting


async def test_a_second_press_that_names_the_number_removes_them_all(camping: Camping) -> None:  # L2
    async with camping(SMALL) as camp:
        people = await crowd(camp)
        await camp.press(camp.owner, LOOK, camp.owner)
        assert all(await in_group(camp, people)), "the first press only asks again"
        await camp.press(camp.owner, BACK, camp.owner)
        await camp.press(camp.owner, LOOK, camp.owner)
        people += await join(camp, "又来一位")
        await camp.press(camp.owner, "确认移出 8 人", camp.owner)
        await camp.later(10)
        assert not any(await in_group(camp, people))
        assert await camp.said() == [], "nothing is said among members"
        (decision,) = await camp.decisions(people[0])
        assert (decision.rule, decision.step, decision.issuer_kind, decision.issuer_id) == (
            "raid", "remove", "person", camp.owner,
        )  # fmt: skip
        async with camp.app.services.storage.reading() as unit:
            (row,) = await audit.of(unit, action="raid.remove")
        assert (row.actor_id, row.after) == (camp.owner, {"people": 9})
        assert (await camp.case(people[0])).group.measures == (), "no brake of rules is spent"


async def test_whom_an_administrator_added_and_whoever_is_registered_stay(camping: Camping) -> None:  # L2
    async with camping(SMALL) as camp:
        people = await crowd(camp)
        brought = await camp.people.user_create("老同学")
        await camp.people.join(camp.chat, brought, added_by=camp.owner)
        await camp.calm()
        await camp.people.post(camp.chat, people[1], "/nick 07营-林晓-上海")
        await camp.people.promote(camp.chat, people[2])
        await camp.calm()
        await camp.press(camp.owner, LOOK, camp.owner)
        await camp.press(camp.owner, "确认移出 7 人", camp.owner)
        await camp.later(10)
        statuses = [(await camp.people.member(camp.chat, user))["status"] for user in (brought, *people)]
        assert statuses == ["member", "kicked", "member", "administrator", *["kicked"] * 5]


async def test_what_was_removed_comes_back_with_one_press_and_only_once(camping: Camping) -> None:  # L2, fairness 11
    async with camping(SMALL) as camp:
        people = await crowd(camp)
        await camp.press(camp.owner, LOOK, camp.owner)
        await camp.press(camp.owner, "确认移出 8 人", camp.owner)
        await camp.later(10)
        assert "已经办好" in await camp.press(camp.owner, UNDO, camp.owner)
        await camp.later(10)
        calls = [call for call in await camp.people.calls() if call["method"] == "unbanChatMember"]
        assert {call["parameters"]["user_id"] for call in calls} == set(people)
        assert [row.state for row in await camp.decisions(people[0])] == ["reversed", "standing"]
        async with camp.app.services.storage.reading() as unit:
            (ticket,) = await tickets.opened_since(unit, (await camp.group()).id, "raid", 0)
        assert ticket.decision_id
        assert "撤销" in await asked(camp, f"/undo {ticket.decision_id}")


async def test_why_tells_what_was_seen(camping: Camping) -> None:  # L2, A08
    async with camping(SMALL) as camp:
        await crowd(camp)
        async with camp.app.services.storage.reading() as unit:
            (ticket,) = await tickets.pending(unit, [(await camp.group()).id])
        said = await asked(camp, f"/why {ticket.decision_id}")
        assert "很多人一起进群（一共: 6; 需要: 6" in said


async def asked(camp: Stage, command: str) -> str:
    """A leader's order in the group; what is said to them alone."""
    await camp.people.post(camp.chat, camp.owner, command)
    await camp.later(5)
    return "\n".join([*await camp.said(), *await camp.said(chat=camp.owner)])


async def with_desk(camp: Stage) -> int:
    """A moderators' chat, in which everybody sees the cards."""
    desk = int(await camp.people.chat_create("supergroup", "营主群", camp.owner))
    await camp.people.add_bot(desk, admin="all")
    await camp.calm()
    group = await camp.group()
    await camp.app.services.storage.write(lambda unit: groups.update(unit, group.id, moderators_chat=desk))
    return desk


async def test_the_card_is_for_leaders_and_the_second_hears_who_answered(camping: Camping) -> None:  # S3, L2
    async with camping(SMALL) as camp:
        desk, second = await with_desk(camp), await camp.member("班长")
        await camp.people.promote(camp.chat, second)
        helper = await camp.people.user_create("路人")
        for user in (second, helper):
            await camp.people.join(desk, user)
        await camp.later(60)
        people = await crowd(camp)
        assert "本群营主" in await camp.press(helper, LOOK, desk)
        await camp.press(second, LOOK, desk)
        assert "本群营主" in await camp.press(helper, "确认移出 8 人", desk)
        assert all(await in_group(camp, people))
        post = (await camp.people.bot_message(desk, button="确认移出 8 人"))["message_id"]
        for user in (second, camp.owner):
            await camp.people.press(desk, post, user, "确认移出 8 人")
        await camp.later(10)
        assert "班长 已经处理好" in (await camp.people.alerts(camp.owner))[-1]["text"]
        assert {(await camp.decisions(user))[0].issuer_id for user in people} == {second}
        assert not any(await in_group(camp, people))


async def test_another_question_about_the_same_decision_is_not_answered_by_its_buttons(camping: Camping) -> None:  # L2
    async with camping(SMALL) as camp:
        await crowd(camp)
        storage, group = camp.app.services.storage, await camp.group()
        async with storage.unit() as unit:
            (raid,) = await tickets.pending(unit, [group.id])
            await tickets.open_ticket(
                unit, group_id=group.id, kind="appeal", decision_id=raid.decision_id, user_id=0, words=(), at=NINE
            )
            await tickets.answer(unit, raid.id, camp.owner, NINE, "raid.let_be")
        assert "已经处理好" in await camp.press(camp.owner, LOOK, camp.owner)
        assert await camp.questions() == ["appeal"]


async def test_in_the_inbox_the_same_question_has_the_same_answers(camping: Camping) -> None:  # L2
    async with camping(SMALL) as camp:
        await join(camp, *(f"新同学{n}" for n in range(6)))
        assert await cards(camp) == []
        await camp.people.start(camp.owner)
        assert "秒内有 6 人" in await asked(camp, "/inbox")
        await camp.press(camp.owner, LET_BE, camp.owner)
        assert await camp.questions() == []


async def test_where_it_is_off_everybody_is_greeted(camping: Camping) -> None:  # L2
    async with camping({"raid": {"joins": 6, "enabled": False}}) as camp:
        await crowd(camp)
        await camp.later(60)
        assert (len(welcomes(await camp.said())), await camp.questions()) == (1, [])


async def test_at_midnight_one_press_closes_the_group_first_and_leaves_the_question_open(
    camping: Camping,
) -> None:  # X02
    async with camping(SMALL, at=NINE + 15 * 3600) as camp:
        people = await crowd(camp)
        assert "00:1" in await camp.press(camp.owner, "先锁群 10 分钟", camp.owner)
        assert camp.world.chat(camp.chat).permissions == frozenset()
        (card,) = await cards(camp)
        assert "已先锁群" in card
        assert all(await in_group(camp, people))
        await camp.later(5)
        await camp.press(camp.owner, LOOK, camp.owner)
        await camp.later(5)
        await camp.press(camp.owner, "确认移出 8 人", camp.owner)
        await camp.later(11 * 60)
        assert not any(await in_group(camp, people))
        assert camp.world.chat(camp.chat).permissions == USUAL_PERMISSIONS


async def test_twenty_within_a_minute_are_asked_about_by_default(camping: Camping) -> None:  # X02, L2
    async with camping() as camp:
        await crowd(camp, 20, seconds=3)
        assert await camp.questions() == ["raid"]
