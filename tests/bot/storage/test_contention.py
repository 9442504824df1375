"""Many writers at once: nothing is lost, nobody is in anybody's way for long."""

import asyncio
import sqlite3
import time
from functools import partial

import asyncpg
import pytest
from sqlalchemy import select, text, update

from bot.storage import Overdrawn, Storage, StorageUnavailable, Unit, groups, merit, open_storage, seen
from bot.storage.groups import GroupRow
from bot.storage.tables import groups as group_rows
from rules.merit.transactions import ISSUED, Posting, Transaction, award, member
from tests.bot.away import held
from tests.bot.storage.making import AT, PERSON
from tests.bot.waiting import lag


async def give(unit: Unit, group: GroupRow, key: str, points: int, *, solvent: bool = False) -> bool:
    return await merit.post(unit, group.id, award(key, "test", PERSON, points), at=AT, by=0, solvent=solvent)


async def test_eight_workers_change_one_persons_points_and_none_is_lost(storage: Storage, group: GroupRow) -> None:
    # D6
    async def ten(unit: Unit, name: int, first: int) -> None:
        for number in range(first, first + 10):
            await give(unit, group, f"{name}:{number}", 1 + number % 3)

    async def worker(name: int) -> None:
        for first in range(0, 1000, 10):
            await storage.write(partial(ten, name=name, first=first))

    await asyncio.gather(*(worker(name) for name in range(8)))
    async with storage.reading() as unit:
        assert await merit.balances(unit, group.id, PERSON) == {"points": 8 * sum(1 + n % 3 for n in range(1000))}


async def test_who_spends_at_once_never_spends_more_than_there_is(storage: Storage, group: GroupRow) -> None:
    # D6
    await storage.write(lambda unit: give(unit, group, "start", 100))

    async def spend(number: int) -> bool:
        try:
            return await storage.write(lambda unit: give(unit, group, f"s{number}", -3, solvent=True))
        except Overdrawn:
            return False

    spent = await asyncio.gather(*(spend(number) for number in range(50)))
    assert sum(spent) == 33
    async with storage.reading() as unit:
        assert await merit.balances(unit, group.id, PERSON) == {"points": 1}


async def test_the_same_transaction_posted_at_once_counts_once(storage: Storage, group: GroupRow) -> None:
    posted = await asyncio.gather(*(storage.write(lambda unit: give(unit, group, "checkin:1", 5)) for _ in range(10)))
    assert sorted(posted) == [False] * 9 + [True]


async def test_a_deadlock_is_tried_again_until_the_sum_is_exact(storage: Storage, group: GroupRow) -> None:
    # D7
    async with storage.unit() as unit:
        other = await groups.ensure(unit, -99, title="08营", kind="group", owner_id=1, at=AT)

    async def bump(first: int, second: int) -> None:
        async def work(unit: Unit) -> None:
            if unit.dialect == "postgresql":
                await unit.execute(text("SET LOCAL deadlock_timeout = '20ms'"))
            for group_id in (first, second):
                row = group_rows.c.id == group_id
                await unit.execute(update(group_rows).where(row).values(member_count=group_rows.c.member_count + 1))
                await asyncio.sleep(0.02)

        await storage.write(work)

    pairs = [(group.id, other.id), (other.id, group.id)] * 4
    await asyncio.gather(*(bump(*pair) for pair in pairs))
    async with storage.reading() as unit:
        found = await groups.by_ids(unit, [group.id, other.id])
    assert [each.member_count for each in found.values()] == [8, 8]


@pytest.mark.parametrize("engine_name", ["postgres"])
async def test_a_serialization_failure_is_tried_again(storage: Storage, group: GroupRow) -> None:
    # D7
    tries = 0

    async def bump(unit: Unit) -> None:
        nonlocal tries
        tries += 1
        await unit.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        held = await unit.scalar(select(group_rows.c.member_count).where(group_rows.c.id == group.id))
        await asyncio.sleep(0.01)
        await unit.execute(update(group_rows).where(group_rows.c.id == group.id).values(member_count=held + 1))

    await asyncio.gather(*(storage.write(bump) for _ in range(3)))
    async with storage.reading() as unit:
        assert (await groups.by_ids(unit, [group.id]))[group.id].member_count == 3
    assert tries > 3


