"""Whom the letter reaches, and when it does not come: nobody started the bot, somebody left, the bot was away."""

from bot.app import App
from bot.storage import deadlines, groups, users
from rules.conduct.effects import Deadline
from tests.app.stage import Stage
from tests.arrival.evening import DAY, EVENING, HOUR, INSULT, buttons, evening, letter, modes, old_member, says, seen

TWO_DAYS = 2 * DAY + HOUR


async def test_whoever_has_not_started_the_bot_finds_it_waiting(database_url: str) -> None:  # X14
    async with evening(database_url, people=20, started=False) as camp:
        await says(camp, old_member(camp, 1), INSULT)
        await camp.later(TWO_DAYS)
        assert await letter(camp) == ""
        assert "letter" in await camp.questions()
        await camp.people.start(camp.owner)
        await camp.calm()
        assert "老同学1" in await letter(camp)
        await camp.people.start(camp.owner)
        await camp.calm()
        assert len(await camp.said("📮", camp.owner)) == 1
        await camp.press(camp.owner, "启用", camp.owner)
        assert "letter" not in await camp.questions()


async def test_it_can_be_read_in_the_inbox(database_url: str) -> None:
    async with evening(database_url, people=20) as camp:
        await camp.later(TWO_DAYS)
        await camp.people.open_private_text(camp.owner, f"/inbox #{(await camp.group()).id}")
        await camp.calm()
        assert await camp.said("两天小结写好了", camp.owner)
        await camp.press(camp.owner, "看一看", camp.owner)
        assert len(await camp.said("📮", camp.owner)) == 2


async def leader(camp: Stage, number: int) -> int:
    person = old_member(camp, number)
    await camp.people.promote(camp.chat, person, rights="all")
    await camp.people.start(person)
    await camp.calm()
    return person


async def test_whoever_leads_now_reads_it_where_cards_go(database_url: str) -> None:
    async with evening(database_url, people=20) as camp:
        desk = await camp.people.chat_create("supergroup", "营主群", camp.owner)
        await camp.people.add_bot(desk, admin="all", by=camp.owner)
        second = await leader(camp, 3)
        await camp.people.join(desk, second)
        await camp.calm()
        group = await camp.group()
        async with camp.app.services.storage.unit() as unit:
            await groups.update(unit, group.id, moderators_chat=desk, set_up_by=old_member(camp, 5), owner_id=0)
        await camp.people.leave(camp.chat, old_member(camp, 5))
        await camp.calm()
        await camp.later(TWO_DAYS)
        assert await letter(camp, old_member(camp, 5)) == ""
        assert len([post for post in await camp.said("📮", desk) if "21 天写作营" in post]) == 1
        await camp.press(second, "启用", desk)
        assert "enforce" in (await modes(camp)).values()
        assert await camp.said("启用了", desk)


async def test_a_group_that_put_the_bot_out_has_no_letter(database_url: str) -> None:
    async with evening(database_url, people=20) as camp:
        await says(camp, old_member(camp, 1), INSULT)
        await camp.people.remove_bot(camp.chat)
        await camp.later(3 * DAY)
        assert await letter(camp) == ""


async def test_after_an_outage_it_comes_when_the_bot_is_back(database_url: str) -> None:  # F5
    async with evening(database_url, people=20) as camp:
        await says(camp, old_member(camp, 1), INSULT)
        await camp.app.stop()
        camp.pass_(3 * DAY)
        camp.app = App(camp.settings, clock=camp.clock)
        await camp.app.start()
        await camp.calm()
        assert "老同学1" in await letter(camp)
        await camp.restart()
        await camp.later(DAY)
        assert len(await camp.said("📮", camp.owner)) == 1


async def test_leaders_look_at_it_any_time(database_url: str) -> None:
    async with evening(database_url, people=20) as camp:
        await says(camp, old_member(camp, 1), INSULT)
        await camp.people.open_private_text(camp.owner, f"/letter #{(await camp.group()).id}")
        await camp.calm()
        told = await letter(camp)
        assert "我本来会做这些（都没有动手）" in told
        assert "下一封小结" in told
        assert "再看两天" not in await buttons(camp), "it is being watched already"
        await camp.press(camp.owner, f"#{(await seen(camp))[0].decision_id} 看错了", camp.owner)
        assert "你们说这条看错了" in await letter(camp)


async def test_a_member_learns_nothing_of_it(database_url: str) -> None:  # S8
    async with evening(database_url, people=20) as camp:
        someone = old_member(camp, 2)
        await says(camp, old_member(camp, 1), INSULT)
        await camp.people.start(someone)
        await camp.people.open_private_text(someone, f"/letter #{(await camp.group()).id}")
        await camp.people.post(camp.chat, someone, "/letter")
        await camp.calm()
        assert await letter(camp, someone) == ""


async def test_beyond_five_an_hour_one_line_counts_the_others(database_url: str) -> None:
    async with evening(database_url, people=30) as camp:
        await camp.later(45 * 60)
        for number in range(9):
            await says(camp, old_member(camp, number), INSULT)
        cards = await camp.said("老同学", camp.owner)
        assert len(cards) == 5
        (line,) = await camp.said("还有", camp.owner)
        assert "还有 4 条" in line
        assert (await camp.questions()).count("observed") == 9
        await camp.press(camp.owner, "看一看", camp.owner)
        assert "老同学7" in await letter(camp)
        await camp.later(HOUR)
        await says(camp, old_member(camp, 20), INSULT)
        assert await camp.said("老同学20", camp.owner), "another hour"


async def test_by_night_nobody_is_called_and_the_morning_has_one_line(database_url: str) -> None:
    async with evening(database_url, people=30, at=EVENING + 3 * HOUR) as camp:
        for number in range(4):
            await says(camp, old_member(camp, number), INSULT)
            await camp.later(2 * HOUR)
        assert await camp.said("老同学", camp.owner) == []
        assert await camp.said("还有", camp.owner) == []
        await camp.later(2 * HOUR)
        (line,) = await camp.said("还有", camp.owner)
        assert "还有 4 条" in line


async def test_a_group_that_brought_a_second_letter_along_has_one(database_url: str) -> None:
    async with evening(database_url, people=20) as camp:
        group = await camp.group()
        async with camp.app.services.storage.unit() as unit:
            await deadlines.add(unit, group.id, 0, None, [Deadline("letter_due", group.bot_joined_at + 2 * DAY + 60)])
        await camp.later(TWO_DAYS)
        assert len(await camp.said("📮", camp.owner)) == 1


async def test_it_is_in_the_language_of_whoever_reads_it_and_survives_any_name(database_url: str) -> None:  # S3
    async with evening(database_url, people=20) as camp:
        odd = await camp.people.user_create("<b>x</b>\u202e@owner " + "长" * 300)
        await camp.people.join(camp.chat, odd)
        await says(camp, odd, f"{INSULT} <i>&amp; {{name}}</i>")
        async with camp.app.services.storage.unit() as unit:
            await users.set_language(unit, camp.owner, "en")
        await camp.later(TWO_DAYS)
        told = await letter(camp)
        assert "This is what I would have done" in told
        assert "<b>x</b>" in told
        assert "<i>&amp; {name}</i>" in told
        assert len(told) < 2500
        assert {"Enable", "Watch two more days"} <= set(await buttons(camp))
