"""Whoever asks to join is asked in private, one question at a time, and leaders decide with the answers before them."""

from tests.joining.door import ASKED, asks, comes, door, inside, last, request, says, told


async def test_three_questions_are_answered_one_at_a_time_and_a_leader_lets_them_in(database_url: str) -> None:  # J04
    async with door(database_url, questions=ASKED) as stage:
        wang = await comes(stage)
        assert "王敏，你好" in await told(stage, wang)
        assert (await last(stage, wang)).endswith("（1/3）你的职业？")
        await says(stage, wang, "老师")
        assert await last(stage, wang) == "（2/3）在哪个城市？"
        await says(stage, wang, "上海", "早起读书")
        assert "24 小时内" in await last(stage, wang)
        card = await last(stage, stage.owner)
        assert "回答了 3/3" in card  # J07
        assert "在哪个城市？ → 上海" in card
        assert not await inside(stage, wang)
        assert "办好" in await stage.press(stage.owner, "通过", stage.owner)
        assert await inside(stage, wang)
        assert "已经进入" in await told(stage, wang)
        assert "通过了" in await last(stage, stage.owner)
        assert await stage.questions() == []
        row = await request(stage, wang)
        assert (row.state, row.decided_by, row.reason) == ("approved", stage.owner, "desk")


async def test_off_by_default_requests_are_left_to_telegrams_administrators(database_url: str) -> None:
    async with door(database_url, mode="off", questions=ASKED) as stage:
        wang = await comes(stage)
        assert await told(stage, wang) == ""
        assert await stage.questions() == []


async def test_whoever_is_declined_reads_kind_words_and_may_ask_again(database_url: str) -> None:  # J04
    async with door(database_url, questions=ASKED[:1], decline_text="名额满了，下期见。") as stage:
        wang = await comes(stage)
        await says(stage, wang, "老师")
        await stage.press(stage.owner, "婉拒", stage.owner)
        await stage.later(10)
        assert "名额满了，下期见。\n想再试的话" in await last(stage, wang)
        assert not await inside(stage, wang)
        await asks(stage, wang)
        assert "你的职业？" in await last(stage, wang)
        await says(stage, wang, "工程师")
        assert "申请过一次" in await last(stage, stage.owner)


async def test_a_question_too_many_may_be_skipped_and_no_more(database_url: str) -> None:  # J07
    async with door(database_url, questions=ASKED, answers_needed=2) as stage:
        wang = await comes(stage)
        await stage.press(wang, "跳过", wang)
        assert await last(stage, wang) == "（2/3）在哪个城市？"
        post = (await stage.people.messages(wang))[-1]
        assert "reply_markup" not in post, "the next one is needed"
        await says(stage, wang, "上海", "早起")
        assert "回答了 2/2" in await last(stage, stage.owner)


async def test_after_five_minutes_they_go_on_by_the_link(database_url: str) -> None:  # J04
    async with door(database_url, questions=ASKED[:2], accept_rules=True) as stage:
        wang = await comes(stage)
        await stage.later(400)
        post = await stage.people.bot_message(wang, button="我同意")
        await stage.people.press(wang, post["message_id"], wang, "我同意")
        await stage.calm()
        assert "start=join_" in (await stage.people.alerts(wang))[-1]["url"]
        await stage.people.start(wang, f"join_{(await stage.group()).id}")
        await stage.calm()
        assert "（1/2）你的职业？" in await told(stage, wang)
        await says(stage, wang, "老师", "上海")
        assert "回答了 2/2" in await last(stage, stage.owner)


async def test_a_restart_between_two_answers_loses_none(database_url: str) -> None:  # J04
    async with door(database_url, questions=ASKED[:2]) as stage:
        wang = await comes(stage)
        await says(stage, wang, "老师")
        await stage.restart()
        await says(stage, wang, "上海")
        card = await last(stage, stage.owner)
        assert "你的职业？ → 老师" in card
        assert "在哪个城市？ → 上海" in card


async def test_a_bot_that_was_away_for_five_minutes_tells_leaders_how_to_reach_them(
    database_url: str,
) -> None:  # J04
    async with door(database_url, questions=ASKED[:1]) as stage:
        await stage.app.stop()
        wang = await stage.people.user_create("王敏")
        await stage.people.join_request(stage.chat, wang)
        stage.pass_(600)
        await stage.restart()
        await stage.calm()
        assert await told(stage, wang) == ""
        assert "没能问 TA" in await last(stage, stage.owner)
        await stage.people.start(wang, f"join_{(await stage.group()).id}")
        await stage.calm()
        await says(stage, wang, "老师")
        assert "你的职业？ → 老师" in await last(stage, stage.owner)
        await stage.press(stage.owner, "通过", stage.owner)
        assert await inside(stage, wang)


async def test_what_nobody_answered_within_a_day_is_left_to_leaders(database_url: str) -> None:
    async with door(database_url, questions=ASKED) as stage:
        wang = await comes(stage)
        await says(stage, wang, "老师")
        await stage.later(25 * 3600)
        assert await stage.questions() == ["join"]
        assert "回答了 1/3" in await last(stage, stage.owner)
        assert (await request(stage, wang)).state == "waiting"


async def test_everybody_is_asked_in_the_language_of_their_telegram(database_url: str) -> None:
    async with door(database_url, questions=ASKED[:1], quiz=["Which?|*this|that"]) as stage:
        anna = await comes(stage, "Anna", language="en")
        assert "Hello Anna, thank you for wanting to join" in await told(stage, anna)
        assert "There are 2 short steps" in await told(stage, anna)
        await says(stage, anna, "teacher")
        assert "Test 1/1: Which?" in await last(stage, anna)


async def test_what_is_no_answer_is_asked_for_again(database_url: str) -> None:
    async with door(database_url, questions=ASKED[:1]) as stage:
        wang = await comes(stage)
        await says(stage, wang, "很" * 301)
        assert "300 个字以内" in await last(stage, wang)
        await stage.people.post(wang, wang, media={"kind": "photo"})
        await stage.later(3)
        assert "请用文字回答" in await last(stage, wang)
        await says(stage, wang, "老师")
        assert "回答了 1/1" in await last(stage, stage.owner)


async def test_a_start_of_ones_own_shows_the_question_that_is_open(database_url: str) -> None:
    async with door(database_url, questions=ASKED[:2]) as stage:
        wang = await comes(stage)
        await says(stage, wang, "老师")
        await stage.later(3 * 3600)
        await stage.people.start(wang)
        await stage.later(3)
        assert (await told(stage, wang)).count("（2/2）在哪个城市？") == 2
        await says(stage, wang, "上海")
        assert "回答了 2/2" in await last(stage, stage.owner)


async def test_a_link_to_nothing_says_what_to_do(database_url: str) -> None:
    async with door(database_url, questions=ASKED) as stage:
        for number, word in enumerate(("join_1", "join_99", "join_x", "join_" + "9" * 40)):
            user = await stage.people.user_create(f"路人{number}")
            await stage.people.start(user, word)
            await stage.later(3)
            assert "先用邀请链接申请入群" in await told(stage, user)
