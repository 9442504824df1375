"""One instance at a time may write for a bot; the others wait, and who has lost its turn notices."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest

from bot import metrics
from bot.lease import Lease, Patience
from bot.storage import LeaseLost, SchemaInUse, Storage, StorageError, Unit, address, migrate, open_storage, seen
from bot.storage.lease import look
from bot.storage.lockfile import lock_files
from tests.bot.away import away, held
from tests.bot.storage.making import AT
from tests.bot.waiting import until, until_async

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"])
on_postgres = pytest.mark.parametrize("engine_name", ["postgres"])

BOT, OTHER_BOT = 100_001, 2**40 + 7
HANG = 2.0
QUICK = Patience(look=0.05, beat=0.1, trust=0.5, hang=HANG, grace=7.0)


class Instance(NamedTuple):
    storage: Storage
    lease: Lease

    async def begin(self) -> "Instance":
        await asyncio.wait_for(self.lease.acquire(), 15)
        self.lease.keep()
        return self

    async def writes(self, update: int) -> bool:
        """Whether a Unit of its own is committed."""
        try:
            await self.storage.write(lambda unit: seen.mark(unit, BOT, [update], AT))
        except LeaseLost:
            return False
        return True

    async def epoch(self) -> int:
        async with self.storage.reading() as unit:
            return (await look(unit, BOT)).epoch


class Stage(NamedTuple):
    url: str
    open: AsyncExitStack

    async def instance(self, bot_id: int = BOT, url: str = "", patience: Patience = QUICK) -> Instance:
        """One that has not asked for its turn yet."""
        storage = await open_storage(url or self.url, migrate=False)
        self.open.push_async_callback(storage.close)
        lease = Lease(storage, bot_id, patience)
        self.open.push_async_callback(lease.release)
        return Instance(storage, lease)

    async def holder(self, bot_id: int = BOT, url: str = "") -> Instance:
        return await (await self.instance(bot_id, url)).begin()

    @asynccontextmanager
    async def waiting(self) -> AsyncIterator[Instance]:
        """One that asks for its turn in the background."""
        candidate = await self.instance()
        asking = asyncio.create_task(candidate.lease.acquire())
        try:
            yield candidate
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as opened:
        yield Stage(database_url, opened)


async def test_the_first_has_its_turn_at_once_and_the_second_waits_until_it_is_given_back(stage: Stage) -> None:
    # I1
    first = await stage.holder()
    assert metrics.lease_held._value.get() == 1
    async with stage.waiting() as second:
        await asyncio.sleep(1.5 * HANG)
        assert (first.lease.held, second.lease.held) == (True, False)
        await first.lease.release()
        await until(lambda: second.lease.held, "the second has its turn", seconds=5)
        assert await second.writes(1)
        assert not await first.writes(2)


async def test_a_process_that_hangs_is_taken_over_and_shut_out(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    # I2
    first = await stage.instance()
    await first.lease.acquire()
    async with stage.waiting() as second:
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


async def test_who_has_lost_its_turn_and_does_not_know_asks_before_it_sends(stage: Stage) -> None:
    # I2
    first = await stage.instance()
    await first.lease.acquire()
    async with stage.waiting() as second:
        await until(lambda: second.lease.held, "the second takes over", seconds=10)
    with pytest.raises(LeaseLost):
        await first.lease.proven()


async def test_the_task_that_keeps_the_turn_ends_when_a_unit_finds_it_lost(stage: Stage) -> None:
    # I2
    first = await stage.instance(patience=QUICK._replace(beat=60.0))
    keeping = first.lease.keep()
    await first.lease.acquire()
    async with stage.waiting() as second:
        await until(lambda: second.lease.held, "the second takes over", seconds=10)
    assert not keeping.done()
    assert not await first.writes(1)
    with pytest.raises(LeaseLost):
        await asyncio.wait_for(keeping, 2)


async def test_nothing_of_a_unit_that_was_shut_out_is_left_whatever_caught_its_error(stage: Stage) -> None:
    # I2
    first = await stage.instance()
    await first.lease.acquire()
    async with stage.waiting() as second:
        await until(lambda: second.lease.held, "the second takes over", seconds=10)

    async def careless(unit: Unit) -> None:
        for update in (1, 2):
            with suppress(Exception):
                await seen.mark(unit, BOT, [update], AT)

    with pytest.raises(LeaseLost):
        await first.storage.write(careless)
    async with second.storage.unit() as unit:
        assert await seen.mark(unit, BOT, [1, 2], AT) == {1, 2}


async def test_reading_is_open_to_all_and_a_tool_without_a_turn_writes(stage: Stage) -> None:
    await stage.holder()
    tool = await stage.instance()
    assert await tool.writes(1)
    assert await tool.epoch() == 1


async def test_bots_of_one_database_do_not_wait_for_each_other(stage: Stage) -> None:
    await stage.holder()
    other = await stage.holder(OTHER_BOT)
    assert other.lease.held


async def test_a_busy_holder_keeps_its_turn(stage: Stage) -> None:
    first = await stage.holder()
    async with stage.waiting() as second:
        end = asyncio.get_running_loop().time() + 2 * HANG
        update = 0
        while asyncio.get_running_loop().time() < end:
            update += 1
            assert await first.writes(update)
            await asyncio.sleep(0)
        assert (first.lease.held, second.lease.held) == (True, False)


async def test_a_database_that_is_away_takes_no_turn_from_who_has_it(stage: Stage) -> None:
    # D2
    first = await stage.holder()
    async with stage.waiting() as second:
        async with away(stage.url):
            await asyncio.sleep(1.5 * HANG)
        await until_async(lambda: first.writes(1), "it writes again", seconds=15)
        await asyncio.sleep(HANG / 2)
        assert (first.lease.held, second.lease.held) == (True, False)


@on_sqlite
async def test_it_keeps_its_turn_while_another_program_holds_the_database(stage: Stage) -> None:
    # D3
    first = await stage.holder()
    async with stage.waiting() as second, held(stage.url, 1.5 * HANG):
        await asyncio.sleep(1.4 * HANG)
        assert (first.lease.held, second.lease.held) == (True, False)
        await asyncio.wait_for(first.lease.proven(), 5)


@on_postgres
async def test_a_broken_connection_takes_no_turn_from_who_comes_back_to_it(stage: Stage) -> None:
    first = await stage.holder()
    server = await asyncpg.connect(stage.url)
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dengta lease'"
    assert await server.fetchval(ended)
    await server.close()
    await asyncio.wait_for(first.lease.proven(), 5)
    async with stage.waiting() as second:
        await asyncio.sleep(1.5 * HANG)
        assert (first.lease.held, second.lease.held) == (True, False)


@on_postgres
async def test_a_takeover_breaks_off_what_hangs_in_the_middle_of_a_unit(stage: Stage) -> None:
    # I2
    first = await stage.instance()
    await first.lease.acquire()
    second = await stage.instance()

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
async def test_a_takeover_waits_for_a_commit_that_has_begun(stage: Stage) -> None:
    first = await stage.instance()
    await first.lease.acquire()
    async with first.storage.unit() as unit:
        await seen.mark(unit, BOT, [1], AT)
        await first.lease.release()
        async with stage.waiting() as second:
            await asyncio.sleep(0.5)
            assert not second.lease.held
            await unit.commit()
            await until(lambda: second.lease.held, "the second takes over", seconds=10)
            await unit.driver.execute("BEGIN")
    assert await second.epoch() == 2


@on_sqlite
async def test_every_way_to_one_file_is_one_lease(stage: Stage, tmp_path: Path) -> None:
    await stage.holder()
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "link.db").symlink_to(tmp_path / "t.db")
    second = await stage.instance(url=f"sqlite:///{other / 'link.db'}")
    assert not await second.lease.attempt()


@on_sqlite
async def test_a_lock_file_that_somebody_deletes_is_made_again(stage: Stage, tmp_path: Path) -> None:
    first = await stage.holder()
    (file,) = lock_files(tmp_path / "t.db")
    file.unlink()
    await first.lease.prove()
    second = await stage.instance()
    assert not await second.lease.attempt()


@on_sqlite
async def test_files_of_dead_instances_are_removed_and_those_of_the_living_stay(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "t.db-lease-00000000000000ff").write_bytes(b"7\n")
    first = await stage.instance()
    waits = await stage.instance()
    async with stage.waiting():
        await first.begin()
        assert not await waits.lease.attempt()
        names = {file.name for file in lock_files(tmp_path / "t.db")}
        assert "t.db-lease-00000000000000ff" not in names
        assert len(names) == 3
    await first.lease.release()
    await waits.begin()
    assert len(lock_files(tmp_path / "t.db")) == 2


@on_sqlite
async def test_no_child_process_inherits_the_lock(stage: Stage, tmp_path: Path) -> None:
    await stage.holder()
    (file,) = lock_files(tmp_path / "t.db")
    mine = [fd for fd in range(1024) if points_to(fd, file)]
    assert mine
    assert not any(map(os.get_inheritable, mine))


def points_to(fd: int, file: Path) -> bool:
    try:
        return Path(f"/proc/self/fd/{fd}").readlink() == file
    except OSError:
        return False


async def test_the_schema_is_not_changed_under_a_bot_that_runs(stage: Stage) -> None:
    # M3
    first = await stage.holder()
    before = address.parse(stage.url), "0001"
    with pytest.raises(SchemaInUse, match="a bot is running on it") as caught:
        await migrate.bring(*before)
    assert "stop that bot first" in caught.value.way_out
    assert (await migrate.migrate(stage.url)).before == migrate.HEAD
    await first.lease.release()
    assert (await migrate.bring(*before)).after == "0001"


async def test_who_waited_while_the_schema_was_changed_takes_no_turn_on_what_it_does_not_know(stage: Stage) -> None:
    first = await stage.holder()
    waits = await stage.instance()
    assert not await waits.lease.attempt()
    await first.lease.release()
    async with first.storage.reading() as unit:
        assert (await look(unit, BOT)).epoch == 1
    tool = await stage.instance()
    async with tool.storage.unit() as unit:
        await unit.driver.execute("UPDATE dengta_schema SET version_num = '9999'")
    with pytest.raises(StorageError, match="9999"):
        await waits.lease.acquire()
