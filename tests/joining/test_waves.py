"""Very many requests at once: leaders are told of them once, by day, and answer them together."""

from tests.joining.door import audited, comes, door, inside, last, leader, request, says


async def test_two_hundred_at_once_are_three_cards_and_one_line_that_counts(database_url: str) -> None:
    async with door(database_url) as stage:
        before = len(await stage.said(chat=stage.owner))
        for n in range(60):
            user = await stage.people.user_create(f"路人{n}")
            await stage.people.join_request(stage.chat, user)
        await stage.calm()
        said = (await stage.said(chat=stage.owner))[before:]
        assert len(said) == 4
        assert "有 60 个入群申请在等" in said[-1]
        assert len(await stage.questions()) == 60
        await stage.press(stage.owner, "看看是谁", stage.owner)
        assert "60 个申请在等" in await last(stage, stage.owner)
        row = await request(stage, user)
        await says(stage, stage.owner, f"/approve #{(await stage.group()).id} {row.id}")
        assert await inside(stage, user)


async def test_a_wave_is_declined_together_after_a_question_and_by_two_people(database_url: str) -> None:
    async with door(database_url) as stage:
        helper = await leader(stage)
        people = [await stage.people.user_create(f"路人{n}") for n in range(22)]
        for user in people:
            await stage.people.join_request(stage.chat, user)
        await stage.calm()
        for presser in (stage.owner, helper):
            await says(stage, presser, f"/approve #{(await stage.group()).id}")
            await stage.press(presser, "全部婉拒……", presser)
            assert "有 22 个申请会被婉拒" in await last(stage, presser)
            answered = await stage.press(presser, "确认婉拒 22 个", presser)
            if presser == stage.owner:
                assert "22" in answered, "a second person is asked for"
                assert len(await stage.questions()) == 22
        await stage.later(10)
        assert await stage.questions() == []
        assert {(await request(stage, user)).state for user in people} == {"declined"}
        assert len(await audited(stage, "join.decline")) == 22


async def test_by_night_nobodys_telephone_rings_and_in_the_morning_one_line_counts(database_url: str) -> None:
    async with door(database_url) as stage:
        await stage.later(14 * 3600)
        before = len(await stage.said(chat=stage.owner))
        for n in range(4):
            await comes(stage, f"路人{n}")
            await stage.later(60)
        assert len(await stage.said(chat=stage.owner)) == before
        assert len(await stage.questions()) == 4
        await stage.later(9 * 3600)
        said = (await stage.said(chat=stage.owner))[before:]
        assert [line for line in said if "有 4 个入群申请在等" in line]
        assert len([line for line in said if "入群申请 #" in line]) == 0, "and no card for each"


async def test_whoever_asks_after_the_question_was_shown_is_not_declined_with_the_others(database_url: str) -> None:
    async with door(database_url) as stage:
        people = [await stage.people.user_create(f"路人{n}") for n in range(5)]
        for user in people:
            await stage.people.join_request(stage.chat, user)
        await stage.calm()
        await says(stage, stage.owner, f"/approve #{(await stage.group()).id}")
        await stage.press(stage.owner, "全部婉拒……", stage.owner)
        late = await comes(stage, "晚到的")
        await stage.press(stage.owner, "确认婉拒 5 个", stage.owner)
        await stage.later(10)
        assert {(await request(stage, user)).state for user in people} == {"declined"}
        assert (await request(stage, late)).state == "waiting"
