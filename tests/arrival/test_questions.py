"""A question nobody answers is repeated to volunteers once, by day, without its words (F05)."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from sqlalchemy import select

from bot.speech import questions
from bot.storage import questions as stored
from bot.storage import roles
from bot.storage.tables import metadata
from rules.conduct.effects import DAY
from tests.app.stage import Stage
from tests.programme.conftest import NINE
from tests.programme.conftest import camping as camping

MINUTE = 60
ON = {"questions": {"enabled": True, "minutes": 30}}
ASKED = "请问今天的作业在哪里交呀？"
Camping = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(ON) as made:
        yield made


async def volunteer(camp: Stage, *, started: bool = True) -> int:
    user, group = await camp.member("志愿者小满"), await camp.group()
    await camp.calm()
    if started:
        await camp.people.start(user)
    async with camp.app.services.storage.unit() as unit:
        await roles.grant(unit, group.id, user, "volunteer", camp.owner, 0)
    await camp.calm()
    return user


async def test_after_half_an_hour_a_volunteer_is_told_once_and_finds_the_way(camp: Stage) -> None:  # F05
    helper, lin = await volunteer(camp), await camp.member()
    asked = await camp.people.post(camp.chat, lin, ASKED)
    await camp.later(29 * MINUTE)
    assert await camp.said("还没有人接", helper) == []
    await camp.later(2 * MINUTE)
    (said,) = await camp.said("还没有人接", helper)
    assert "林晓" in said
    post = await camp.people.bot_message(helper, button="去看看 林晓")
    (button,) = post["reply_markup"]["inline_keyboard"][0]
    assert button["url"].endswith(f"/{asked}")
    await camp.later(5 * 60 * MINUTE)
    assert len(await camp.said("还没有人接", helper)) == 1


async def test_a_reply_or_a_word_of_a_leader_is_an_answer(camp: Stage) -> None:  # F05
    helper, lin, other = await volunteer(camp), await camp.member(), await camp.member("阿彩")
    first = await camp.people.post(camp.chat, lin, ASKED)
    await camp.people.post(camp.chat, other, "在群文件里", reply_to=first)
    await camp.later(10 * MINUTE)
    await camp.people.post(camp.chat, lin, "那证书什么时候发呢？")
    await camp.people.post(camp.chat, camp.owner, "月底就发")
    await camp.calm()
    await camp.later(40 * MINUTE)
    assert await camp.said("还没有人接", helper) == []
    group = await camp.group()
    async with camp.app.services.storage.reading() as unit:
        counted = await questions.counted(unit, group.id, NINE - DAY)
    assert (counted.asked, counted.answered) == (2, 2)


async def test_talk_of_others_and_ones_own_words_are_no_answer(camp: Stage) -> None:  # F05
    helper, lin, other = await volunteer(camp), await camp.member(), await camp.member("阿彩")
    asked = await camp.people.post(camp.chat, lin, ASKED)
    await camp.people.post(camp.chat, other, "今天的课真好听")
    await camp.people.post(camp.chat, lin, "有人在吗", reply_to=asked)
    await camp.calm()
    await camp.later(31 * MINUTE)
    assert len(await camp.said("还没有人接", helper)) == 1


async def test_several_questions_share_one_post_and_the_group_hears_nothing(camp: Stage) -> None:  # F05, quiet
    helper, lin = await volunteer(camp), await camp.member()
    await camp.calm()
    before = len(await camp.said())
    for text in (ASKED, "直播有回放吗？", "怎么请假一天呢？"):
        await camp.people.post(camp.chat, lin, text)
    await camp.calm()
    await camp.later(31 * MINUTE)
    (said,) = await camp.said("还没有人接", helper)
    assert "有 3 个问题" in said
    assert len(await camp.said()) == before


async def test_at_night_nobody_is_woken(camping: Camping) -> None:  # F05
    async with camping(ON, at=NINE + 12 * 60 * MINUTE + 45 * MINUTE) as camp:  # 21:45
        helper, lin = await volunteer(camp), await camp.member()
        await camp.people.post(camp.chat, lin, ASKED)
        await camp.later(60 * MINUTE)
        assert await camp.said("还没有人接", helper) == []
        await camp.later(9 * 60 * MINUTE + 14 * MINUTE)
        await camp.later(2 * MINUTE)
        assert len(await camp.said("还没有人接", helper)) == 1


async def test_without_a_volunteer_who_can_be_written_to_it_stays_for_the_digest(camp: Stage) -> None:  # F05
    helper, lin = await volunteer(camp, started=False), await camp.member()
    await camp.people.post(camp.chat, lin, ASKED)
    await camp.later(31 * MINUTE)
    assert await camp.said("还没有人接", helper) == []
    group = await camp.group()
    async with camp.app.services.storage.reading() as unit:
        lines = await questions.digest(unit, group, NINE - DAY)
    assert [line.key for line in lines] == ["faq.digest", "faq.digest_left"]


async def test_what_was_asked_is_kept_nowhere(camp: Stage) -> None:  # S9
    lin = await camp.member()
    await camp.people.post(camp.chat, lin, "请问金丝雀canary的作业在哪里交呀？")
    await camp.later(31 * MINUTE)
    async with camp.app.services.storage.reading() as unit:
        for table in metadata.sorted_tables:
            for row in await unit.execute(select(table)):
                assert not any("canary" in str(value) for value in row), table.name


async def test_off_by_default_nothing_is_noted(camping: Camping) -> None:  # F05
    async with camping() as camp:
        lin = await camp.member()
        await camp.people.post(camp.chat, lin, ASKED)
        await camp.calm()
        group = await camp.group()
        async with camp.app.services.storage.reading() as unit:
            assert await stored.since(unit, group.id, 0) == []


async def test_after_an_outage_what_was_answered_meanwhile_is_not_asked_again(camp: Stage) -> None:  # F05, fairness 5
    helper, lin, other = await volunteer(camp), await camp.member(), await camp.member("阿彩")
    asked = await camp.people.post(camp.chat, lin, ASKED)
    await camp.calm()
    await camp.people.post(camp.chat, other, "在群文件里", reply_to=asked)
    camp.pass_(60 * MINUTE)
    await camp.restart()
    await camp.later(5 * MINUTE)
    assert await camp.said("还没有人接", helper) == []


async def test_what_was_written_before_is_no_answer_when_it_is_edited(camp: Stage) -> None:  # F05
    helper, lin = await volunteer(camp), await camp.member()
    before = await camp.people.post(camp.chat, camp.owner, "大家早上好")
    await camp.people.post(camp.chat, lin, ASKED)
    await camp.people.edit(camp.chat, before, camp.owner, "大家早上好呀")
    await camp.calm()
    await camp.later(31 * MINUTE)
    assert len(await camp.said("还没有人接", helper)) == 1


async def test_after_the_upgrade_no_stranger_stands_for_a_question(camping: Camping) -> None:  # A4
    async with camping(ON, kind="group") as camp:
        lin = await camp.member()
        await camp.people.post(camp.chat, lin, ASKED)
        await camp.calm()
        camp.chat = await camp.people.upgrade(camp.chat)
        await camp.calm()
        group = await camp.group()
        async with camp.app.services.storage.reading() as unit:
            assert await stored.waiting(unit, group.id) == []
