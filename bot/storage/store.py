"""The database as the rest of the program holds it: opens Units, one writer at a time, and closes."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import metrics
from bot.failpoints import failpoint
from bot.storage import address, engine
from bot.storage import migrate as schema
from bot.storage.address import Address, Dialect
from bot.storage.errors import StorageUnavailable, damage, passing
from bot.storage.fence import Fence
from bot.storage.unit import Unit, begun

T = TypeVar("T")

RETRIES = 5
FIRST_PAUSE = 0.05
READ = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
WRITE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}

chance = random.SystemRandom()


class Storage:
    """`storage.unit()` writes, `storage.reading()` reads, `storage.write(work)` writes and tries again."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, where: Address) -> None:
        self.where = where
        self.dialect: Dialect = where.dialect
        # What every writing Unit proves as it begins, once this process holds a lease.
        self.fence: Fence | None = None
        self._writer = writer
        self._reader = reader
        self._turn: asyncio.Lock | None = asyncio.Lock() if self.dialect == "sqlite" else None

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """A writing transaction: committed on leaving, rolled back on an exception or a cancellation."""
        if self._turn is None:
            async with self._writing() as unit:
                yield unit
            return
        # SQLite lets whoever asks at the right moment go first; the lock keeps the order of asking.
        async with self._turn, self._writing() as unit:
            yield unit

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[Unit]:
        async with begun(self._writer, self.dialect, WRITE[self.dialect], self.fence) as unit:
            yield unit
            failpoint("unit.before_commit")
            await unit.commit()
        for tell in unit.afterwards:
            tell()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """A transaction that sees one moment and cannot write. Raises StorageUnavailable where it fails in passing."""
        try:
            async with begun(self._reader, self.dialect, READ[self.dialect]) as unit:
                yield unit
                await unit.commit()
        except Exception as error:
            trouble = counted(error)
            if trouble is None:
                raise
            raise trouble from error

    async def write(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """`work` in a Unit, again from its beginning where the database failed in passing.

        Raises StorageUnavailable when it failed five times more. `work` must change nothing but the database.
        """
        pause = FIRST_PAUSE
        for attempt in range(RETRIES + 1):
            try:
                async with self.unit() as unit:
                    return await work(unit)
            except Exception as error:
                trouble = counted(error)
                if trouble is None:
                    raise
                if attempt == RETRIES:
                    raise trouble from error
            await asyncio.sleep(chance.uniform(pause / 2, pause))
            pause *= 2
        raise AssertionError("unreachable")

    async def close(self) -> None:
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def counted(error: BaseException) -> StorageUnavailable | None:
    """What may pass, None for a mistake. Raises DatabaseDamaged."""
    if (ruin := damage(error)) is not None:
        raise ruin from error
    if (trouble := passing(error)) is not None:
        metrics.db_errors.labels(trouble.kind).inc()
    return trouble


async def open_storage(url: str, *, migrate: bool = True) -> Storage:
    """The database at `url`, at the newest schema. Raises StorageError with the way out."""
    await (schema.migrate(url) if migrate else schema.check(url))
    where: Address = address.parse(url)
    if where.dialect == "sqlite":
        return Storage(engine.sqlite_engine(where, writing=True), engine.sqlite_engine(where, writing=False), where)
    pool = engine.postgres_engine(where)
    return Storage(pool, pool, where)
