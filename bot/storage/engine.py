"""Engines of SQLAlchemy as we need them; begins no transaction, a Unit does."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import asyncpg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.address import Address
from bot.storage.driver import Connection

PostgresConnection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

MOST_CONNECTIONS = 10
READERS = 4

WAIT = "PRAGMA busy_timeout=10000"
WRITER_PRAGMAS = (WAIT, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")
READER_PRAGMAS = (WAIT, "PRAGMA query_only=ON")
MIGRATION_PRAGMAS = ("PRAGMA foreign_keys=OFF", "PRAGMA busy_timeout=30000")

# An index is always at hand in memory here; without this a batch of keys reads whole tables.
SERVER_SETTINGS = {
    "random_page_cost": "1.1",
    "jit": "off",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


def sqlite_engine(address: Address, *, writing: bool, migrating: bool = False) -> AsyncEngine:
    """`writing`: one connection; else a few that cannot write. `migrating`: tables may be rebuilt under their links."""
    engine = create_async_engine(
        "sqlite+aiosqlite:///file",
        async_creator=lambda *_arguments, **_options: Connection(address.path),
        pool_size=1 if writing else READERS,
        max_overflow=0,
        pool_reset_on_return=None,
        hide_parameters=True,
    )
    pragmas: tuple[str, ...] = WRITER_PRAGMAS if writing else READER_PRAGMAS
    if migrating:
        pragmas += MIGRATION_PRAGMAS

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    return engine


async def connected_postgres(address: Address, settings: Mapping[str, str] | None = None) -> PostgresConnection:
    return await asyncpg.connect(
        address.dsn, timeout=address.timeout, server_settings={**SERVER_SETTINGS, **(settings or {})}
    )


def postgres_engine(address: Address) -> AsyncEngine:
    """Connections in autocommit, so that the Unit alone says where a transaction begins and ends."""

    async def connect(*_arguments: object, **_options: object) -> PostgresConnection:
        return await connected_postgres(address)

    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        isolation_level="AUTOCOMMIT",
        pool_size=MOST_CONNECTIONS,
        max_overflow=0,
        pool_reset_on_return=None,
        hide_parameters=True,
    )
