"""A database that cannot be used for a while: held by another program, or a server that lets nobody in."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from urllib.parse import urlsplit

import asyncpg


@asynccontextmanager
async def away(url: str) -> AsyncIterator[None]:
    """Nobody can write meanwhile."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
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
