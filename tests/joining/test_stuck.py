"""Nobody is left at the door: whoever has no number says so, and neither side is stuck while answers are missing."""

from tests.joining.door import ASKED, comes, door, inside, last, request, says, told


async def test_whoever_has_no_number_says_so_with_a_press_and_a_leader_decides(database_url: str) -> None:  # J04
    async with door(database_url, mode="roster") as stage:
        wang = await comes(stage)
        await stage.press(wang, "没有编号", wang)
        assert "都收到了" in await last(stage, wang)
        assert "不在名单里，TA 说没有编号" in await last(stage, stage.owner)
        await stage.press(stage.owner, "通过", stage.owner)
        assert await inside(stage, wang)


async def test_whoever_has_no_number_may_say_so_in_words_as_well(database_url: str) -> None:  # J04
    async with door(database_url, mode="roster") as stage:
        wang, anna = await comes(stage), await comes(stage, "Anna", language="en")
        await says(stage, wang, "我没有编号")
        await says(stage, anna, "I have no number, what now?")
        assert [(await request(stage, user)).state for user in (wang, anna)] == ["waiting", "waiting"]
        assert (await request(stage, wang)).answers.tries == 0


async def test_a_command_in_between_loses_no_question(database_url: str) -> None:  # J04
    async with door(database_url, questions=ASKED) as stage:
        wang = await comes(stage)
        for order in ("/menu", "/record", "/appeal"):
            await says(stage, wang, order)
            assert "「07营 学习群」的入群申请还没答完" in await last(stage, wang)
        await says(stage, wang, "/privacy", "老师")
        assert await last(stage, wang) == "（2/3）在哪个城市？"
        await says(stage, wang, "/menu")
        await stage.press(wang, "接着答", wang)
        assert "（2/3）在哪个城市？" in await last(stage, wang)
        await says(stage, wang, "上海", "早起读书")
        assert (await request(stage, wang)).state == "waiting"
        for order in ("/menu", "/start", "/record"):
            await says(stage, wang, order)
            assert "「07营 学习群」的入群申请已经交给营主" in await last(stage, wang)


async def test_start_shows_the_question_and_greets_nobody_with_something_else(database_url: str) -> None:  # J04
    async with door(database_url, mode="roster") as stage:
        wang = await comes(stage)
        await says(stage, wang, "abc", "/start")
        assert "编号" in await last(stage, wang)
        assert "广告" not in await told(stage, wang)


async def test_a_leader_decides_about_somebody_who_still_answers_after_one_more_question(
    database_url: str,
) -> None:  # J06
    async with door(database_url, questions=ASKED) as stage:
        wang, zhao = await comes(stage), await comes(stage, "老赵")
        await says(stage, stage.owner, f"/approve {(await request(stage, wang)).id}")
        assert "王敏 还在答题" in await last(stage, stage.owner)
        assert not await inside(stage, wang), "asked once more"
        await stage.press(stage.owner, "不等了，通过", stage.owner)
        assert await inside(stage, wang)
        await says(stage, stage.owner, f"/decline {(await request(stage, zhao)).id}")
        await stage.press(stage.owner, "不等了，婉拒", stage.owner)
        await stage.later(10)
        assert (await request(stage, zhao)).state == "declined"
        assert "见谅" in await told(stage, zhao)


async def test_whoever_still_answers_stands_in_the_list_of_requests(database_url: str) -> None:  # J06
    async with door(database_url, questions=ASKED, fee="99 元") as stage:
        wang = await comes(stage)
        group = await stage.group()
        await says(stage, stage.owner, f"/approve #{group.id}")
        row = await request(stage, wang)
        await stage.press(stage.owner, f"#{row.id} 王敏（在答题）", stage.owner)
        assert "先按「标记已付」" in await stage.press(stage.owner, "不等了，通过", stage.owner)
        await stage.press(stage.owner, "标记已付", stage.owner)
        await stage.press(stage.owner, "不等了，通过", stage.owner)
        assert await inside(stage, wang)


async def test_the_name_of_who_still_answers_is_not_said_in_the_group(database_url: str) -> None:  # J06
    async with door(database_url, questions=ASKED) as stage:
        wang = await comes(stage)
        await stage.people.post(stage.chat, stage.owner, f"/approve {(await request(stage, wang)).id}")
        await stage.later(3)
        assert "王敏" not in "\n".join(await stage.said())
        assert "王敏 还在答题" in await last(stage, stage.owner)


async def test_the_data_and_the_record_of_who_only_asked_say_the_same(database_url: str) -> None:  # J04
    async with door(database_url, questions=ASKED) as stage:
        wang = await comes(stage)
        await says(stage, wang, "/mydata")
        caption = str((await stage.people.messages(wang))[-1])
        assert "0 个群" in caption
        assert "「07营 学习群」：你的入群申请" in caption


async def test_a_door_that_asks_for_numbers_says_that_the_roster_is_empty(database_url: str) -> None:  # J06
    async with door(database_url) as stage:
        group = await stage.group()
        await says(stage, stage.owner, f"/policy #{group.id} set joining.mode roster")
        assert f"先收名单：/roster #{group.id}" in await last(stage, stage.owner)
