"""Topics: an answer stays where it was asked, each purpose has its place, and a place that is gone is told of once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.storage import acts, topics
from bot.storage.tables import acts as acts_table
from rules.conduct.effects import Phrase, Planned, Say
from tests.handlers.camp import Camp, camping

POLICY: dict[str, Any] = {"welcome": {"merge_seconds": 5}}


@pytest.fixture
async def forum(database_url: str) -> AsyncIterator[Camp]:
    """A camp that meets in a forum."""
    async with camping(database_url, POLICY) as camp:
        camp.chat = camp.telegram.group = camp.telegram.supergroup("论坛营", kind="forum")
        for person in (camp.leader, camp.lin):
            camp.telegram.do("join", chat=camp.chat, user=person)
        await camp.go()
        camp.clock.advance(60)
        camp.telegram.do("promote", chat=camp.chat, user=camp.leader, rights="all")
        await camp.go()
        yield camp


async def topic(camp: Camp, name: str = "公告栏") -> int:
    thread = int(camp.telegram.do("topic_create", chat=camp.chat, name=name)["thread"])
    await camp.go()
    return thread


def where(camp: Camp, words: str) -> int:
    """The topic of the newest post of the bot with these words."""
    post = next(post for post in reversed(camp.telegram.said(camp.chat)) if words in str(post.get("text", "")))
    return int(post.get("message_thread_id", 0))


async def bound(camp: Camp) -> dict[str, int]:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return await topics.bound(unit, group.id)


async def post(camp: Camp, purpose: str) -> None:
    """The bot says something in the group by itself."""
    group = await camp.group()
    said = Say(words=(Phrase("menu.here_done"),), language="zh_Hans", purpose=purpose)  # type: ignore[arg-type]
    async with camp.storage.unit() as unit:
        await acts.write(
            unit, key=f"test:{camp.clock.now()}", decision_id=None, group_id=group.id, chat_id=group.chat_id,
            user_id=0, planned=[Planned(said)], at=int(camp.clock.now()),
        )  # fmt: skip
    camp.services.outbox.wake()
    await camp.later(5)


async def test_an_answer_goes_to_the_topic_it_was_asked_in(forum: Camp) -> None:
    thread = await topic(forum)
    await forum.says(forum.lin, "/rules", thread=thread)
    assert where(forum, "论坛营") == thread
    await forum.later(5)
    await forum.says(forum.lin, "/help")
    assert where(forum, "/rules") == 0


async def test_what_is_bound_to_a_topic_goes_there(forum: Camp) -> None:
    thread = await topic(forum)
    await forum.says(forum.leader, "/here 打卡", thread=thread)
    assert "打卡" in forum.last()
    assert where(forum, "从现在起") == thread
    await forum.later(70)
    await post(forum, "prompt")
    assert where(forum, "从现在起") == thread


async def test_traditional_and_english_names_work_and_off_frees(forum: Camp) -> None:
    thread = await topic(forum)
    await forum.says(forum.leader, "/here 歡迎", thread=thread)
    await forum.says(forum.leader, "/here announcement", thread=thread)
    assert await bound(forum) == {"welcome": thread, "announcement": thread}
    await forum.says(forum.leader, "/here off", thread=thread)
    assert await bound(forum) == {}
    await forum.later(10)
    await forum.says(forum.leader, "/here 随便什么", thread=thread)
    assert "/here" in forum.last()
    assert await bound(forum) == {}


async def test_general_is_sent_without_a_number(forum: Camp) -> None:
    await forum.says(forum.leader, "/here 打卡")
    assert await bound(forum) == {"checkin": 1}
    await forum.later(70)
    await post(forum, "prompt")
    call = forum.telegram.calls("sendMessage")[-1]
    assert "message_thread_id" not in call["parameters"]


async def test_a_member_binds_nothing(forum: Camp) -> None:  # S8
    thread = await topic(forum)
    await forum.says(forum.lin, "/here 公告", thread=thread)
    assert await bound(forum) == {}


async def test_names_of_topics_are_kept_as_they_change(forum: Camp) -> None:
    thread = await topic(forum, "<b>公告</b>\u202e栏")
    forum.telegram.do("topic_rename", chat=forum.chat, thread=thread, name="新公告栏")
    forum.telegram.do("topic_close", chat=forum.chat, thread=thread)
    await forum.go()
    group = await forum.group()
    async with forum.storage.reading() as unit:
        row = await topics.get(unit, group.id, thread)
    assert row is not None
    assert (row.name, row.closed) == ("新公告栏", True)


async def test_a_closed_topic_is_named_to_leaders_once_and_over_when_it_is_open(forum: Camp) -> None:
    thread = await topic(forum)
    await forum.says(forum.leader, "/here 打卡", thread=thread)
    forum.telegram.do("set_bot_rights", chat=forum.chat, rights=["delete_messages", "restrict_members"])
    forum.telegram.do("topic_close", chat=forum.chat, thread=thread)
    await forum.go()
    for _ in range(2):
        await forum.later(70)
        await post(forum, "prompt")
    assert (await forum.questions()).count("topic_closed") == 1
    assert await bound(forum) == {"checkin": thread}
    forum.telegram.do("topic_reopen", chat=forum.chat, thread=thread)
    await forum.go()
    assert "topic_closed" not in await forum.questions()
    await forum.later(70)
    await post(forum, "prompt")
    assert where(forum, "从现在起") == thread


async def test_a_vanished_topic_is_told_of_once_and_general_takes_over(forum: Camp) -> None:
    thread = await topic(forum)
    await forum.says(forum.leader, "/here 打卡", thread=thread)
    forum.telegram.do("topic_delete", chat=forum.chat, thread=thread)
    await forum.later(70)
    await post(forum, "prompt")
    assert (await forum.questions()).count("topic_gone") == 1
    assert await bound(forum) == {}
    group = await forum.group()
    async with forum.storage.reading() as unit:
        ended = await acts.some(unit, acts_table.c.reason == "thread_gone")
    assert [(row.state, row.act.thread) for row in ended if isinstance(row.act, Say)] == [("refused", thread)]
    await forum.later(70)
    await post(forum, "prompt")
    assert where(forum, "从现在起") == 0
    assert (await forum.questions()).count("topic_gone") == 1
    assert group.state == "active"


async def test_the_panel_shows_where_each_kind_goes_and_frees_it(forum: Camp) -> None:
    thread = await topic(forum)
    await forum.says(forum.leader, "/here 打卡", thread=thread)
    group = await forum.group()
    await forum.starts(forum.leader)
    await forum.later(5)
    await forum.whispers(forum.leader, f"/here #{group.id}")
    assert "公告栏" in forum.last(forum.leader)
    await forum.later(5)
    await forum.presses(forum.leader, "打卡不再指定", forum.leader)
    assert await bound(forum) == {}
    assert "公告栏" not in forum.last(forum.leader)


async def test_a_group_without_topics_has_nothing_to_bind(camp: Camp) -> None:
    await camp.says(camp.leader, "/here 公告")
    assert "没有开启话题" in camp.last()


async def test_a_closed_general_topic_is_named_like_any_other(forum: Camp) -> None:
    forum.telegram.do("set_bot_rights", chat=forum.chat, rights=["delete_messages", "restrict_members"])
    forum.telegram.do("topic_close", chat=forum.chat, thread=1)
    await forum.later(70)
    await post(forum, "prompt")
    assert (await forum.questions()).count("topic_closed") == 1
    await forum.starts(forum.leader)
    await forum.later(5)
    await forum.whispers(forum.leader, f"/inbox #{(await forum.group()).id}")
    assert "General" in forum.said(forum.leader)
