"""Where rules are enforced in a group of 200: the brakes, who is treated gently, and deadlines that end by day."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.storage import deadlines
from tests.app.stage import ENFORCED, Stage
from tests.arrival.evening import AD, DAY, EVENING, HOUR, INSULT, evening, exists, old_member, says

MINUTE = 60
SHANGHAI = ZoneInfo("Asia/Shanghai")


async def insults(camp: Stage, first: int, count: int) -> list[bool]:
    """So many people, each once, a minute apart; which of the messages still stand."""
    said = []
    for number in range(first, first + count):
        said.append(await says(camp, old_member(camp, number), INSULT))
        await camp.later(MINUTE)
    return [await exists(camp, each) for each in said]


async def test_ten_measures_an_hour_in_200_then_one_card_asks(database_url: str) -> None:  # F3
    async with evening(database_url, ENFORCED) as camp:
        assert (await camp.group()).member_count >= 200
        assert await insults(camp, 0, 13) == [False] * 10 + [True] * 3
        assert await camp.questions() == ["brake"]
        assert len(await camp.said("刹车|先停", camp.owner)) <= 1
        await camp.press(camp.owner, "继续", camp.owner)
        assert await insults(camp, 20, 1) == [False]


async def test_an_hour_later_the_brake_is_off_by_itself(database_url: str) -> None:  # F3
    async with evening(database_url, ENFORCED) as camp:
        await insults(camp, 0, 11)
        assert await camp.questions() == ["brake"]
        await camp.later(HOUR)
        assert await insults(camp, 20, 1) == [False]


async def test_three_an_hour_in_a_small_group(database_url: str) -> None:  # F3
    async with evening(database_url, ENFORCED, people=20) as camp:
        assert await insults(camp, 0, 5) == [False] * 3 + [True] * 2


async def test_the_whole_installation_has_a_brake(database_url: str) -> None:  # F3
    async with evening(database_url, ENFORCED | {"brakes": {"installation_most": 4}}) as camp:
        assert await insults(camp, 0, 3) == [False] * 3
        first = camp.chat
        camp.chat = await camp.people.chat_create("supergroup", "另一个营", camp.owner)
        for number in range(5):
            await camp.people.join(camp.chat, old_member(camp, number))
        await camp.people.add_bot(camp.chat, admin="all", by=camp.owner)
        await camp.calm()
        assert await insults(camp, 0, 2) == [False, True]
        camp.chat = first
        assert await insults(camp, 10, 1) == [True]


async def test_what_is_only_observed_spends_no_brake(database_url: str) -> None:  # F3
    async with evening(
        database_url, {"insult": {"mode": "observe"}, "blocked_text": {"mode": "enforce", "words": ["快来买"]}}
    ) as camp:
        await insults(camp, 0, 12)
        assert not await exists(camp, await says(camp, old_member(camp, 20), "快来买"))


async def test_a_fine_of_late_evening_ends_by_day_and_leaves_more_than_a_day(database_url: str) -> None:  # F4
    fines = {"ad_without_red_packet": {"mode": "enforce", "fines": True}}
    async with evening(database_url, fines, people=40, at=EVENING + 2 * HOUR + 20 * MINUTE) as camp:
        await camp.later(2 * MINUTE)
        new = await camp.member("新同学")
        await camp.later(MINUTE)
        await camp.press(new, "我已阅读")
        await camp.later(25 * MINUTE)
        said = await says(camp, new, AD)
        assert not await exists(camp, said)
        now = int(camp.app.services.clock.now())
        async with camp.app.services.storage.reading() as unit:
            (due,) = [row.due_at for row in await deadlines.due(unit, now + 30 * DAY, 50) if row.kind == "fine_due"]
        assert due - now >= DAY
        assert f"{datetime.fromtimestamp(due, SHANGHAI):%m-%d %H:%M}" == "03-05 08:00"
