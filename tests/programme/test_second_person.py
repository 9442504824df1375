"""What concerns many people needs two who say yes; the same person twice is one, and a yes is good for half an hour."""

from bot.storage import audit
from tests.app.stage import Stage
from tests.programme.conftest import Camping
from tests.programme.test_raid import LOOK, SMALL, crowd, in_group

POLICY = SMALL | {"brakes": {"second_person_above": 5}}
SURE = "确认移出 8 人"


async def another_leader(camp: Stage) -> int:
    other = await camp.member("副班长")
    await camp.later(60)
    await camp.people.promote(camp.chat, other)
    await camp.people.start(other)
    await camp.later(60)
    return other


async def through_the_inbox(camp: Stage, user: int) -> str:
    await camp.people.post(camp.chat, user, "/inbox")
    for _ in range(3):
        await camp.later(3)
    await camp.press(user, LOOK, user)
    await camp.later(3)
    return await camp.press(user, SURE, user)


async def test_many_are_removed_only_when_a_second_person_agrees(camping: Camping) -> None:
    async with camping(POLICY) as camp:
        other = await another_leader(camp)
        people = await crowd(camp)
        await camp.press(camp.owner, LOOK, camp.owner)
        shown = await camp.press(camp.owner, SURE, camp.owner)
        assert "再找一位" in shown
        assert "副班长" in shown
        await camp.later(3)
        assert "还差一位" in (await camp.said(chat=camp.owner))[-1]
        assert "再找一位" in await camp.press(camp.owner, SURE, camp.owner), "twice the same is one"
        await camp.later(30)
        assert all(await in_group(camp, people))
        assert "已经办好" in await through_the_inbox(camp, other)
        await camp.later(10)
        assert not any(await in_group(camp, people))
        async with camp.app.services.storage.reading() as unit:
            (row,) = await audit.of(unit, action="raid.remove")
        assert row.actor_id == other


async def test_a_yes_is_good_for_half_an_hour(camping: Camping) -> None:
    async with camping(POLICY) as camp:
        other = await another_leader(camp)
        people = await crowd(camp)
        await camp.press(camp.owner, LOOK, camp.owner)
        await camp.press(camp.owner, SURE, camp.owner)
        await camp.later(1801)
        assert "再找一位" in await through_the_inbox(camp, other)
        await camp.later(10)
        assert all(await in_group(camp, people))
        await camp.press(camp.owner, SURE, camp.owner)
        await camp.later(10)
        assert not any(await in_group(camp, people))


async def test_where_nobody_else_leads_it_says_how_to_have_somebody(camping: Camping) -> None:
    async with camping(POLICY) as camp:
        people = await crowd(camp)
        await camp.press(camp.owner, LOOK, camp.owner)
        assert "还没有第二位营主" in await camp.press(camp.owner, SURE, camp.owner)
        await camp.later(10)
        assert all(await in_group(camp, people))
