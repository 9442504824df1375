"""From a message in a group to an act of the bot, through everything that lies between."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.app.stage import INSULT, Stage, staged


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url) as made:
        yield made


async def test_an_insult_is_deleted_and_its_author_is_told(stage: Stage) -> None:
    lin = await stage.member()
    said = await stage.people.post(stage.chat, lin, INSULT)
    await stage.people.message_deleted(stage.chat, said)
    await stage.people.bot_message(stage.chat, "林晓")
    (decision,) = await stage.decisions(lin)
    assert (decision.rule, decision.step) == ("insult", "remind")


async def test_a_flood_is_one_case(stage: Stage) -> None:
    lin = await stage.member()
    for _ in range(12):
        await stage.people.post(stage.chat, lin, "快来看快来看")
    await stage.people.member_status(stage.chat, lin, "restricted")
    await asyncio.sleep(0.3)
    assert [row.rule for row in await stage.decisions(lin)] == ["flooding"]
    assert len([act for act in await stage.acts(lin) if act.kind == "Say"]) == 1


async def test_what_the_owner_says_is_never_measured(stage: Stage) -> None:  # A3
    await stage.people.post(stage.chat, stage.owner, INSULT)
    lin = await stage.member()
    said = await stage.people.post(stage.chat, lin, INSULT)
    await stage.people.message_deleted(stage.chat, said)
    assert await stage.decisions(stage.owner) == []


async def test_a_stopped_bot_goes_on_where_it_was(database_url: str) -> None:
    async with staged(database_url) as stage:
        lin = await stage.member()
        await stage.people.post(stage.chat, lin, "早")
        await stage.people.call_made("getChatAdministrators")
        app = stage.app
        await app.stop()
        said = await stage.people.post(stage.chat, lin, INSULT)
        await app.start()
        await stage.people.message_deleted(stage.chat, said)