@pytest.mark.parametrize("engine_name", ["postgres"])
async def test_connections_the_server_closed_are_replaced_unnoticed(storage: Storage, database_url: str) -> None:
    async def mark(number: int) -> None:
        async with storage.unit() as unit:
            await seen.mark(unit, 1, [number], AT)
            await asyncio.sleep(0.02)

    await asyncio.gather(*(mark(number) for number in range(8)))
    other = await asyncpg.connect(database_url)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    await other.execute(f"{others} AND pid <> pg_backend_pid()")
    await other.close()
    await asyncio.sleep(0.05)
    await asyncio.gather(*(mark(number) for number in range(8, 16)))
    async with storage.reading() as unit:
        assert len((await unit.execute(text("SELECT * FROM updates_seen"))).all()) == 16


@pytest.mark.parametrize("engine_name", ["postgres"])
async def test_a_connection_that_breaks_in_the_middle_is_tried_again(storage: Storage) -> None:
    tries = 0

    async def work(unit: Unit) -> set[int]:
        nonlocal tries
        tries += 1
        new = await seen.mark(unit, 1, [1], AT)
        if tries == 1:
            await unit.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return new

    assert await storage.write(work) == {1}
    assert tries == 2


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_another_programs_lock_is_waited_for_and_the_loop_runs_on(storage: Storage, database_url: str) -> None:
    # D3
    async with held(database_url, 5):
        began = time.perf_counter()
        async with lag() as worst:
            new = await storage.write(lambda unit: seen.mark(unit, 1, [1], AT))
            async with storage.reading() as unit:
                assert await unit.scalar(select(group_rows.c.id)) is None
    assert new == {1}
    assert 4 < time.perf_counter() - began < 15
    assert worst[0] < 0.2


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_lock_that_never_ends_is_told_in_plain_words(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # D3
    monkeypatch.setattr("bot.storage.engine.WRITER_PRAGMAS", ("PRAGMA busy_timeout=10", "PRAGMA journal_mode=WAL"))
    monkeypatch.setattr("bot.storage.store.FIRST_PAUSE", 0.001)
    storage = await open_storage(database_url, migrate=False)
    holder = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    tries = 0

    async def work(unit: Unit) -> set[int]:
        nonlocal tries
        tries += 1
        return await seen.mark(unit, 1, [1], AT)

    with pytest.raises(StorageUnavailable, match="another program holds the database"):
        await storage.write(work)
    assert tries == 6
    holder.close()
    assert await storage.write(work) == {1}
    await storage.close()


async def test_points_are_given_by_transactions_of_the_rules(storage: Storage, group: GroupRow) -> None:
    given = award("checkin:1", "checkin", PERSON, 2)

    async def post(unit: Unit) -> bool:
        return await merit.post(unit, group.id, given, at=AT, by=PERSON)

    assert [await storage.write(post), await storage.write(post)] == [True, False]


async def test_what_was_given_by_mistake_is_taken_back_even_where_it_was_spent(
    storage: Storage, group: GroupRow
) -> None:
    assert await storage.write(lambda unit: give(unit, group, "given", 5))
    assert await storage.write(lambda unit: give(unit, group, "spent", -4, solvent=True))
    back = award("taken back", "test", PERSON, -5)
    assert await storage.write(lambda unit: merit.post(unit, group.id, back, at=AT, by=0))
    async with storage.reading() as unit:
        assert await merit.balances(unit, group.id, PERSON) == {"points": -4}


async def test_all_that_somebody_has_may_be_spent_and_not_one_more(storage: Storage, group: GroupRow) -> None:
    assert await storage.write(lambda unit: give(unit, group, "given", 5))
    assert await storage.write(lambda unit: give(unit, group, "spent", -5, solvent=True))
    with pytest.raises(Overdrawn):
        await storage.write(lambda unit: give(unit, group, "one more", -1, solvent=True))
    nothing_of_it = Transaction("other", "test", (Posting(member(PERSON), -1, "stars"), Posting(ISSUED, 1, "stars")))
    with pytest.raises(Overdrawn):
        await storage.write(lambda unit: merit.post(unit, group.id, nothing_of_it, at=AT, by=0, solvent=True))
