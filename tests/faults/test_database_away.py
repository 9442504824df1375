"""The whole bot while its database is full, held or gone: nothing is confirmed meanwhile, nothing lost, no restart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage import Storage, StorageUnavailable
from tests import pg
from tests.app.stage import INSULT, Stage, staged
from tests.bot.away import held
from tests.bot.disk import fill, small_disk
from tests.bot.waiting import lag, until, until_async
from tests.databases import Sqlite
from tests.faults.process import Camp, camp
from tests.figures import Figures

AWAY = "the database is away"
SAID = 80
MOST_LAG = 0.2
RULES = {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}


async def talk(stage: Stage) -> int:
    """A person who says something every few milliseconds, with an insult at the end."""
    lin = await stage.member()
    for number in range(SAID):
        await stage.people.post(stage.chat, lin, f"第{number}天，今天读了《论语》第{number}章")
    await stage.people.post(stage.chat, lin, INSULT)
    return lin


async def nothing_was_lost(stage: Stage, lin: int) -> None:
    await until(lambda: not stage.world.updates.waiting, "all confirmed", seconds=20)
    assert (await stage.known(lin)).messages == SAID + 1
    assert [row.rule for row in await stage.decisions(lin)] == ["insult"]
    assert len(await stage.people.bot_message(stage.chat, "林晓", seconds=15)) > 0
    assert len([act for act in await stage.acts(lin) if act.kind == "Say"]) == 1


async def confirmed_and_unknown(stage: Stage) -> list[int]:
    """Updates that Telegram has forgotten and the books have never seen."""
    waiting = {each.id for each in stage.world.updates.waiting}
    async with stage.app.services.storage.reading() as unit:
        seen = {row[0] for row in await unit.execute(text("SELECT update_id FROM updates_seen"))}
    return [each for each in range(min(seen), stage.world.updates.next_id) if each not in waiting | seen]


@asynccontextmanager
async def full(storage: Storage, place: Path, *, real: bool) -> AsyncIterator[None]:
    """No room at all, on a real disk where one could be mounted, else by SQLite's own limit."""
    if real:
        ballast = fill(place)
        yield
        ballast.unlink()
        return
    await limit(storage, 1)
    yield
    await limit(storage, 1 << 30)


async def limit(storage: Storage, pages: int) -> None:
    """One that is below what is there means what is there."""
    async with storage.unit() as unit:
        await unit.driver.execute(f"PRAGMA max_page_count = {pages}")


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_while_the_disk_is_full_nothing_is_confirmed_and_then_it_goes_on(
    engine_name: str, intake: str, sqlite: Sqlite, tmp_path: Path, caplog: pytest.LogCaptureFixture, figures: Figures
) -> None:
    # D4
    place = tmp_path / "disk"
    with small_disk(place, "16m") as real:
        async with staged(sqlite.fresh(place, migrated=False), RULES, intake=intake) as stage:
            await stage.people.post(stage.chat, await stage.member("王敏"), "早上好")
            await until(lambda: not stage.world.updates.waiting, "all confirmed")
            async with full(stage.app.services.storage, place, real=real):
                lin = await talk(stage)
                await until(lambda: AWAY in caplog.text, "a full disk")
                assert stage.world.updates.waiting
                assert await confirmed_and_unknown(stage) == []
            await nothing_was_lost(stage, lin)
            assert await confirmed_and_unknown(stage) == []
    figures("D4", messages=SAID + 1, lost=0, confirmed_while_full=0, restarts=0)


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_another_programs_lock_loses_nothing_and_the_whole_bot_stays_awake(
    engine_name: str, database_url: str, intake: str, figures: Figures
) -> None:
    # D3
    async with staged(database_url, RULES, intake=intake) as stage, lag() as worst:
        await stage.people.call_made("getChatAdministrators")
        async with held(database_url, 3):
            lin = await talk(stage)
            assert stage.world.updates.waiting
        await nothing_was_lost(stage, lin)
    figures("D3", held_s=3, messages=SAID + 1, lost=0, worst_loop_lag_ms=worst[0] * 1000)
    assert worst[0] < MOST_LAG


async def answers(storage: Storage) -> bool:
    try:
        async with storage.reading() as unit:
            return bool(await unit.scalar(text("SELECT 1")))
    except StorageUnavailable:
        return False


@pytest.mark.parametrize("engine_name", ["postgres"])
async def test_a_database_server_struck_down_under_load_loses_nothing_and_ends_nothing(
    engine_name: str, intake: str, tmp_path: Path, pytestconfig: pytest.Config, figures: Figures
) -> None:
    # D2
    with pg.own_server(pytestconfig.getoption("--postgres")) as server:
        async with camp(tmp_path, server.url, RULES, intake) as stage:
            people = [await stage.member(name) for name in ("林晓", "王敏", "赵")]
            await stage.start()
            for person in people:
                await stage.say(person, *(f"第{number}天打卡完成" for number in range(20)))
            server.down()
            for person in people:
                await stage.say(person, *(f"第{number}天读完一章" for number in range(20)), INSULT)
            await until(lambda: AWAY in stage.bot.last_words(1000), "it notices")
            server.up()
            await until_async(lambda: answers(stage.storage), "the server is back")
            await stage.settled()
            await nothing_is_missing(stage, people)
            assert await stage.bot.stop() == 0
    figures("D2", updates=41 * len(people), lost=0, restarts=0)


async def nothing_is_missing(stage: Camp, people: list[int]) -> None:
    assert +await stage.written() == dict.fromkeys(people, 41)
    assert [(each.user_id, each.rule) for each in await stage.decided()] == [(person, "insult") for person in people]
