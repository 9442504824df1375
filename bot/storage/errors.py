"""What can go wrong with a database, in words an operator can act on; knows which errors pass by themselves."""

import sqlite3

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

FREE_SPACE = "free some space on that disk; nothing that was recorded is lost"
TRY_AGAIN = "see to it that the database runs and can be reached"
DAMAGE, RESTORE = "the database file is damaged", "restore a backup; the file was left as it is"
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
PASSING_SQLITE = {
    sqlite3.SQLITE_BUSY: (
        "another program holds the database",
        "stop the other program, or wait until it is done",
        "busy",
    ),
    sqlite3.SQLITE_LOCKED: ("the database is locked", "stop the other program, or wait until it is done", "locked"),
    sqlite3.SQLITE_FULL: ("the disk is full", FREE_SPACE, "full"),
    sqlite3.SQLITE_IOERR: ("the disk does not answer", "look after the disk, then start again", "disk"),
    sqlite3.SQLITE_READONLY: (
        "the database cannot be written",
        "give the bot's user the right to write there",
        "read_only",
    ),
    sqlite3.SQLITE_CANTOPEN: ("the database cannot be opened", "look after the folder and its rights", "cannot_open"),
}
PASSING_POSTGRES = {
    "08": ("the connection to the database broke", TRY_AGAIN, "connection"),
    "40": ("two writers were in each other's way", "try again", "conflict"),
    "53": (
        "the database server has run out of something",
        "look after its disk, memory and number of connections",
        "resources",
    ),
    "55": (
        "another program holds a lock in the database",
        "stop the other program, or wait until it is done",
        "locked",
    ),
    "57": ("the database server was stopped", TRY_AGAIN, "stopped"),
}


class StorageError(Exception):
    """The database cannot be used. `problem` says why, `way_out` what to do, `kind` names it in a word for the counts;
    none holds a password.
    """

    def __init__(self, problem: str, way_out: str, kind: str = "other") -> None:
        super().__init__(f"{problem}: {way_out}")
        self.kind = kind
        self.problem = problem
        self.way_out = way_out


class StorageUnavailable(StorageError):
    """The database cannot be used at the moment; the same work may be tried again later."""


class SchemaInUse(StorageUnavailable):
    """The schema would have to change under a bot that is running on it."""


class LeaseLost(BaseException):
    """Another instance has taken over: what this one does counts no more, and no `except Exception` may heal that."""

    def __init__(self) -> None:
        super().__init__("another instance has taken over")


class DatabaseDamaged(BaseException):
    """The file turned out to be damaged while the bot ran: nothing it says can be built upon, so everything ends.

    Like LeaseLost it is nothing that an `except Exception` may heal: an update must not be set aside for it.
    """

    def __init__(self, detail: str) -> None:
        self.problem, self.way_out = f"{DAMAGE} ({detail})", RESTORE
        super().__init__(f"{self.problem}: {self.way_out}")


class AlreadySettled(Exception):
    """The fine was paid, withdrawn, waived or void before."""


class AlreadyReversed(Exception):
    """The decision was taken back before."""


class Overdrawn(Exception):
    """An account would fall below zero."""


def passing(error: BaseException) -> StorageUnavailable | None:
    """The same in plain words where it may work the next time, None where it never will."""
    cause = root(error)
    if isinstance(cause, sqlite3.Error):
        words = PASSING_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    elif isinstance(cause, asyncpg.InvalidCachedStatementError):
        words = PASSING_POSTGRES["40"]
    elif isinstance(cause, asyncpg.PostgresError):
        words = PASSING_POSTGRES.get(str(cause.sqlstate)[:2])
    else:
        words = PASSING_POSTGRES["08"] if connection_lost(cause) else None
    return None if words is None else StorageUnavailable(*words)


def damage(error: BaseException) -> DatabaseDamaged | None:
    """What cannot pass and is nobody's mistake but the disk's."""
    cause = root(error)
    found = isinstance(cause, sqlite3.DatabaseError) and getattr(cause, "sqlite_errorcode", 0) & 0xFF in DAMAGED
    return DatabaseDamaged(str(cause)) if found else None


def root(error: BaseException) -> BaseException:
    """The driver's own error under SQLAlchemy's and its adapter's wrappers."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if not isinstance(error, sqlite3.Error | asyncpg.PostgresError) and isinstance(
        error.__cause__, asyncpg.PostgresError | asyncpg.InterfaceError | asyncpg.InternalClientError | OSError
    ):
        return error.__cause__
    return error


def connection_lost(error: BaseException) -> bool:
    if isinstance(error, asyncpg.InterfaceError):
        return "closed" in str(error)
    # asyncpg's own word for a connection that the server ended while nobody was looking.
    return isinstance(error, OSError | PoolTimeout | asyncpg.InternalClientError)
