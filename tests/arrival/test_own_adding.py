"""Who may bring the bot to a group: operators and whom they trust; of everybody else an operator is asked first."""

import pytest

from bot.storage import roles
from tests.arrival.owning import MINUTE, SHEN, SUHE, Owned, owned, printed_link

YES, ALWAYS, NO = "可以", "可以，以后也不用问", "不要"
NAME = "<b>群主</b> & \u202e反转 " + "长" * 300


async def stranger(stage: Owned, name: str = "林晓", *, started: bool = False, **given: str) -> int:
    user = await stage.people.user_create(name, **given)
    if started:
        await stage.starts(user)
    return user


async def card(stage: Owned, operator: int = SUHE) -> str:
    return (await stage.said("可以留下吗", chat=operator))[-1]


async def test_an_operator_brings_the_bot_without_a_question(database_url: str) -> None:
    async with owned(database_url) as stage:
        await stage.add(SUHE)
        assert (await stage.state(), stage.inside()) == ("active", True)
        assert await stage.said("可以留下吗", chat=SUHE) == []


async def test_where_anyone_may_add_it_nobody_is_asked(database_url: str) -> None:
    async with owned(database_url, who="anyone") as stage:
        await stage.add(await stranger(stage))
        assert (await stage.state(), stage.inside()) == ("active", True)
        assert await stage.said("可以留下吗", chat=SUHE) == []


async def test_of_somebody_else_the_operator_is_asked_in_private(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage, username="linxiao", started=True)
        await stage.add(lin, "读书会")
        said = await card(stage)
        assert all(part in said for part in ("读书会", "林晓", "@linxiao", str(lin), "2 人", "10 分钟"))
        assert await stage.said() == [], "nothing is said in the group"
        assert "谢谢你请我去「读书会」" in (await stage.said(chat=lin))[-1]
        assert await stage.state() == "pending"


async def test_a_yes_makes_it_a_group_like_any_other(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage)
        await stage.add(lin)
        assert await stage.press(SUHE, YES, chat=SUHE) == "好的，已经办好。"
        group = await stage.group()
        assert (group.state, group.set_up_by, group.owner_id) == ("active", lin, SUHE)
        assert await stage.said("可以留下吗", chat=SUHE) == [], "the card says what came of it"
        other = await stranger(stage, "王敏")
        await stage.people.join(stage.chat, other)
        await stage.people.post(stage.chat, other, "大家好")
        await stage.calm()
        assert (await stage.known(other)).messages == 1


async def test_allowed_once_and_for_all_nobody_is_asked_again_until_it_is_taken_back(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage)
        await stage.add(lin, "07营")
        await stage.press(SUHE, ALWAYS, chat=SUHE)
        await stage.add(lin, "08营")
        assert await stage.state() == "active"
        assert await stage.said("可以留下吗", chat=SUHE) == []
        await stage.press(SUHE, "以后还是先问我", chat=SUHE)
        await stage.add(lin, "09营")
        assert await stage.state() == "pending"


async def test_after_a_no_it_leaves(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage, started=True)
        await stage.add(lin, "读书会")
        await stage.press(SUHE, NO, chat=SUHE)
        assert (await stage.state(), stage.inside()) == ("", False)
        assert "已经退出那个群" in (await stage.said(chat=SUHE))[-1]
        assert "这次没有得到管理我的人的答复" in (await stage.said(chat=lin))[-1]


@pytest.mark.parametrize("started", [(SUHE,), ()], ids=["operator reached", "operator never pressed start"])
async def test_unanswered_for_10_minutes_it_leaves(
    database_url: str, started: tuple[int, ...], caplog: pytest.LogCaptureFixture
) -> None:
    async with owned(database_url, started=started) as stage:
        await stage.add(await stranger(stage))
        await stage.later(9 * MINUTE)
        assert stage.inside()
        await stage.later(2 * MINUTE)
        assert (await stage.state(), stage.inside()) == ("", False)
        assert len(await stage.said("没有人答复", chat=SUHE)) == len(started)
        assert ("no operator can be asked" in caplog.text) == (not started)


