"""One instance at a time may write for a bot; the others wait, and who has lost its turn notices."""

import asyncio
from contextlib import suppress

import asyncpg
import pytest

from bot import metrics
from bot.storage import LeaseLost, SchemaInUse, StorageError, Unit, address, migrate, seen
from bot.storage.lease import look
from tests.bot.away import away, held
from tests.bot.storage.making import AT
from tests.bot.storage.turns import BOT, HANG, OTHER_BOT, QUICK, Turns, on_postgres, on_sqlite
from tests.bot.waiting import until, until_async

KEEPER = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted"

BREAK_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dengta lease'"


async def test_the_first_has_its_turn_at_once_and_the_second_waits_until_it_is_given_back(turns: Turns) -> None:
    # I1
    first = await turns.holder()
    assert metrics.lease_held._value.get() == 1
    async with turns.waiting() as second:
        await asyncio.sleep(1.5 * HANG)
        assert (first.lease.held, second.lease.held) == (True, False)
        await first.lease.release()
        await until(lambda: second.lease.held, "the second has its turn", seconds=5)
        assert await second.writes(1)
        assert not await first.writes(2)


async def test_a_process_that_hangs_is_taken_over_and_shut_out(turns: Turns, caplog: pytest.LogCaptureFixture) -> None:
    # I2
    first = await turns.instance()
    await first.lease.acquire()
    async with turns.waiting() as second:
        await until(lambda: second.lease.held, "the second takes over", seconds=10)
    assert "has not answered for 2 s: this one takes over" in caplog.text
    assert not await first.writes(1)
    assert not first.lease.held
    with pytest.raises(LeaseLost):
        await first.lease.proven()
    with pytest.raises(LeaseLost):
        await asyncio.wait_for(first.lease.keep(), 2)
    assert await second.writes(2)
    assert await second.epoch() == 2


async def test_who_has_lost_its_turn_and_does_not_know_asks_before_it_sends(turns: Turns) -> None:
    # I2
    first = await turns.instance()
    await first.lease.acquire()
    async with turns.waiting() as second:
        await until(lambda: second.lease.held, "the second takes over", seconds=10)
    with pytest.raises(LeaseLost):
        await first.lease.proven()


async def test_the_task_that_keeps_the_turn_ends_when_a_unit_finds_it_lost(turns: Turns) -> None:
    # I2
    first = await turns.instance(patience=QUICK._replace(beat=60.0))
    keeping = first.lease.keep()
    await first.lease.acquire()
    async with turns.waiting() as second:
        await until(lambda: second.lease.held, "the second takes over", seconds=10)
    assert not await first.writes(1)
    with pytest.raises(LeaseLost):
        await asyncio.wait_for(keeping, 2)


async def test_nothing_of_a_unit_that_was_shut_out_is_left_whatever_caught_its_error(turns: Turns) -> None:
    # I2
    first = await turns.instance()
    await first.lease.acquire()
    async with turns.waiting() as second:
        await until(lambda: second.lease.held, "the second takes over", seconds=10)

    async def careless(unit: Unit) -> None:
        for update in (1, 2):
            with suppress(Exception):
                await seen.mark(unit, BOT, [update], AT)

    with pytest.raises(LeaseLost):
        await first.storage.write(careless)
    async with second.storage.unit() as unit:
        assert await seen.mark(unit, BOT, [1, 2], AT) == {1, 2}


async def test_reading_is_open_to_all_and_a_tool_without_a_turn_writes(turns: Turns) -> None:
    await turns.holder()
    tool = await turns.instance()
    assert await tool.writes(1)
    assert await tool.epoch() == 1


async def test_bots_of_one_database_do_not_wait_for_each_other(turns: Turns) -> None:
    await turns.holder()
    other = await turns.holder(OTHER_BOT)
    assert other.lease.held


async def test_a_busy_holder_keeps_its_turn(turns: Turns) -> None:
    first = await turns.holder()
    async with turns.waiting() as second:
        end = asyncio.get_running_loop().time() + 2 * HANG
        update = 0
        while asyncio.get_running_loop().time() < end:
            update += 1
            assert await first.writes(update)
            await asyncio.sleep(0)
        assert (first.lease.held, second.lease.held) == (True, False)


async def test_a_database_that_is_away_takes_no_turn_from_who_has_it(turns: Turns) -> None:
    # D2
    first = await turns.holder()
    async with turns.waiting() as second:
        async with away(turns.url):
            await asyncio.sleep(1.5 * HANG)
        await until_async(lambda: first.writes(1), "it writes again", seconds=15)
        await asyncio.sleep(HANG / 2)
        assert (first.lease.held, second.lease.held) == (True, False)


