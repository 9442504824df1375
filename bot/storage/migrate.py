"""Brings a database to the newest schema, or says why not; never starts anew over something that is not ours."""

import sqlite3
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NamedTuple

import asyncpg
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import address as addresses
from bot.storage import engine as engines
from bot.storage.address import Address
from bot.storage.errors import DAMAGED, SchemaInUse, StorageError, passing, root
from bot.storage.files import check_file, check_place, damaged
from bot.storage.lockfile import lock_file, seen_at
from bot.storage.tables import metadata
from bot.storage.unit import Sql, Unit, begun

REVISIONS = ("0001", "0002", "0003", "0004")
HEAD = REVISIONS[-1]
LEASES_SINCE = "0002"
VERSION_TABLE = "dengta_schema"
SCRIPTS = Path(__file__).parents[2] / "migrations"
OUR_LOCK = 0x44656E67

TABLES = Sql(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite$_%' ESCAPE '$'",
    "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
)
VERSION = Sql("SELECT version_num FROM dengta_schema", "SELECT version_num FROM dengta_schema")
HOLDERS = Sql(*["SELECT instance, place FROM leases WHERE instance <> 0"] * 2)
FREE = Sql("", "SELECT pg_try_advisory_xact_lock_shared($1)")
# Changes nothing, but fails where nothing can be changed: a read-only file lets a transaction begin.
PROBE = "UPDATE dengta_schema SET version_num = version_num"
LOCK = "SELECT set_config('lock_timeout', $2, true), pg_advisory_xact_lock($1)"
BEGIN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}


class Migrated(NamedTuple):
    """Revisions; `before` is empty for a database that had no tables."""

    before: str
    after: str


async def migrate(url: str) -> Migrated:
    """The newest schema, in one transaction; who comes second waits. Raises StorageError."""
    return await bring(addresses.parse(url), HEAD)


async def check(url: str) -> None:
    """Raises StorageError unless the database is ours, sound and of the newest schema."""
    await bring(addresses.parse(url), None)


async def bring(address: Address, target: str | None) -> Migrated:
    """To the revision `target` ("base": no tables); None only looks."""
    if address.dialect == "sqlite":
        check_place(address.path, may_create=target is not None)
    engine = open_engine(address)
    try:
        async with locked(engine, address) as unit:
            before = await version(unit)
            if target is None and before != HEAD:
                raise StorageError("the database has an older schema", "run python -m bot migrate")
            if target is not None and before != target:
                await refuse_under_a_bot(unit, address, before)
                await unit.connection.run_sync(run_alembic, target, before)
            await unit.driver.execute(PROBE)
            await unit.commit()
        return Migrated(before, before if target is None else target)
    except StorageError:
        raise
    except Exception as error:
        raise explained(error) from error
    finally:
        await engine.dispose()


def open_engine(address: Address) -> AsyncEngine:
    if address.dialect == "sqlite":
        return engines.sqlite_engine(address, writing=True, migrating=True)
    return engines.postgres_engine(address)


def locked(engine: AsyncEngine, address: Address) -> AbstractAsyncContextManager[Unit]:
    return begun(engine, address.dialect, BEGIN[address.dialect])


async def version(unit: Unit) -> str:
    """The revision of a database that is ours and sound, "" for an empty one."""
    if unit.dialect == "sqlite":
        await check_file(unit.driver)
    else:
        await unit.driver.execute(LOCK, OUR_LOCK, "60s")
    tables = {str(row[0]) for row in await unit.fetch(TABLES)}
    rows = await unit.fetch(VERSION) if VERSION_TABLE in tables else []
    if tables - {VERSION_TABLE} and not rows:
        raise StorageError(
            f"the database holds tables of another program ({', '.join(sorted(tables)[:3])})",
            "give the bot a database of its own in storage.url",
        )
    found = str(rows[0][0]) if rows else ""
    if found and found not in REVISIONS:
        raise StorageError(
            f"the database was written by a newer version of this program (schema {found}, known {HEAD})",
            "install that version again, or restore a backup made before the upgrade",
        )
    return found


async def refuse_under_a_bot(unit: Unit, address: Address, before: str) -> None:
    """Raises SchemaInUse while a bot lives whose statements know the schema as it is."""
    if before not in REVISIONS[REVISIONS.index(LEASES_SINCE) :]:
        return
    for instance, place in await unit.fetch(HOLDERS):
        if unit.dialect == "sqlite":
            alive = seen_at(lock_file(address.path, instance)).alive
        else:
            alive = not (await unit.fetch(FREE, instance))[0][0]
        if alive:
            raise SchemaInUse(
                f"the database must change from schema {before}, but a bot is running on it ({place})",
                "stop that bot first; what it has in hand goes on afterwards",
            )


def run_alembic(connection: Connection, target: str, before: str) -> None:
    """Alembic is imported only where something has to change: it costs a tenth of a second at every start."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection, "metadata": metadata})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    # Alembic leaves the end of a transaction alone that it finds begun.
    connection.exec_driver_sql("SELECT 1")
    if target in REVISIONS and (not before or REVISIONS.index(before) < REVISIONS.index(target)):
        command.upgrade(config, target)
    else:
        command.downgrade(config, target)
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StorageError("the migration left rows without their owner", "restore a backup and report this")


def explained(error: Exception) -> StorageError:
    if (trouble := passing(error)) is not None:
        return trouble
    cause = root(error)
    if isinstance(cause, asyncpg.InsufficientPrivilegeError):
        return StorageError(
            f"the database user may not write there ({cause})",
            "make it the owner (ALTER DATABASE name OWNER TO user), or GRANT it CREATE and all rights on the tables",
        )
    if isinstance(cause, sqlite3.DatabaseError) and (
        getattr(cause, "sqlite_errorcode", 0) & 0xFF in DAMAGED or "file format" in str(cause)
    ):
        return damaged(str(cause))
    return StorageError(f"the database refused to open ({type(cause).__name__}: {cause})", "look after storage.url")
