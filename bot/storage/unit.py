"""One database transaction as a value that subjects are called with; commits or leaves nothing behind."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, TypeVar

import asyncpg
import msgspec
from sqlalchemy import CursorResult, Executable, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.address import Dialect
from bot.storage.fence import Fence

T = TypeVar("T")

ONE_ROW = "SELECT 1"
GONE = (sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, ValueError)


class Sql(NamedTuple):
    """The same statement in both dialects, written out; values are always bound."""

    sqlite: str
    postgresql: str


class Unit:
    """A transaction that has begun. `execute` is for statements of SQLAlchemy, `fetch` and `many` for the fast path."""

    __slots__ = ("afterwards", "connection", "dialect", "driver", "touched")

    def __init__(self, connection: AsyncConnection, dialect: Dialect, driver: Any) -> None:
        self.connection = connection
        self.dialect = dialect
        self.driver = driver
        # What this Unit has changed that others may hold in memory: until it is committed it is not to be believed.
        self.touched: set[str] = set()
        # Called once it is committed, for what counts: a Unit that is tried again must not count twice.
        self.afterwards: list[Callable[[], None]] = []

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> "CursorResult[*tuple[Any, ...]]":
        running = self.connection.execute(statement, parameters)
        # SQLAlchemy throws a connection away that is cancelled in a statement; asyncpg's does not mind being closed.
        return await (surely(running) if self.dialect == "sqlite" else running)

    async def scalar(self, statement: Executable) -> Any:
        return (await self.execute(statement)).scalar()

    async def commit(self) -> None:
        await (self.driver.end() if self.dialect == "sqlite" else self.driver.execute("COMMIT"))

    def array(self, numbers: Iterable[int]) -> Any:
        """Numbers as one value of `fetch`: `json_each(?1)` in SQLite, `unnest($1::bigint[])` in PostgreSQL."""
        whole = sorted(set(numbers))
        return msgspec.json.encode(whole).decode() if self.dialect == "sqlite" else whole

    def pairs(self, keys: Collection[tuple[int, int]]) -> tuple[Any, ...]:
        """The same for pairs: one value `[[a, b], …]` in SQLite, two arrays in PostgreSQL."""
        if self.dialect == "sqlite":
            return (msgspec.json.encode(list(keys)).decode(),)
        return tuple(map(list, zip(*keys, strict=True)))

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that can be told what to do about a conflict."""
        return sqlite.insert(table) if self.dialect == "sqlite" else postgresql.insert(table)

    async def fetch(self, sql: Sql, *values: Any) -> Sequence[Sequence[Any]]:
        """Rows straight from the driver: `?1` in SQLite, `$1` in PostgreSQL."""
        if self.dialect == "sqlite":
            rows: Sequence[Sequence[Any]] = (await self.driver.visit(sql.sqlite, values)).rows
        else:
            rows = await self.driver.fetch(sql.postgresql, *values)
        return rows

    async def many(self, sql: Sql, rows: Iterable[Sequence[Any]]) -> None:
        """Once for each row in SQLite, together with the next statement; in PostgreSQL at once, an array a column."""
        if self.dialect == "sqlite":
            self.driver.defer(sql.sqlite, list(rows), many=True)
        else:
            await self.driver.execute(sql.postgresql, *map(list, zip(*rows, strict=True)))


def missing(unit: Unit, table: Table) -> Insert:
    """Insert what is not there yet; nothing happens to what is."""
    return unit.insert(table).on_conflict_do_nothing()


@asynccontextmanager
async def begun(engine: AsyncEngine, dialect: Dialect, begin: str, fence: Fence | None = None) -> AsyncIterator[Unit]:
    """A Unit whose end is the caller's to write: whatever was not committed when it leaves is rolled back.

    Raises LeaseLost where the fence does not let it begin.
    """
    connection, driver = await checked_out(engine, dialect)
    clean = False
    try:
        if dialect == "sqlite":
            driver.begin(begin, None if fence is None else fence.sqlite)
        elif fence is None:
            await driver.execute(begin)
        elif await driver.execute(fence.postgresql) != ONE_ROW:
            raise fence.lost()
        yield Unit(connection, dialect, driver)
        clean = True
    except Exception:
        # On SQLite it is the first statement that fails, wherever that was made and whatever became of its error.
        if fence is not None and dialect == "sqlite" and driver.fenced:
            raise fence.lost() from None
        raise
    finally:
        await surely(finish(connection, dialect, driver, rollback=not clean))


async def checked_out(engine: AsyncEngine, dialect: Dialect) -> tuple[AsyncConnection, Any]:
    """A connection of the pool that was alive a moment ago: those a stopped server closed are thrown away."""
    while True:
        connection = await (connected(engine) if dialect == "sqlite" else engine.connect())
        driver: Any = (await connection.get_raw_connection()).driver_connection
        if dialect == "sqlite" or not driver.is_closed():
            return connection, driver
        await connection.invalidate()
        await connection.close()


async def connected(engine: AsyncEngine) -> AsyncConnection:
    """A connection that is given back where the task is cancelled while it is made."""
    task = asyncio.ensure_future(opened(engine))
    try:
        return await surely(task)
    except asyncio.CancelledError:
        if not task.cancelled() and task.exception() is None:
            await surely(task.result().close())
        raise


async def opened(engine: AsyncEngine) -> AsyncConnection:
    return await engine.connect()


async def finish(connection: AsyncConnection, dialect: Dialect, driver: Any, *, rollback: bool) -> None:
    if rollback:
        try:
            await (driver.rollback() if dialect == "sqlite" else driver.execute("ROLLBACK"))
        except GONE:
            # Nothing to roll back, or the connection is dead: a new one costs little, a doubtful one much.
            await connection.invalidate()
    await connection.close()


async def surely(work: Awaitable[T]) -> T:
    """Does `work` to its end even where the task is cancelled meanwhile; the cancellation is raised afterwards."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    return task.result()