@on_sqlite
async def test_it_keeps_its_turn_while_another_program_holds_the_database(turns: Turns) -> None:
    # D3
    first = await turns.holder()
    async with turns.waiting() as second, held(turns.url, 1.5 * HANG):
        await asyncio.sleep(1.4 * HANG)
        assert (first.lease.held, second.lease.held) == (True, False)
        await asyncio.wait_for(first.lease.proven(), 5)


@on_postgres
async def test_a_broken_connection_is_made_again_before_anybody_takes_the_turn(turns: Turns) -> None:
    first = await turns.instance(patience=QUICK._replace(beat=60.0, trust=60.0, hang=200.0))
    await first.begin()
    server = await asyncpg.connect(turns.url)
    keeper = await server.fetchval(KEEPER)
    assert await server.fetchval("SELECT pg_terminate_backend($1)", keeper)

    async def back() -> bool:
        return await server.fetchval(KEEPER) not in (None, keeper)

    await until_async(back, "it holds its lock again")
    await server.close()
    async with turns.waiting() as second:
        await asyncio.sleep(0.5 * HANG)
        assert (first.lease.held, second.lease.held) == (True, False)


async def test_who_took_the_turn_without_hearing_of_it_has_it_at_its_next_look(turns: Turns) -> None:
    first = await turns.holder()
    first.lease._epoch = 0
    assert await asyncio.wait_for(first.lease.attempt(), 1)
    assert await first.writes(1)


@on_postgres
async def test_a_server_that_was_restarted_takes_no_turn_from_who_has_not_come_back_yet(turns: Turns) -> None:
    # D2
    first = await turns.instance(patience=QUICK._replace(hang=200.0))
    await first.lease.acquire()
    async with turns.waiting() as second:
        await asyncio.sleep(0.3)
        server = await asyncpg.connect(turns.url)
        await server.fetch(BREAK_ALL)
        await server.close()
        await asyncio.sleep(0.5 * HANG)
        assert not second.lease.held
        first.lease.keep()
        await asyncio.sleep(QUICK.grace)
        assert (first.lease.held, second.lease.held) == (True, False)


@on_postgres
async def test_a_takeover_breaks_off_what_hangs_in_the_middle_of_a_unit(turns: Turns) -> None:
    # I2
    first = await turns.instance()
    await first.lease.acquire()
    second = await turns.instance()

    async def hanging(unit: Unit) -> None:
        await seen.mark(unit, BOT, [1], AT)
        if not second.lease.held:
            await second.begin()
        await seen.mark(unit, BOT, [2], AT)

    with pytest.raises(LeaseLost):
        await first.storage.write(hanging)
    async with second.storage.unit() as unit:
        assert await seen.mark(unit, BOT, [1, 2], AT) == {1, 2}


@on_postgres
async def test_a_takeover_waits_for_a_commit_that_has_begun(turns: Turns) -> None:
    first = await turns.instance()
    await first.lease.acquire()
    async with first.storage.unit() as unit:
        await seen.mark(unit, BOT, [1], AT)
        await first.lease.release()
        async with turns.waiting() as second:
            await asyncio.sleep(0.5)
            assert not second.lease.held
            await unit.commit()
            await until(lambda: second.lease.held, "the second takes over", seconds=10)
            await unit.driver.execute("BEGIN")
    assert await second.epoch() == 2


async def test_the_schema_is_not_changed_under_a_bot_that_runs(turns: Turns) -> None:
    # M3
    first = await turns.holder()
    before = address.parse(turns.url), "0001"
    with pytest.raises(SchemaInUse, match="a bot is running on it") as caught:
        await migrate.bring(*before)
    assert "stop that bot first" in caught.value.way_out
    assert (await migrate.migrate(turns.url)).before == migrate.HEAD
    await first.lease.release()
    assert (await migrate.bring(*before)).after == "0001"


async def test_who_waited_while_the_schema_was_changed_takes_no_turn_on_what_it_does_not_know(turns: Turns) -> None:
    first = await turns.holder()
    waits = await turns.instance()
    assert not await waits.lease.attempt()
    await first.lease.release()
    async with first.storage.reading() as unit:
        assert (await look(unit, BOT)).epoch == 1
    tool = await turns.instance()
    async with tool.storage.unit() as unit:
        await unit.driver.execute("UPDATE dengta_schema SET version_num = '9999'")
    with pytest.raises(StorageError, match="9999"):
        await waits.lease.acquire()
