"""aiosqlite's connection with a cursor that visits the thread once a statement instead of four times."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import aiosqlite

CHUNK = 64


class Ran(NamedTuple):
    """What a statement left behind, fetched in the thread where it ran."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: Sequence[Any] = ()


class Cursor:
    """As much of a cursor as SQLAlchemy's adapter uses."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._ran = Ran()
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        return self._ran.description

    @property
    def rowcount(self) -> int:
        return self._ran.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._ran.lastrowid

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "Cursor":
        self._ran = await self._connection.visit(sql, parameters, many=False)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "Cursor":
        self._ran = await self._connection.visit(sql, parameters, many=True)
        return self

    async def fetchall(self) -> Sequence[Any]:
        return self._ran.rows

    async def close(self) -> None:
        return None


class Connection(aiosqlite.Connection):
    """Its thread is a daemon: a bot that is struck down must not wait for its database."""

    def __init__(self, path: Path) -> None:
        super().__init__(lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False), CHUNK)
        self._thread.daemon = True

    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self)

    async def visit(self, sql: str, parameters: Iterable[Any], *, many: bool) -> Ran:
        ran: Ran = await self._execute(self._run, sql, parameters, many)  # type: ignore[no-untyped-call]
        return ran

    def _run(self, sql: str, parameters: Any, many: bool) -> Ran:
        cursor = self._conn.cursor()
        try:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
            rows = cursor.fetchall() if cursor.description else ()
            return Ran(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
        finally:
            cursor.close()
