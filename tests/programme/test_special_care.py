"""The special-care group: asked over, quiet meanwhile, removed only once inside, and back after calm days (R11)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.conduct.caring import whisper
from bot.storage import cares, groups, links, tickets
from bot.storage.cares import CareRow
from tests.app.stage import INSULT, Stage
from tests.programme.conftest import Camping

DAY, HOUR = 86_400, 3_600
AGAINST = "这里大家都有点忙"


class Care:
    """Two groups of one owner: the camp, and the one with more time."""

    def __init__(self, camp: Stage, place: int, carer: int, lin: int) -> None:
        self.camp, self.place, self.carer, self.lin = camp, place, carer, lin

    async def row(self) -> CareRow:
        group = await self.camp.group()
        async with self.camp.app.services.storage.reading() as unit:
            return (await cares.some(unit, cares.COLUMNS[1] == group.id))[0]

    async def status(self, chat: int = 0) -> str:
        member: dict[str, Any] = await self.camp.people.member(chat or self.camp.chat, self.lin)
        return str(member["status"])

    async def link(self, button: str) -> str:
        post = await self.camp.people.bot_message(self.lin, button=button)
        rows = post["reply_markup"]["inline_keyboard"]
        return str(next(each["url"] for row in rows for each in row if each["text"] == button))

    async def writes(self, user: int, text: str, chat: int = 0, **more: Any) -> None:
        self.camp.pass_(30)
        await self.camp.people.post(chat or self.camp.chat, user, text, **more)
        await self.camp.calm()

    async def enters(self) -> None:
        await self.camp.people.join(self.place, self.lin, via_link=await self.link("进照顾营"))
        await self.camp.calm()

    async def asked_over(self, *, started: bool = True) -> None:
        if started:
            await self.camp.people.start(self.lin)
        await self.asks()

    async def asks(self) -> None:
        await self.writes(self.camp.owner, f"/care {self.lin} {AGAINST}")
        await self.camp.press(self.camp.owner, "确认，去请", self.camp.owner)

    async def cards(self, place: int) -> list[str]:
        async with self.camp.app.services.storage.reading() as unit:
            found = (await groups.by_chats(unit, [place]))[place]
            return [each.kind for each in await tickets.pending(unit, [found.id])]


@asynccontextmanager
async def caring(camping: Camping, rights: Any = "all", **policy: Any) -> AsyncIterator[Care]:
    async with camping(policy) as camp:
        place = await camp.people.chat_create("supergroup", "暖心营", camp.owner)
        await camp.people.add_bot(place, admin=rights)
        carer = await camp.people.user_create("周老师")
        await camp.people.join(place, carer)
        lin = await camp.member()
        await camp.people.start(camp.owner)
        await camp.calm()
        care = Care(camp, place, carer, lin)
        await care.writes(camp.owner, "/care here", place)
        await care.writes(camp.owner, "我先看看")
        yield care


async def test_somebody_goes_over_and_leaves_the_camp_only_once_inside(camping: Camping) -> None:  # R11
    async with caring(camping) as care:
        await care.asked_over()
        assert (await care.status(), (await care.row()).state) == ("restricted", "offered")
        told = (await care.camp.said("暖心营", care.lin))[-1]
        assert "谢谢你一直在" in told
        assert AGAINST not in told
        await care.enters()
        assert (await care.row()).state == "inside"
        assert await care.status() in ("left", "kicked")
        assert await care.status(care.place) == "member"
        assert await care.cards(care.place) == ["care_entered"]


async def test_the_one_who_looks_after_them_hears_of_it_with_the_plain_reason(camping: Camping) -> None:  # V09
    async with caring(camping) as care:
        await care.camp.people.start(care.carer)
        await care.camp.people.join(care.camp.chat, care.carer)
        await care.writes(care.camp.owner, f"/care carer {care.carer}")
        await care.asked_over()
        assert "由周老师陪你" in (await care.camp.said("暖心营", care.lin))[-1]
        await care.enters()
        (card,) = await care.camp.said("来到照顾营", care.carer)
        assert AGAINST in card
        assert await care.cards(care.place) == []


async def test_a_way_back_after_calm_days_with_a_leaders_yes(camping: Camping) -> None:
    async with caring(camping) as care:
        await care.asked_over()
        await care.enters()
        await care.camp.later(7 * DAY + 12 * HOUR)
        assert (await care.row()).state == "ready"
        assert "我去问营主" in await care.camp.press(care.lin, "回到本营", care.lin)
        await care.camp.press(care.camp.owner, "请回本营", care.camp.owner)
        await care.camp.people.join(care.camp.chat, care.lin, via_link=await care.link("进入本营"))
        await care.camp.calm()
        assert (await care.row()).state == "back"
        assert await care.status() == "member"
        standing = (await care.camp.case(care.lin)).member.standing
        assert (standing.removed, standing.read_only) == (False, ())


async def test_a_measure_that_counts_there_begins_the_days_anew_and_who_wishes_stays(camping: Camping) -> None:
    async with caring(camping) as care:
        await care.asked_over()
        await care.enters()
        await care.camp.later(3 * DAY)
        await care.writes(care.camp.owner, f"/warn {care.lin} 慢一点", care.place)
        await care.camp.later(5 * DAY)
        assert (await care.row()).state == "inside"
        await care.camp.later(3 * DAY)
        assert (await care.row()).state == "ready"
        assert "再待一段" in await care.camp.press(care.lin, "再待一段", care.lin)
        assert (await care.row()).state == "inside"
        assert await care.camp.questions() == []


async def test_a_leader_may_keep_somebody_a_while_longer(camping: Camping) -> None:
    async with caring(camping) as care:
        await care.asked_over()
        await care.enters()
        await care.camp.later(7 * DAY + 12 * HOUR)
        await care.camp.press(care.lin, "回到本营", care.lin)
        await care.camp.press(care.camp.owner, "再留一段", care.camp.owner)
        assert (await care.row()).state == "inside"
        assert await care.status() in ("left", "kicked")


async def test_a_link_that_was_not_used_is_offered_once_more_then_a_leader_decides(camping: Camping) -> None:
    async with caring(camping) as care:
        await care.asked_over()
        first = await care.link("进照顾营")
        await care.camp.later(DAY + 12 * HOUR)
        assert await care.link("进照顾营") != first
        assert (await care.row()).offers == 2
        await care.camp.later(DAY + 12 * HOUR)
        assert await care.camp.questions() == ["care_unused"]
        await care.camp.press(care.camp.owner, "让对方留下", care.camp.owner)
        assert await care.status() == "member"


async def test_whoever_never_started_the_bot_finds_the_way_behind_the_line(camping: Camping) -> None:
    async with caring(camping) as care:
        await care.asked_over(started=False)
        assert "照顾营" in await care.camp.press(care.lin, "查看")
        post = await care.camp.people.bot_message(care.camp.chat, button="去照顾营")
        await care.camp.people.press(care.camp.chat, post["message_id"], care.lin, "去照顾营")
        await care.camp.calm()
        row = await care.row()
        await care.camp.people.start(care.lin, f"care_{row.id}")
        await care.camp.calm()
        await care.enters()
        assert (await care.row()).state == "inside"


async def test_somebody_elses_invitation_opens_nothing(camping: Camping) -> None:  # S3
    async with caring(camping) as care:
        await care.asked_over(started=False)
        row = await care.row()
        await care.camp.people.start(care.carer, f"care_{row.id}")
        await care.camp.calm()
        assert await care.camp.said("暖心营", care.carer) == []
        assert (await care.row()).link_id == 0


async def test_taken_back_before_they_went_nothing_is_left_of_it(camping: Camping) -> None:
    async with caring(camping) as care:
        await care.asked_over()
        link = await care.link("进照顾营")
        await care.writes(care.camp.owner, f"/undo {(await care.row()).decision_id}")
        assert await care.status() == "member"
        await care.camp.later(3 * DAY)
        assert await care.camp.questions() == []
        assert link


async def test_at_asking_to_leave_the_care_camp_is_one_of_the_ways(camping: Camping) -> None:  # R09
    async with caring(camping, ladder={"highest": "remove"}) as care:
        await care.camp.people.start(care.lin)
        for _ in range(3):
            await care.writes(care.lin, INSULT)
            await care.camp.later(3 * HOUR)
        assert await care.camp.steps(care.lin) == ["remind", "warn", "ask_to_leave"]
        assert "asked" in await care.camp.questions()
        assert "位置" in await care.camp.press(care.lin, "照顾营", care.lin)
        assert "asked" not in await care.camp.questions()
        assert any("对方的回答：去照顾营" in each for each in await care.camp.said("去留", care.camp.owner))
        await care.enters()
        standing = (await care.camp.case(care.lin)).member.standing
        assert (standing.asked_to_leave_at, standing.read_only) == (None, ())
        assert (await care.row()).state == "inside"


async def test_without_the_right_to_invite_it_is_said_at_once(camping: Camping) -> None:
    async with caring(camping, rights=["can_restrict_members", "can_delete_messages"]) as care:
        await care.writes(care.camp.owner, "/care here", care.place)
        assert any("邀请用户" in each for each in await care.camp.said("", care.place))
        await care.writes(care.camp.owner, f"/care {care.lin} {AGAINST}")
        assert await care.camp.steps(care.lin) == []


async def test_asking_for_the_way_again_leaves_one_link_open(camping: Camping) -> None:  # S3
    async with caring(camping) as care:
        await care.asked_over()
        row, group = await care.row(), await care.camp.group()
        services = care.camp.app.services
        for _ in range(3):
            care.camp.pass_(30)
            async with services.storage.unit() as unit:
                assert await whisper(unit, services.moderator, group, row, int(services.clock.now()))
            await care.camp.calm()
        async with services.storage.reading() as unit:
            assert len(await links.open_for(unit, row.care_group_id, care.lin)) == 1
        await care.camp.people.join(care.place, care.lin, via_link=await care.link("进照顾营"))
        await care.camp.calm()
        assert (await care.row()).state == "inside"


async def test_nobody_is_asked_over_before_the_leader_has_read_what_happens_and_pressed(camping: Camping) -> None:
    async with caring(camping) as care:
        await care.camp.people.start(care.lin)
        await care.writes(care.camp.owner, f"/care {care.lin} {AGAINST}")
        assert await care.status() == "member"
        assert await care.camp.steps(care.lin) == []
        (asked,) = await care.camp.said("要请", care.camp.owner)
        assert "只看消息" in asked
        assert "24小时内有效" in asked
        assert AGAINST in asked
        await care.camp.press(care.camp.owner, "确认，去请", care.camp.owner)
        assert await care.status() == "restricted"
        (done,) = await care.camp.said("已请", care.camp.owner)
        assert "邀请到 " in done
        assert await care.camp.said("照顾营", care.camp.chat) == []


async def test_reminders_are_named_only_where_there_were_some(camping: Camping) -> None:  # V09
    async with caring(camping) as care:
        await care.asked_over()
        told = (await care.camp.said("暖心营", care.lin))[-1]
        assert "提醒过" not in told
        assert "在本群先看看消息" in told
        assert "一直没有选，营主也会来看" in told


async def test_the_file_says_until_when_somebody_only_reads(camping: Camping) -> None:  # R23
    async with caring(camping) as care:
        await care.asked_over()
        number = (await care.row()).decision_id
        care.camp.pass_(30)
        await care.camp.people.post(care.lin, care.lin, f"/decision {number}")
        await care.camp.calm()
        (file,) = await care.camp.said(f"第 {number} 号", care.lin)
        assert "去照顾营的邀请到 " in file
        assert "先只看消息" in file
        assert "改好前只读" not in file


async def test_on_a_card_too_it_is_read_first_and_pressed_once_more(camping: Camping) -> None:  # R09
    async with caring(camping, ladder={"highest": "remove"}) as care:
        await care.camp.people.start(care.lin)
        for _ in range(3):
            await care.writes(care.lin, INSULT)
            await care.camp.later(3 * HOUR)
        assert "再按一次，就去请" in await care.camp.press(care.camp.owner, "照顾营", care.camp.owner)
        assert "care" not in await care.camp.steps(care.lin)
        care.camp.pass_(5)
        await care.camp.press(care.camp.owner, "照顾营", care.camp.owner)
        assert "care" in await care.camp.steps(care.lin)
        told = (await care.camp.said("想请你到照顾营", care.lin))[-1]
        assert "已经提醒过几次" in told
