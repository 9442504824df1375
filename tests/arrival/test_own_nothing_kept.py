"""Of a group that nobody let the bot into nothing is kept: not while it waits, and not afterwards."""

import pytest

from tests.app.stage import INSULT
from tests.arrival.owning import MINUTE, START, SUHE, Owned, owned

TITLE, WORDS, MEMBER = "只给我们自己看的群", "这句话谁也不该记下", "不愿意被记的人"
NEVER = ("members", "recent_messages", "welcome_joins", "undecided", "decisions", "entries", "topics", "lockdowns")


async def busy(stage: Owned, chat: int, adder: int) -> int:
    """All that can happen in a group while the bot waits there."""
    user = await stage.people.user_create(MEMBER, username="nobody_keeps_me")
    await stage.people.join(chat, user)
    for said in (WORDS, INSULT, "/record", "/rules", "/lockdown", "菜单", "/start@whoever", "/policy"):
        await stage.people.post(chat, user, said)
    first = await stage.people.post(chat, adder, "公告")
    await stage.people.post(chat, adder, "警告", reply_to=first)
    await stage.people.edit(chat, first, adder, WORDS)
    await stage.people.react(chat, first, user)
    await stage.people.promote(chat, user, by=adder)
    await stage.people.demote(chat, user)
    await stage.people.set_title(chat, TITLE + "二")
    await stage.people.kick(chat, user)
    await stage.people.raid(chat, 12)
    # What cannot be read.
    broken = {"message": {"message_id": "x", "text": WORDS, "date": START, "chat": {"id": chat, "type": "supergroup"}}}
    await stage.people.push_raw_update(broken)
    await stage.calm()
    return user


async def left_of(stage: Owned, *words: object) -> list[str]:
    """Lines of any table that name one of these."""
    return [line for line in (await stage.everything()).splitlines() if any(str(word) in line for word in words)]


async def pending(stage: Owned) -> tuple[int, int]:
    lin = await stage.people.user_create("林晓", username="linxiao")
    await stage.starts(lin)
    return lin, await stage.add(lin, TITLE)


async def test_while_it_waits_nothing_but_the_question_is_written(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin, chat = await pending(stage)
        member = await busy(stage, chat, lin)
        counts = {table: await stage.count(f"SELECT count(*) FROM {table}") for table in NEVER}
        assert counts == dict.fromkeys(NEVER, 0)
        assert await left_of(stage, MEMBER, member, "nobody_keeps_me", WORDS) == []
        assert await stage.said() == [], "and nothing is said in the group"
        assert await stage.state() == "pending"


@pytest.mark.parametrize("how", ["no", "unanswered", "put out", "group gone"])
async def test_afterwards_no_table_names_the_group(database_url: str, how: str) -> None:
    async with owned(database_url) as stage:
        lin, chat = await pending(stage)
        member = await busy(stage, chat, lin)
        if how == "no":
            await stage.press(SUHE, "不要", chat=SUHE)
        elif how == "put out":
            await stage.people.remove_bot(chat, by=lin)
            await stage.calm()
        elif how == "group gone":
            await stage.people.fail_next("leaveChat", mode="error", code=403, description="Forbidden: bot was kicked")
        await stage.later(11 * MINUTE)
        assert await stage.state() == ""
        assert await left_of(stage, TITLE, WORDS, chat, member, MEMBER) == []
        said = await stage.rows("SELECT action, group_id, target_id FROM audit WHERE action = 'group.refused'")
        assert [tuple(row) for row in said] == ([] if how == "put out" else [("group.refused", 0, lin)])


async def test_what_still_comes_from_a_group_it_has_left_makes_no_row(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin, chat = await pending(stage)
        await stage.press(SUHE, "不要", chat=SUHE)
        late = {
            "message_id": 77, "text": WORDS, "date": START, "from": {"id": lin, "is_bot": False, "first_name": "林晓"},
            "chat": {"id": chat, "type": "supergroup", "title": TITLE},
        }  # fmt: skip
        await stage.people.push_raw_update({"message": late})
        await stage.calm()
        assert await left_of(stage, TITLE, WORDS, chat) == []


async def test_brought_again_after_a_no_it_is_asked_about_again(database_url: str) -> None:
    async with owned(database_url) as stage:
        lin, chat = await pending(stage)
        await stage.press(SUHE, "不要", chat=SUHE)
        await stage.people.add_bot(chat, by=lin, admin="all")
        await stage.calm()
        assert await stage.state() == "pending"
        await stage.press(SUHE, "可以", chat=SUHE)
        assert await stage.state() == "active"


async def test_a_group_that_was_served_before_keeps_its_books_when_somebody_else_brings_the_bot_in_vain(
    database_url: str,
) -> None:
    async with owned(database_url) as stage:
        chat = await stage.add(SUHE, "07营")
        lin = await stage.people.user_create("林晓")
        await stage.people.join(chat, lin)
        await stage.people.post(chat, lin, INSULT)
        await stage.calm()
        await stage.people.remove_bot(chat)
        await stage.calm()
        await stage.people.promote(chat, lin)
        await stage.people.add_bot(chat, by=lin, admin="all")
        await stage.calm()
        assert await stage.state() == "pending"
        before = await stage.count("SELECT count(*) FROM entries")
        await stage.press(SUHE, "不要", chat=SUHE)
        assert (await stage.state(), stage.inside()) == ("inactive", False)
        assert before == await stage.count("SELECT count(*) FROM entries") > 0
