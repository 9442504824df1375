"""aiosqlite's connection, made to visit its thread as seldom as can be."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import aiosqlite

CHUNK = 64

Statement = tuple[str, Any, bool]


class Fenced(Exception):
    """The row that the transaction may not begin without is not there."""


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
    """Its thread is a daemon: a bot that is struck down must not wait for its database.

    What is deferred runs, in order, in the same visit as the next statement, for a visit costs more than most
    statements. Whatever fails then, the transaction as a whole has failed.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False), CHUNK)
        self._thread.daemon = True
        self._deferred: list[Statement] = []
        self._beginning: list[Statement] = []
        self._proof: Statement | None = None
        self._failure: BaseException | None = None

    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self)

    def defer(self, sql: str, parameters: Any = (), *, many: bool = False) -> None:
        self._deferred.append((sql, parameters, many))

    async def visit(self, sql: str, parameters: Any = (), *, many: bool = False) -> Ran:
        statements, self._deferred = [*self._deferred, (sql, parameters, many)], []
        try:
            ran: Ran = await self._execute(self._run, statements)  # type: ignore[no-untyped-call]
        except BaseException as error:
            self._failure = error
            raise
        return ran

    async def execute(self, sql: str, parameters: Any = ()) -> Ran:  # type: ignore[override]
        return await self.visit(sql, parameters)

    def begin(self, how: str, proof: tuple[str, Any] | None = None) -> None:
        """A transaction that begins with its first statement; `proof` must find a row, or the first statement fails."""
        self._proof = None if proof is None else (*proof, False)
        self._beginning = [(how, (), False), *([] if self._proof is None else [self._proof])]
        self._deferred = [*self._beginning]
        self._failure = None

    @property
    def fenced(self) -> bool:
        return isinstance(self._failure, Fenced)

    async def end(self) -> None:
        """Commit, with all that is deferred; a transaction without a statement never was.

        As in PostgreSQL, a transaction of which anything failed cannot be committed, even where that was caught.
        """
        if self._failure is not None:
            raise self._failure
        if self._deferred == self._beginning:
            self._deferred = []
        else:
            await self.visit("COMMIT")

    async def rollback(self) -> None:
        """In the thread's own order: a statement that was cancelled may still be running."""
        self._deferred = []
        await super().rollback()

    def _run(self, statements: list[Statement]) -> Ran:
        cursor = self._conn.cursor()
        try:
            for each in statements:
                sql, parameters, many = each
                (cursor.executemany if many else cursor.execute)(sql, parameters)
                if each is self._proof and cursor.fetchone() is None:
                    raise Fenced
            rows = cursor.fetchall() if cursor.description else ()
            return Ran(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
        finally:
            cursor.close()
