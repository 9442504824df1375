"""Looks at an SQLite file before anything is written: nothing is ever started anew over what was there."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from bot.storage.address import DEFAULT_FOLDER
from bot.storage.errors import DAMAGE, RESTORE, StorageError

MAGIC = b"SQLite format 3\0"
APPLICATION_ID = 0x44656E67
# The first that tells what an INSERT wrote.
OLDEST = (3, 35)

# What SQLite itself and Alembic keep says nothing about whose tables they are.
FOREIGN = (
    "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'dengta_schema' AND tbl_name NOT LIKE 'sqlite$_%' ESCAPE '$'"
)


def damaged(detail: str) -> StorageError:
    return StorageError(f"{DAMAGE} ({detail})", RESTORE)


def check_place(path: Path, *, may_create: bool) -> None:
    """Raises StorageError unless a database can be read and written at `path`. Makes only the default folder."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise StorageError(f"SQLite {sqlite3.sqlite_version} is too old", "use a Python with SQLite 3.35 or newer")
    if path.parent == DEFAULT_FOLDER and may_create:
        path.parent.mkdir(exist_ok=True)
    if not path.parent.is_dir():
        raise StorageError(f"the folder {path.parent} does not exist", "make it, or change storage.url")
    if path.is_dir():
        raise StorageError(f"{path} is a folder", "name a file in storage.url")
    if not may(path.parent, os.W_OK | os.X_OK):
        raise StorageError(f"the folder {path.parent} cannot be written", "let the bot's user write there")
    if not path.exists():
        check_absence(path, may_create=may_create)
    elif not may(path, os.R_OK | os.W_OK):
        raise StorageError(f"{path} cannot be written", "give the bot's user the right to read and write it")
    else:
        check_header(path)


def may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def check_absence(path: Path, *, may_create: bool) -> None:
    if log_of(path):
        raise StorageError(f"{path} is gone, but its log {path.name}-wal is there", "put the file back from a backup")
    if not may_create:
        raise StorageError(f"there is no database at {path}", "run python -m bot migrate")


def check_header(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(len(MAGIC))
    if not start and log_of(path):
        raise damaged("it is empty, but its log is not")
    if start and start != MAGIC:
        raise StorageError(f"{path} is no SQLite database", "name another file in storage.url; this one is untouched")


def log_of(path: Path) -> int:
    """Bytes in the write-ahead log beside the file."""
    log = path.with_name(f"{path.name}-wal")
    return log.stat().st_size if log.exists() else 0


async def check_file(driver: Any) -> None:
    """Raises StorageError for a file that is damaged inside or belongs to another program."""
    [(verdict,)] = (await driver.visit("PRAGMA quick_check(1)")).rows
    if verdict != "ok":
        raise damaged(str(verdict).splitlines()[0])
    [(owner,)] = (await driver.visit("PRAGMA application_id")).rows
    [(tables,)] = (await driver.visit(FOREIGN)).rows
    if owner != APPLICATION_ID and (owner or tables):
        raise StorageError(
            "the database belongs to another program", "give the bot a database of its own in storage.url"
        )
