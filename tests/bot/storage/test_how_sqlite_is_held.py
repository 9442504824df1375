"""How SQLite is held: written through to the disk, foreign keys on, and whoever writes is the writer from the start."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select, text

from bot.storage import Storage, Unit
from bot.storage.tables import groups

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])
FULL = 2


async def setting(unit: Unit, name: str) -> object:
    return await unit.scalar(text(f"PRAGMA {name}"))


async def test_a_commit_is_on_the_disk_before_it_is_told(storage: Storage) -> None:
    async with storage.unit() as unit:
        assert await setting(unit, "synchronous") == FULL
        assert await setting(unit, "journal_mode") == "wal"
        assert await setting(unit, "foreign_keys") == 1


async def test_the_engine_for_reading_cannot_write(storage: Storage) -> None:
    async with storage.reading() as unit:
        assert await setting(unit, "query_only") == 1


async def test_a_writing_unit_is_the_writer_from_its_first_look(storage: Storage, database_url: str) -> None:
    """Else another writer may change what it has just read, and what it writes then is lost or refused."""
    file = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as other:
        async with storage.unit() as unit:
            await unit.scalar(select(groups.c.id))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


async def test_whoever_only_reads_keeps_nobody_from_writing(storage: Storage, database_url: str) -> None:
    file = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as other:
        async with storage.reading() as unit:
            await unit.scalar(select(groups.c.id))
            other.execute("BEGIN IMMEDIATE")