async def test_an_operator_who_starts_later_finds_the_question(database_url: str) -> None:
    async with owned(database_url, started=()) as stage:
        await stage.add(await stranger(stage))
        assert any("可以留下吗" in text for text in await stage.starts(SUHE))
        await stage.press(SUHE, YES, chat=SUHE)
        assert await stage.state() == "active"


async def test_whoever_claims_the_installation_meanwhile_is_asked(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with owned(database_url, (), started=()) as stage:
        await stage.add(await stranger(stage))
        said = await stage.starts(SUHE, await printed_link(capsys))
        assert any("可以留下吗" in text for text in said)
        await stage.press(SUHE, YES, chat=SUHE)
        assert await stage.state() == "active"


async def test_unclaimed_it_leaves_after_10_minutes_as_well(database_url: str) -> None:
    async with owned(database_url, (), started=()) as stage:
        await stage.add(await stranger(stage))
        await stage.later(11 * MINUTE)
        assert (await stage.state(), stage.inside()) == ("", False)


async def test_the_name_of_whoever_brought_it_cannot_change_the_card(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage, NAME)
        await stage.add(lin, "<i>群</i> \u202eabc" + "群" * 200)
        said = await card(stage)
        assert "\u202e" not in said
        assert "<b>群主</b>" in said, "shown as it is written, not as markup"
        assert f"id {lin}" in said
        assert "可以留下吗" in said
        await stage.press(SUHE, YES, chat=SUHE)
        assert await stage.state() == "active"


async def test_of_two_operators_the_second_hears_that_it_was_answered(database_url: str) -> None:
    async with owned(database_url, (SUHE, SHEN), started=(SUHE, SHEN)) as stage:
        await stage.add(await stranger(stage))
        posts = {who: await stage.people.bot_message(who, button=YES) for who in (SUHE, SHEN)}
        await stage.people.press(SUHE, posts[SUHE]["message_id"], SUHE, YES)
        await stage.people.press(SHEN, posts[SHEN]["message_id"], SHEN, NO)
        await stage.calm()
        assert "已经有人答复过" in (await stage.people.alerts(SHEN))[-1]["text"]
        assert (await stage.state(), stage.inside()) == ("active", True)
        assert await stage.said("可以留下吗", chat=SHEN) == []


async def test_nobody_but_an_operator_can_say_yes(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage, started=True)
        await stage.add(lin)
        data = (await stage.people.bot_message(SUHE, button=YES))["reply_markup"]["inline_keyboard"][0][0][
            "callback_data"
        ]
        await stage.people.press(lin, (await stage.people.bot_message(lin))["message_id"], lin, data=data)
        await stage.calm()
        assert await stage.state() == "pending"


async def test_an_operator_who_gives_it_rights_there_lets_it_in(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage)
        await stage.add(lin, admin=None)
        await stage.people.join(stage.chat, SUHE)
        await stage.people.promote(stage.chat, SUHE, by=lin)
        await stage.people.do("set_bot_rights", chat=stage.chat, rights="all", by=SUHE)
        await stage.calm()
        assert (await stage.group()).set_up_by == SUHE
        assert await stage.state() == "active"


async def test_a_group_nobody_told_of_waits_too_unless_an_operator_leads_it(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage)
        await stage.app.stop()
        for leader, expected in ((lin, "pending"), (SUHE, "active")):
            chat = await stage.people.chat_create("supergroup", "07营", leader)
            await stage.people.add_bot(chat, by=leader, admin="all")
            stage.world.updates.waiting.clear()
            await stage.people.post(chat, leader, "有人吗")
            await stage.restart()
            await stage.calm()
            assert await stage.state(chat) == expected
            assert (await stage.count("SELECT count(*) FROM members") == 0) == (expected == "pending")


async def test_the_adder_role_gives_nothing_else(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stranger(stage)
        await stage.add(lin)
        await stage.press(SUHE, ALWAYS, chat=SUHE)
        async with stage.app.services.storage.reading() as unit:
            assert await roles.operators(unit) == frozenset()
        await stage.people.open_private_text(lin, "/status")
        await stage.calm()
        assert not any("数据库" in text for text in await stage.said(chat=lin))
