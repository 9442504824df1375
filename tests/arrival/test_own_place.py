"""The bot's place in a group changes: each change is told once, to whoever can do something about it."""

import pytest

from bot.storage import arrivals
from tests.app.stage import INSULT
from tests.arrival.owning import MINUTE, SHEN, SUHE, Owned, owned

NO_RIGHTS = "还缺需要的权限"


async def told(stage: Owned, pattern: str, who: int = SUHE) -> int:
    return len(await stage.said(pattern, chat=who))


async def again(stage: Owned) -> None:
    """Telegram delivers everything twice from now on."""
    await stage.people.duplicate_updates(2)


async def test_demoted_it_says_once_what_is_missing_and_nothing_in_the_group(database_url: str) -> None:  # A1
    async with owned(database_url) as stage:
        await again(stage)
        await stage.add(SUHE)
        await stage.people.demote(stage.chat, stage.world.bot_id)
        await stage.later(MINUTE)
        assert await told(stage, NO_RIGHTS) == 1
        assert await stage.said() == []


async def test_put_out_by_somebody_whoever_set_it_up_hears_how_to_bring_it_back(database_url: str) -> None:  # A2
    async with owned(database_url) as stage:
        await again(stage)
        await stage.add(SUHE, "07营 <b>夜猫子</b>")
        boss = await stage.people.user_create("班长")
        await stage.people.join(stage.chat, boss)
        await stage.people.promote(stage.chat, boss)
        await stage.calm()
        await stage.people.remove_bot(stage.chat, by=boss)
        await stage.later(MINUTE)
        assert await told(stage, "班长 刚刚把我移出了「07营 <b>夜猫子</b>」") == 1
        post = await stage.people.bot_message(SUHE, button="请我回来")
        assert "startgroup" in post["reply_markup"]["inline_keyboard"][0][0]["url"]


async def test_whoever_set_it_up_and_puts_it_out_again_needs_no_news(database_url: str) -> None:
    async with owned(database_url) as stage:
        await stage.add(SUHE)
        await stage.people.remove_bot(stage.chat, by=SUHE)
        await stage.calm()
        assert await told(stage, "移出") == 0


async def test_brought_back_by_another_person_it_is_theirs_from_now_on(database_url: str) -> None:  # A2
    async with owned(database_url, (SUHE, SHEN), started=(SUHE, SHEN)) as stage:
        await again(stage)
        await stage.add(SUHE)
        await stage.people.join(stage.chat, SHEN)
        await stage.people.promote(stage.chat, SHEN)
        await stage.calm()
        before = await stage.group()
        await stage.people.remove_bot(stage.chat, by=SHEN)
        await stage.later(MINUTE)
        await stage.people.add_bot(stage.chat, by=SHEN, admin="all")
        await stage.later(MINUTE)
        after = await stage.group()
        assert (after.id, after.state, after.set_up_by) == (before.id, "active", SHEN)
        assert await told(stage, "的设置", SHEN) == 1
        assert await told(stage, "移出了") == 1


@pytest.mark.parametrize(
    "answer", ["Forbidden: the group chat was deleted", "Forbidden: bot was kicked from the group chat"]
)
async def test_a_group_that_is_gone_is_told_once_and_nothing_more_is_tried(
    database_url: str, answer: str
) -> None:  # A3
    async with owned(database_url) as stage:
        await stage.add(SUHE)
        lin = await stage.member()
        await stage.calm()
        for method in ("deleteMessage", "deleteMessages"):
            await stage.people.fail_next(method, mode="error", code=403, description=answer)
        await stage.people.post(stage.chat, lin, INSULT)
        await stage.people.post(stage.chat, lin, INSULT)
        await stage.later(MINUTE)
        assert await stage.state() == "inactive"
        assert await told(stage, "我进不去了") == 1


