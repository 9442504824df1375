"""What one ordinary message costs in the database, in batches as the intake writes them; beside the bare drivers."""

import argparse
import asyncio
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import NamedTuple

import asyncpg

from benchmarks.databases import ENGINES, fresh
from benchmarks.measure import Cost, median
from bot.storage import Storage, Unit, books, groups, lookups, members, open_storage, recent, roles, seen, users

GROUPS, MEMBERS = 60, 200
AT = 1_741_000_000
SINCE = AT - 366 * 86_400


class Batch(NamedTuple):
    """One getUpdates' worth of messages."""

    updates: list[int]
    chats: list[int]
    keys: list[tuple[int, int]]
    touches: list[members.Touch]
    recent: list[recent.RecentRow]


def batch(number: int, size: int) -> Batch:
    """Messages of different people, spread over the groups; every batch other people."""
    spots = [number * size + each for each in range(size)]
    keys = [(1 + spot * 7 % GROUPS, 1 + spot // 3 % MEMBERS) for spot in spots]
    return Batch(
        updates=spots,
        chats=sorted({-group for group, _ in keys}),
        keys=sorted(set(keys)),
        touches=[members.Touch(g, u, f"林晓 {u}", f"user{u}", None, False, AT + number, 1) for g, u in keys],
        recent=[
            recent.RecentRow(group, user, spot, AT + number, hash((group, user)), 0, "")
            for spot, (group, user) in zip(spots, keys, strict=True)
        ],
    )


async def mark(unit: Unit, work: Batch) -> object:
    return await seen.mark(unit, 1, work.updates, AT)


async def by_chats(unit: Unit, work: Batch) -> object:
    return await groups.by_chats(unit, work.chats)


async def load(unit: Unit, work: Batch) -> object:
    return await members.load(unit, work.keys)


async def rows(unit: Unit, work: Batch) -> object:
    return await books.rows(unit, work.keys, SINCE)


async def held_roles(unit: Unit, work: Batch) -> object:
    return await roles.of_many(unit, work.keys)


async def people(unit: Unit, work: Batch) -> object:
    return await users.get(unit, [user for _, user in work.keys])


async def measures(unit: Unit, work: Batch) -> object:
    return await lookups.measures_since(unit, AT - 3600)


async def touch(unit: Unit, work: Batch) -> None:
    await members.touch(unit, work.touches)


async def remember(unit: Unit, work: Batch) -> None:
    await recent.add(unit, work.recent)


Step = Callable[[Unit, Batch], Awaitable[object]]
FAST_PATH: tuple[Step, ...] = (mark, load, rows, touch, remember)
ALL: tuple[Step, ...] = (mark, by_chats, load, rows, held_roles, people, measures, touch, remember)


@contextmanager
def watch(spent: list[Cost], size: int) -> Iterator[None]:
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    spent.append(Cost((time.process_time() - cpu) / size * 1e6, (time.perf_counter() - wall) / size * 1e6))


async def per_message(storage: Storage, steps: tuple[Step, ...], size: int, first: int, rounds: int) -> Cost:
    """A whole Unit a batch, from BEGIN to COMMIT."""
    spent: list[Cost] = []
    for number in range(first, first + rounds):
        work = batch(number, size)
        with watch(spent, size):
            async with storage.unit() as unit:
                for step in steps:
                    await step(unit, work)
    return median(spent)


@asynccontextmanager
async def filled(url: str) -> AsyncIterator[Storage]:
    """Groups with members who were all seen before."""
    storage = await open_storage(url)
    async with storage.unit() as unit:
        for number in range(1, GROUPS + 1):
            await groups.ensure(unit, -number, title=f"{number:02}营", kind="supergroup", owner_id=1, at=AT)
            first = members.Touch(number, 0, "林晓", "linxiao", "", False, AT, 1)
            await members.touch(unit, [first._replace(user_id=user) for user in range(1, MEMBERS + 1)])
    yield storage
    await storage.close()


async def measure(url: str, rounds: int) -> None:
    async with filled(url) as storage:
        first = 0
        for size in (50, 100):
            await per_message(storage, ALL, size, first := first + 10_000, 10)
            for name, steps in (("fast path", FAST_PATH), ("all that a batch asks", ALL), ("an empty unit", ())):
                took = await per_message(storage, steps, size, first := first + 10_000, rounds)
                told(storage.dialect, name, size, took)
        for step in ALL:
            took = await per_message(storage, (step,), 100, first := first + 10_000, max(10, rounds // 4))
            told(storage.dialect, f"one unit with `{step.__name__}` alone", 100, took)
    await (bare_sqlite(url, rounds) if url.startswith("sqlite") else bare_postgres(url, rounds))


def told(database: str, what: str, size: int, took: Cost) -> None:
    print(f"| {database} | {what} | {size} | {took.cpu:.1f} | {took.wall:.1f} |", flush=True)


async def bare_sqlite(url: str, rounds: int, size: int = 100) -> None:
    """The same writes by sqlite3 itself, without a thread, a loop or a value."""
    file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    file.execute("PRAGMA synchronous=FULL")
    spent: list[Cost] = []
    for number in range(1_000_000, 1_000_000 + rounds):
        work = batch(number, size)
        with watch(spent, size):
            file.execute("BEGIN IMMEDIATE")
            file.executemany("INSERT OR IGNORE INTO updates_seen VALUES (1, ?, ?)", [(u, AT) for u in work.updates])
            file.executemany(members.TOUCH.sqlite, [(*each, members.NOBODY) for each in work.touches])
            file.executemany(recent.ADD.sqlite, work.recent)
            file.execute("COMMIT")
    file.close()
    told("sqlite", "reference: the same writes, bare sqlite3", size, median(spent))


async def bare_postgres(url: str, rounds: int, size: int = 100) -> None:
    """The same writes by asyncpg itself."""
    connection = await asyncpg.connect(url)
    spent: list[Cost] = []
    for number in range(1_000_000, 1_000_000 + rounds):
        work = batch(number, size)
        touches = [(*each, members.NOBODY) for each in members.merged(work.touches)]
        with watch(spent, size):
            async with connection.transaction():
                await connection.fetch(seen.MARK.postgresql, 1, work.updates, AT)
                await connection.execute(members.TOUCH.postgresql, *zip(*touches, strict=True))
                await connection.execute(recent.ADD.postgresql, *zip(*work.recent, strict=True))
    await connection.close()
    told("postgresql", "reference: the same writes, bare asyncpg", size, median(spent))


def main(rounds: int) -> int:
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, median of {rounds} batches\n")
    print("| database | what | batch | CPU µs a message | wall µs |\n|---|---|---|---|---|")
    for engine in ENGINES:
        with fresh(engine) as url:
            asyncio.run(measure(url, rounds))
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    sys.exit(main(parser.parse_args().rounds))
