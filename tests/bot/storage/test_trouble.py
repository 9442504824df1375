"""A database that cannot be used: a clear refusal, never an empty start, and nothing lost."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import func, select

from bot.storage import StorageError, groups, open_storage, seen
from bot.storage.tables import updates_seen
from tests.bot.storage.making import AT, CHAT
from tests.databases import sqlite_url

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"])
on_postgres = pytest.mark.parametrize("engine_name", ["postgres"])


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


async def refusal(url: str, *, migrate: bool = True) -> StorageError:
    with pytest.raises(StorageError) as caught:
        await open_storage(url, migrate=migrate)
    assert caught.value.problem
    assert caught.value.way_out
    return caught.value


async def fill(url: str, updates: int = 5_000) -> None:
    storage = await open_storage(url)
    async with storage.unit() as unit:
        await groups.ensure(unit, CHAT, title="07营", kind="group", owner_id=1, at=AT)
        await seen.mark(unit, 1, range(updates), AT)
    await storage.close()


@on_sqlite
@pytest.mark.parametrize("place", [0, 40, 4096, 3 * 4096 + 3])
async def test_a_file_with_flipped_bytes_is_refused_and_left_alone(database_url: str, place: int) -> None:
    # D8
    await fill(database_url)
    file = file_of(database_url)
    content = bytearray(file.read_bytes())
    for index in range(place, place + 60):
        content[index] ^= 0xFF
    file.write_bytes(content)
    problem = (await refusal(database_url)).problem
    assert "damaged" in problem or "no SQLite database" in problem
    assert file.read_bytes() == content


@on_sqlite
async def test_a_file_that_was_cut_is_refused(database_url: str) -> None:
    # D8
    await fill(database_url)
    file = file_of(database_url)
    file.write_bytes(file.read_bytes()[: 8 * 4096])
    assert "damaged" in (await refusal(database_url)).problem


@on_sqlite
async def test_an_emptied_file_with_a_log_beside_it_is_no_new_database(database_url: str) -> None:
    # D8
    storage = await open_storage(database_url)
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1], AT)
    file = file_of(database_url)
    log = file.with_name(f"{file.name}-wal").read_bytes()
    await storage.close()
    file.write_bytes(b"")
    file.with_name(f"{file.name}-wal").write_bytes(log)
    assert "damaged" in (await refusal(database_url)).problem
    file.unlink()
    assert "is gone" in (await refusal(database_url)).problem


@on_sqlite
async def test_a_log_without_its_tail_lacks_only_the_last_commit(database_url: str, tmp_path: Path) -> None:
    # D8
    storage = await open_storage(database_url)
    for number in range(3):
        async with storage.unit() as unit:
            await seen.mark(unit, 1, [number], AT)
    file, copy = file_of(database_url), tmp_path / "copy.db"
    copy.write_bytes(file.read_bytes())
    copy.with_name("copy.db-wal").write_bytes(file.with_name(f"{file.name}-wal").read_bytes()[:-100])
    await storage.close()
    storage = await open_storage(sqlite_url(copy))
    async with storage.reading() as unit:
        assert await unit.scalar(select(func.count()).select_from(updates_seen)) == 2
    await storage.close()


@on_sqlite
async def test_text_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, engine_name: str) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("remember the milk\n")
    assert "no SQLite database" in (await refusal(sqlite_url(file))).problem
    assert file.read_text() == "remember the milk\n"


async def test_another_programs_database_is_refused_and_left_alone(engine_name: str, empty_database_url: str) -> None:
    if engine_name == "sqlite":
        with closing(sqlite3.connect(file_of(empty_database_url))) as file:
            file.execute("CREATE TABLE recipes (id INTEGER)")
    else:
        connection = await asyncpg.connect(empty_database_url)
        await connection.execute("CREATE TABLE recipes (id INTEGER)")
        await connection.close()
    assert "another program" in (await refusal(empty_database_url)).problem


@on_sqlite
async def test_a_database_marked_by_another_program_is_refused(empty_database_url: str) -> None:
    with closing(sqlite3.connect(file_of(empty_database_url))) as file:
        file.execute("PRAGMA application_id = 252006673")
    assert "another program" in (await refusal(empty_database_url)).problem


async def test_a_newer_schema_is_refused(engine_name: str, database_url: str) -> None:
    newer = "UPDATE dengta_schema SET version_num = '9999'"
    if engine_name == "sqlite":
        with closing(sqlite3.connect(file_of(database_url), isolation_level=None)) as file:
            file.execute(newer)
    else:
        connection = await asyncpg.connect(database_url)
        await connection.execute(newer)
        await connection.close()
    assert "newer version" in (await refusal(database_url)).problem
    assert "newer version" in (await refusal(database_url, migrate=False)).problem


async def test_without_migrating_an_empty_database_is_refused(empty_database_url: str, engine_name: str) -> None:
    found = await refusal(empty_database_url, migrate=False)
    assert "migrate" in found.way_out
    if engine_name == "sqlite":
        assert not file_of(empty_database_url).exists()


@on_sqlite
async def test_a_missing_folder_is_refused_but_the_default_one_is_made(
    engine_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # D5
    assert "does not exist" in (await refusal(sqlite_url(tmp_path / "volume" / "dengta.db"))).problem
    assert "is a folder" in (await refusal(sqlite_url(tmp_path))).problem
    monkeypatch.chdir(tmp_path)
    await (await open_storage("sqlite:///data/dengta.db")).close()
    assert (tmp_path / "data" / "dengta.db").exists()


@contextmanager
def as_nobody(*paths: Path) -> Iterator[None]:
    """Root may write everywhere, so it becomes somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    for path in paths:
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    before = path.stat().st_mode
    path.chmod(0o555 if path.is_dir() else 0o444)
    yield
    path.chmod(before)


@on_sqlite
@pytest.mark.parametrize("what", ["file", "folder"])
async def test_a_read_only_file_or_folder_is_refused(engine_name: str, what: str) -> None:
    # D5
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "dengta.db"
        await (await open_storage(sqlite_url(file))).close()
        with as_nobody(folder, file), read_only(file if what == "file" else folder):
            found = await refusal(sqlite_url(file))
    assert "cannot be written" in found.problem


@on_sqlite
async def test_a_locked_database_is_waited_for_and_then_refused(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.engine.MIGRATION_PRAGMAS", ("PRAGMA busy_timeout=20",))
    with closing(sqlite3.connect(file_of(database_url), isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert "another program holds" in (await refusal(database_url)).problem
    await (await open_storage(database_url)).close()


@on_postgres
async def test_a_server_that_is_not_there_is_told_without_the_password(engine_name: str) -> None:
    found = await refusal("postgresql://bot:geheim@127.0.0.1:1/dengta?connect_timeout=2")
    assert "connection to the database" in found.problem
    assert "geheim" not in str(found)


@on_postgres
async def test_a_database_that_is_not_there_is_refused(database_url: str) -> None:
    found = await refusal(database_url.replace("/dengta_", "/elsewhere_"))
    assert "does not exist" in found.problem
