"""An installation without an operator finds its owner: one link, one person, once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot import roles
from bot.arrival import claims
from bot.roles import Actor
from bot.storage import Unit, open_storage
from bot.storage import roles as stored
from tests.arrival.owning import MINUTE, SHEN, START, SUHE, Owned, owned, printed_link

OWNED = "从现在起这里由你负责"
TAKEN = "已经有管理我的人了"
OVER = "已经过期"


def opening(word: str, who: int) -> Callable[[Unit], Awaitable[str]]:
    return lambda unit: claims.opened(unit, (), word, Actor(who), START + 1)


async def owners(stage: Owned) -> frozenset[int]:
    async with stage.app.services.storage.reading() as unit:
        return await stored.operators(unit)


async def test_whoever_opens_the_link_first_owns_the_installation(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with owned(database_url, (), started=()) as stage:
        said = await stage.starts(SUHE, await printed_link(capsys))
        assert OWNED in said[0]
        assert await owners(stage) == {SUHE}
        assert await stage.count("SELECT count(*) FROM audit WHERE action = 'installation.claimed'") == 1
        # The power is there at once: /status is for operators alone.
        await stage.people.open_private_text(SUHE, "/status")
        await stage.calm()
        assert "数据库" in (await stage.said(chat=SUHE))[-1]


async def test_a_link_opened_twice_or_passed_on_changes_nothing(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with owned(database_url, (), started=()) as stage:
        link = await printed_link(capsys)
        await stage.starts(SUHE, link)
        before = await stage.rows("SELECT * FROM roles"), await stage.rows("SELECT * FROM claims")
        passed_on, again = await stage.starts(SHEN, link), await stage.starts(SUHE, link)
        assert TAKEN in passed_on[0]
        assert "已经由你负责" in again[0]
        assert (await stage.rows("SELECT * FROM roles"), await stage.rows("SELECT * FROM claims")) == before


async def test_a_link_runs_out_after_15_minutes_and_a_new_one_is_printed(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with owned(database_url, (), started=()) as stage:
        old = await printed_link(capsys)
        await stage.later(15 * MINUTE)
        new = await printed_link(capsys)
        assert new != old
        assert OVER in (await stage.starts(SUHE, old))[0]
        assert await owners(stage) == frozenset()
        assert OWNED in (await stage.starts(SUHE, new))[0]


async def test_every_start_prints_a_link_of_its_own_until_somebody_owns_it(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with owned(database_url, (), started=()) as stage:
        old = await printed_link(capsys)
        await stage.restart()
        await stage.calm()
        new = await printed_link(capsys)
        assert OVER in (await stage.starts(SHEN, old))[0]
        await stage.starts(SUHE, new)
        await stage.restart()
        await stage.calm()
        assert "claim_" not in capsys.readouterr().out


async def test_where_the_configuration_names_an_operator_there_is_no_link(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with owned(database_url) as stage:
        assert "claim_" not in capsys.readouterr().out
        assert TAKEN in (await stage.starts(SHEN, "claim_" + "x" * 32))[0]
        assert await owners(stage) == frozenset()


@pytest.mark.parametrize("word", ["claim_", "claim_x", "claim_' OR 1=1 --", "claim_" + "长" * 200])
async def test_a_made_up_link_gives_nothing(database_url: str, word: str) -> None:
    async with owned(database_url, (), started=()) as stage:
        assert OVER in (await stage.starts(SHEN, word))[0]
        assert await owners(stage) == frozenset()


async def test_only_a_hash_of_the_link_is_kept_and_no_log_names_it(
    database_url: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:  # S7
    with caplog.at_level("DEBUG"):
        async with owned(database_url, (), started=()) as stage:
            word = (await printed_link(capsys)).removeprefix("claim_")
            await stage.starts(SUHE, f"claim_{word}")
            assert word not in await stage.everything()
    assert word not in caplog.text
    assert "the link that makes you its owner is on standard output" in caplog.text


async def test_of_two_at_once_one_wins(database_url: str) -> None:
    storage = await open_storage(database_url)
    try:
        word = await storage.write(lambda unit: claims.offer(unit, START))
        people = range(1, 9)
        said = await asyncio.gather(*(storage.write(opening(word, who)) for who in people))
        assert sorted(said) == ["owned"] * 7 + ["yours"]
        async with storage.reading() as unit:
            assert await stored.operators(unit) == {people[said.index("yours")]}
            winner = Actor(people[said.index("yours")])
            assert (await roles.authorize(unit, winner, "command.status", roles.Place())).allowed
    finally:
        await storage.close()