async def test_added_to_a_channel_it_takes_nobody_for_having_started(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stage.people.user_create("林晓")
        channel = await stage.people.chat_create("channel", "公告频道", lin)
        await stage.people.add_bot(channel, by=lin, admin="all")
        await stage.calm()
        assert await stage.rows("SELECT * FROM users WHERE user_id = :who", who=lin) == []
        assert await stage.state(channel) == ""


async def test_a_yes_for_a_group_it_was_put_out_of_meanwhile_does_nothing(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stage.people.user_create("林晓")
        await stage.add(lin)
        post = await stage.people.bot_message(SUHE, button="可以")
        await stage.people.remove_bot(stage.chat, by=lin)
        await stage.people.press(SUHE, post["message_id"], SUHE, "可以")
        await stage.calm()
        assert await stage.state() == ""
        assert (await stage.people.alerts(SUHE))[-1]["text"]


async def test_rights_taken_while_it_waits_are_known_when_it_is_let_in(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stage.people.user_create("林晓")
        await stage.add(lin)
        await stage.people.demote(stage.chat, stage.world.bot_id, by=lin)
        await stage.calm()
        await stage.press(SUHE, "可以", chat=SUHE)
        group = await stage.group()
        assert (group.state, group.bot_status, group.bot_rights) == ("active", "member", frozenset())
        await stage.people.post(stage.chat, await stage.member(), INSULT)
        await stage.calm()
        assert await stage.state() == "active"


# Basic groups --------------------------------------------------------------------------------------------------------


async def test_in_a_basic_group_it_says_what_cannot_be_done_and_after_the_upgrade_it_is_done(database_url: str) -> None:
    async with owned(database_url) as stage:
        await stage.add(SUHE, kind="group")
        assert await told(stage, "这还是普通群") == 1
        lin = await stage.member()
        await stage.later(MINUTE)
        for _ in range(6):
            await stage.people.post(stage.chat, lin, "快来看快来看")
        await stage.calm()
        waits = await stage.rows("SELECT state, cause FROM acts WHERE kind = 'Restrict'")
        assert [tuple(row) for row in waits] == [("held", "supergroup")]
        await again(stage)
        stage.chat = await stage.people.upgrade(stage.chat)
        await stage.later(MINUTE)
        assert await told(stage, "已经升级成超级群") == 1
        assert [row[0] for row in await stage.rows("SELECT state FROM acts WHERE kind = 'Restrict'")] == ["done"]
        assert (await stage.people.member(stage.chat, lin))["status"] == "restricted"


async def test_a_group_that_moves_while_an_operator_is_asked_is_still_one_question(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stage.people.user_create("林晓")
        await stage.add(lin, kind="group", admin=None)
        stage.chat = await stage.people.upgrade(stage.chat)
        await stage.later(MINUTE)
        assert await told(stage, "可以留下吗") == 1
        await stage.later(10 * MINUTE)
        assert (await stage.state(), stage.inside()) == ("", False)
        assert await stage.count("SELECT count(*) FROM groups") == 0


async def test_let_in_again_before_it_could_leave_it_stays(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin = await stage.people.user_create("林晓")
        await stage.add(SUHE)
        await stage.people.remove_bot(stage.chat, by=SUHE)
        await stage.calm()
        await stage.people.add_bot(stage.chat, by=lin, admin="all")
        await stage.calm()
        await stage.people.fail_next("leaveChat", code=429, retry_after=7200)
        await stage.press(SUHE, "不要", chat=SUHE)
        assert await stage.state() == "refused"
        await stage.people.remove_bot(stage.chat, by=lin)
        await stage.people.add_bot(stage.chat, by=SUHE, admin="all")
        await stage.calm()
        await stage.later(2 * 24 * 60 * MINUTE)
        assert (await stage.state(), stage.inside()) == ("active", True)


async def test_a_group_that_came_when_anyone_might_bring_the_bot_is_kept_whoever_brings_it_back(
    database_url: str,
) -> None:
    async with owned(database_url) as stage:
        lin = await stage.people.user_create("林晓")
        await stage.add(SUHE)
        group = await stage.group()
        async with stage.app.services.storage.unit() as unit:
            await arrivals.change(unit, group.id, adder_id=0)
        await stage.people.remove_bot(stage.chat, by=SUHE)
        await stage.calm()
        await stage.people.add_bot(stage.chat, by=lin, admin="all")
        await stage.calm()
        await stage.later(20 * MINUTE)
        assert (await stage.state(), stage.inside()) == ("inactive", False)
        assert (await stage.group()).id == group.id
