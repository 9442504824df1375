"""What waits to be said keeps nobody busy, and what is to follow its being said waits along with it."""

from bot.storage import acts, quiet
from bot.storage.acts import ActRow
from rules.conduct.effects import DAY, HOUR, Delete, Mention, Phrase, Planned, Restrict, Say
from tests.app.stage import Stage
from tests.programme.conftest import NINE, Camping

MINUTE = 60


def line(user: int) -> Say:
    said = Phrase("quiet.lines", (("name", Mention(user, "林晓")),))
    return Say(words=(Phrase("own", (("template", "给你的一句话"),)),), language="zh_Hans", gather=(said,))


async def written(camp: Stage, user: int, *planned: Planned, age: int = 0) -> list[int]:
    group, at = await camp.group(), int(camp.app.services.clock.now()) - age
    async with camp.app.services.storage.unit() as unit:
        return await acts.write(
            unit, key=f"told:{user}:{at}", decision_id=None, group_id=group.id, chat_id=group.chat_id, user_id=user,
            planned=planned, at=at,
        )  # fmt: skip


async def read(camp: Stage, numbers: list[int]) -> list[ActRow]:
    async with camp.app.services.storage.reading() as unit:
        return await acts.by_ids(unit, numbers)


async def test_a_line_that_waits_for_a_leaders_answer_keeps_the_outbox_at_rest(camping: Camping) -> None:
    async with camping() as camp:
        user = await camp.member()
        await camp.calm()
        await written(camp, user, Planned(Delete(message_ids=(1,)), held="leader"), Planned(line(user), after=0))
        assert await camp.app.services.outbox.drain(2)


async def test_a_line_that_came_too_late_keeps_the_outbox_at_rest(camping: Camping) -> None:
    async with camping() as camp:
        user = await camp.member()
        await camp.calm()
        await written(camp, user, Planned(line(user)), age=HOUR)
        assert await camp.app.services.outbox.drain(2)


async def test_whoever_is_to_be_silenced_once_they_were_told_is_silenced_in_the_morning_too(camping: Camping) -> None:
    async with camping({"welcome": {"enabled": False}}, at=NINE + 14 * HOUR) as camp:
        user = await camp.member()
        await camp.calm()
        numbers = await written(
            camp, user, Planned(line(user)), Planned(Restrict(user_id=user), after=0, expires_at=NINE + 15 * HOUR)
        )
        await camp.calm()
        await camp.later(2 * HOUR)
        assert [row.state for row in await read(camp, numbers)] == ["pending", "pending"]
        await camp.later(7 * HOUR + 60)
        assert [row.state for row in await read(camp, numbers)] == ["done", "done"]
        assert camp.world.chat(camp.chat).members[user].status == "restricted"


async def test_whoever_is_muted_when_the_day_is_nearly_spent_hears_of_it_at_once(camping: Camping) -> None:
    async with camping({"welcome": {"enabled": False}, "brakes": {"least": 50, "most": 50}}) as camp:
        users = [await camp.member(f"学员{n}") for n in range(6)]
        for user in users[:5]:
            await written(camp, user, Planned(line(user)))
            await camp.later(31 * MINUTE)
        await written(camp, users[5], Planned(line(users[5])))
        await camp.calm()
        await camp.later(MINUTE)
        said = await camp.posts()
        await camp.people.post(
            camp.chat, camp.owner, "/mute 10m 刷屏", reply_to=await camp.people.post(camp.chat, users[5], "在")
        )
        await camp.calm()
        assert await camp.posts() == said + 1, "with what waited for the next set time"
        group = await camp.group()
        async with camp.app.services.storage.unit() as unit:
            assert await quiet.waiting(unit, group.id, NINE + 4 * DAY) == []
