"""A Unit is all or nothing: whatever interrupts it, nothing half done is seen and the next one goes on."""

import asyncio
import contextlib
import gc
import itertools
import sqlite3
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from bot.failpoints import Failpoint, armed
from bot.storage import Storage, StorageError, Unit, audit, groups, members, open_storage, seen
from bot.storage.groups import GroupRow
from bot.storage.tables import updates_seen
from tests.bot.storage.making import AT, FINE, PERSON, decide


async def taken(storage: Storage) -> int:
    async with storage.reading() as unit:
        return int(await unit.scalar(select(func.count()).select_from(updates_seen)))


async def test_what_a_unit_wrote_is_seen_after_it(storage: Storage) -> None:
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1, 2], AT)
    assert await taken(storage) == 2


async def test_a_unit_that_raises_leaves_nothing(storage: Storage, group: GroupRow) -> None:
    # C5
    async def work(unit: Unit) -> None:
        await seen.mark(unit, 1, [1], AT)
        await decide(unit, group, "k", FINE)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.write(work)
    assert await taken(storage) == 0
    async with storage.unit() as unit:
        number, entries = await decide(unit, group, "k", FINE)
        assert await decide(unit, group, "k", FINE) == (number, [])
        assert len(entries) == 1


async def test_a_unit_struck_just_before_its_commit_leaves_nothing(storage: Storage) -> None:
    # C5
    with armed("unit.before_commit:raise"), pytest.raises(Failpoint):
        async with storage.unit() as unit:
            await seen.mark(unit, 1, [1], AT)
    assert await taken(storage) == 0
    async with storage.unit() as unit:
        assert await seen.mark(unit, 1, [1], AT) == {1}


async def interrupted(storage: Storage, started: asyncio.Event) -> None:
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1], AT)
        started.set()
        for number in itertools.count(2):
            await seen.mark(unit, 1, [number], AT)
            await unit.execute(select(func.count()).select_from(updates_seen))


async def test_a_cancelled_unit_is_rolled_back_and_lets_the_next_one_in(storage: Storage) -> None:
    for pause in [number / 2000 for number in range(14)]:
        started = asyncio.Event()
        task = asyncio.create_task(interrupted(storage, started))
        await started.wait()
        await asyncio.sleep(pause)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await taken(storage) == 0
    async with asyncio.timeout(5), storage.unit() as unit:
        assert await seen.mark(unit, 1, [1], AT) == {1}
    assert await taken(storage) == 1


@pytest.fixture(autouse=True)
async def no_task_is_left() -> AsyncIterator[None]:
    yield
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_who_waits_for_the_turn_may_be_cancelled(storage: Storage) -> None:
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1], AT)
        waiting = asyncio.create_task(interrupted(storage, asyncio.Event()))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert await taken(storage) == 1


async def test_writers_take_turns_in_the_order_they_asked(storage: Storage) -> None:
    order: list[int] = []

    async def write(number: int) -> None:
        async with storage.unit() as unit:
            order.append(number)
            await seen.mark(unit, 1, [number], AT)

    await asyncio.gather(*(write(number) for number in range(20)))
    assert await taken(storage) == 20
    assert order == sorted(order) or storage.dialect == "postgresql"


async def test_readers_do_not_wait_for_a_writer_and_see_what_was_before(storage: Storage) -> None:
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1], AT)
        async with asyncio.timeout(2):
            assert await taken(storage) == 0
    assert await taken(storage) == 1


async def test_a_reading_unit_sees_one_moment(storage: Storage) -> None:
    count = select(func.count()).select_from(updates_seen)
    async with storage.reading() as reader:
        assert await reader.scalar(count) == 0
        async with storage.unit() as unit:
            await seen.mark(unit, 1, [1], AT)
        assert await reader.scalar(count) == 0


async def test_a_reading_unit_cannot_write(storage: Storage) -> None:
    with pytest.raises((DBAPIError, sqlite3.OperationalError, asyncpg.PostgresError, StorageError)):
        async with storage.reading() as unit:
            await audit.add(unit, at=AT, actor_kind="person", actor_id=1, action="x")
    assert await taken(storage) == 0


async def test_work_is_not_tried_again_for_a_mistake_of_ours(storage: Storage) -> None:
    tries = 0

    async def work(_unit: Unit) -> None:
        nonlocal tries
        tries += 1
        raise LookupError

    with pytest.raises(LookupError):
        await storage.write(work)
    assert tries == 1


async def test_many_readers_and_writers_at_once_use_few_connections(storage: Storage, group: GroupRow) -> None:
    async def one(number: int) -> None:
        async with storage.unit() as unit:
            await decide(unit, group, f"k{number}", planned=[])
        async with storage.reading() as unit:
            await groups.all_active(unit)

    await asyncio.gather(*(one(number) for number in range(60)))


async def test_a_closed_storage_leaves_no_thread_and_no_socket(database_url: str) -> None:
    storage = await open_storage(database_url)
    await taken(storage)
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1], AT)
    await storage.close()
    del storage
    gc.collect()


async def test_a_unit_whose_statement_failed_is_not_committed_even_where_that_was_caught(
    storage: Storage, group: GroupRow
) -> None:
    async def work(unit: Unit) -> None:
        await seen.mark(unit, 1, [1], AT)
        with contextlib.suppress(DBAPIError):
            await decide(unit, group._replace(id=999), "k", planned=[])

    # PostgreSQL turns the COMMIT of a failed transaction into a ROLLBACK.
    with contextlib.suppress(sqlite3.IntegrityError):
        await storage.write(work)
    assert await taken(storage) == 0


async def test_what_is_deferred_is_written_at_the_latest_with_the_commit(storage: Storage, group: GroupRow) -> None:
    touch = members.Touch(group.id, PERSON, "林晓", "", None, False, AT, 1)
    async with storage.unit() as unit:
        await members.touch(unit, [touch])
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1], AT)
        await members.touch(unit, [touch])
    async with storage.unit() as unit:
        await members.touch(unit, [touch])
        assert await members.count(unit, group.id) == 1
    async with storage.reading() as unit:
        assert (await members.load(unit, [(group.id, PERSON)]))[group.id, PERSON].messages == 3


async def test_what_is_deferred_fails_the_whole_unit(storage: Storage, group: GroupRow) -> None:
    async def work(unit: Unit) -> None:
        await seen.mark(unit, 1, [1], AT)
        await members.touch(unit, [members.Touch(999, PERSON, "林晓", "", None, False, AT, 1)])

    with pytest.raises((sqlite3.IntegrityError, asyncpg.PostgresError)):
        await storage.write(work)
    assert await taken(storage) == 0


async def test_one_broken_statement_does_not_spoil_the_next_unit(storage: Storage, group: GroupRow) -> None:
    with pytest.raises(DBAPIError):
        async with storage.unit() as unit:
            await decide(unit, group._replace(id=999), "k", planned=[])
    async with storage.unit() as unit:
        await decide(unit, group, "k", planned=[])
