"""Schemas change up and down without losing a row, say what the code says, and are changed by one at a time."""

import ast
import asyncio
import itertools
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import BigInteger, Boolean, Connection, inspect, text

from bot.storage import StorageError, address, groups, migrate, open_storage
from bot.storage.tables import metadata
from bot.storage.tables.base import Words
from tests.bot.storage.making import AT, CHAT
from tests.bot.storage.schema import connected, drift, everything, fill

VERSIONS = Path(migrate.SCRIPTS) / "versions"


async def bring(url: str, revision: str) -> None:
    await migrate.bring(address.parse(url), revision)


async def test_the_newest_schema_is_what_the_code_describes(database_url: str) -> None:
    # M1
    async with connected(database_url) as connection:
        assert await connection.run_sync(drift) == []


async def test_every_migration_goes_up_down_and_up_again(empty_database_url: str) -> None:
    # M1
    steps = ["base", *migrate.REVISIONS]
    for below, revision in itertools.pairwise(steps):
        await bring(empty_database_url, revision)
        await bring(empty_database_url, below)
        await bring(empty_database_url, revision)
    async with connected(empty_database_url) as connection:
        assert await connection.run_sync(drift) == []


async def test_going_down_to_nothing_leaves_nothing(database_url: str) -> None:
    # M1
    await bring(database_url, "base")
    async with connected(database_url) as connection:
        left = await connection.run_sync(lambda c: set(inspect(c).get_table_names()))
        assert left <= {migrate.VERSION_TABLE}
    assert (await migrate.migrate(database_url)).before == ""


async def test_rows_of_every_table_survive_migrating_again(database_url: str) -> None:
    # M1
    async with connected(database_url) as connection:
        await fill(connection)
        before = await everything(connection)
    assert all(len(rows) == 1 for rows in before.values())
    await (await open_storage(database_url)).close()
    async with connected(database_url) as connection:
        assert await everything(connection) == before


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert await migrate.migrate(database_url) == migrate.Migrated(migrate.HEAD, migrate.HEAD)


async def test_of_many_who_migrate_at_once_one_does_it_and_the_others_wait(empty_database_url: str) -> None:
    # M3
    done = await asyncio.gather(*(migrate.migrate(empty_database_url) for _ in range(4)))
    assert sorted(each.before for each in done) == ["", *[migrate.HEAD] * 3]
    assert {each.after for each in done} == {migrate.HEAD}


async def test_a_migration_that_fails_leaves_what_was(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = migrate.run_alembic

    def struck(connection: Connection, target: str, before: str) -> None:
        whole(connection, target, before)
        raise RuntimeError("struck down in the middle")

    monkeypatch.setattr(migrate, "run_alembic", struck)
    with pytest.raises(StorageError, match="struck down"):
        await migrate.migrate(empty_database_url)
    monkeypatch.undo()
    async with connected(empty_database_url) as connection:
        assert await connection.run_sync(lambda c: inspect(c).get_table_names()) == []
    storage = await open_storage(empty_database_url)
    async with storage.unit() as unit:
        await groups.ensure(unit, CHAT, title="07营", kind="group", owner_id=1, at=AT)
    await storage.close()


async def test_the_guards_of_the_books_are_there_after_migrating(engine_name: str, database_url: str) -> None:
    # A table rebuilt by a later migration loses its triggers on SQLite; then this fails.
    named = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if engine_name == "sqlite" else (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )  # fmt: skip
    async with connected(database_url) as connection:
        found = set((await connection.execute(text(named))).scalars())
    books = {"audit", "decisions", "entries", "transactions", "postings"}
    assert {f"{table}_{what}" for table in books for what in ("no_update", "no_delete")} <= found


def test_the_known_revisions_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in reversed(list(scripts.walk_revisions()))] == list(migrate.REVISIONS)


def test_migrations_import_neither_bot_nor_rules() -> None:
    for file in migrate.SCRIPTS.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named |= {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
        assert not {name.partition(".")[0] for name in named if name} & {"bot", "rules", "handlers"}


def test_every_number_has_64_bits() -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            assert isinstance(column.type, BigInteger | Boolean | Words), (table.name, column.name)
