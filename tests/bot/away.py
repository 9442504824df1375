"""A database that cannot be used for a while: held by another program, or a server that lets nobody in."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from urllib.parse import urlsplit

import asyncpg

HOLD = """
import sqlite3, sys, time
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("BEGIN IMMEDIATE")
file.execute("INSERT INTO updates_seen VALUES (9, 9, 9)")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
file.execute("COMMIT")
"""


@asynccontextmanager
async def held(url: str, seconds: float) -> AsyncIterator[None]:
    """Another program writes into the SQLite file and takes that long over it; on leaving it has ended."""
    command = [sys.executable, "-c", HOLD, url.removeprefix("sqlite:///"), str(seconds)]
    holder = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    yield
    assert await holder.wait() == 0


@asynccontextmanager
async def away(url: str) -> AsyncIterator[None]:
    """Nobody can write meanwhile."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0, isolation_level=None)) as holder:
            await take(holder)
            yield
            holder.execute("ROLLBACK")
        return
    where = urlsplit(url)
    name = where.path.strip("/")
    keeper = await asyncpg.connect(where._replace(path="/postgres").geturl())
    try:
        await keeper.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        await keeper.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        yield
        await keeper.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
    finally:
        await keeper.close()


async def take(holder: sqlite3.Connection) -> None:
    """A Unit that has begun in this very loop must be let come to its end, so nobody may wait for the lock in here."""
    async with asyncio.timeout(10):
        while True:
            try:
                holder.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                await asyncio.sleep(0.01)
            else:
                return
