"""Looks at a schema and its rows from outside, and fills every table, for the tests of migrations."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Boolean, Column, Connection, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import address, migrate
from bot.storage.tables import metadata
from bot.storage.tables.base import Words

NULL_IN_SEED = {("decisions", "reverses"), ("entries", "settles"), ("acts", "after_id")}


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection of our own, beside any storage; whatever it did is kept."""
    engine = migrate.open_engine(address.parse(url))
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()


def drift(connection: Connection) -> list[Any]:
    """What Alembic would still have to change for the tables to be as the code describes them."""
    options = {"version_table": migrate.VERSION_TABLE, "compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def seed(table: Table) -> dict[str, Any]:
    """A row for any table: number 1 of everything, texts that a careless statement would trip over."""
    return {column.name: value_for(table.name, column) for column in table.columns}


def value_for(table: str, column: Column[Any]) -> Any:
    if (table, column.name) in NULL_IN_SEED:
        return None
    if is_text(column):
        return f'{column.name}\'; DROP TABLE "{table}"; -- 灯塔 %s :x ?'
    return True if isinstance(column.type, Boolean) else 1


def is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, Words)


async def fill(connection: AsyncConnection) -> None:
    for table in metadata.sorted_tables:
        await connection.execute(table.insert().values(seed(table)))


async def everything(connection: AsyncConnection) -> dict[str, Sequence[Any]]:
    """All rows of all tables that are there."""
    return {t.name: (await connection.execute(select(t))).mappings().all() for t in metadata.sorted_tables}
