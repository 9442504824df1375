"""The books and the audit only grow: the database itself refuses anything else, whoever asks."""

import pytest
from sqlalchemy import Table, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.storage import Storage
from bot.storage.tables import audit, decisions, entries, postings, transactions
from tests.bot.storage.schema import connected, fill, is_text

BOOKS = (audit, decisions, entries, transactions, postings)
# States, links that follow a merged group, and what may be erased.
CHANGEABLE = {
    "audit": {"group_id", "before", "after"},
    "decisions": {"group_id", "state", "spends", "findings", "case_json", "verdict", "reason", "message_id"},
    "entries": {"group_id", "settles", "note"},
    "transactions": {"group_id", "note"},
    "postings": {"group_id"},
}
ERASABLE = {
    "audit": ("before", "after"),
    "decisions": ("reason", "message_id"),
    "entries": ("note",),
    "transactions": ("note",),
}

each_book = pytest.mark.parametrize("table", BOOKS, ids=lambda table: table.name)


@pytest.fixture
async def filled(storage: Storage, database_url: str) -> Storage:
    async with connected(database_url) as connection:
        await fill(connection)
    return storage


@each_book
async def test_what_was_written_is_never_changed(filled: Storage, table: Table) -> None:
    frozen = [column for column in table.columns if column.name not in CHANGEABLE[table.name]]
    for column in frozen:
        with pytest.raises(DBAPIError, match="only grows"):
            async with filled.unit() as unit:
                await unit.execute(update(table).values({column.name: "other" if is_text(column) else 0}))


@each_book
async def test_no_row_is_ever_deleted(filled: Storage, table: Table) -> None:
    with pytest.raises(DBAPIError, match="only grows"):
        async with filled.unit() as unit:
            await unit.execute(delete(table))


@pytest.mark.parametrize("engine_name", ["postgres"])
@each_book
async def test_no_table_is_ever_emptied(filled: Storage, table: Table) -> None:
    with pytest.raises(DBAPIError, match="only grows"):
        async with filled.unit() as unit:
            await unit.execute(text(f"TRUNCATE {table.name} CASCADE"))


@each_book
async def test_what_may_be_erased_may_not_be_rewritten(filled: Storage, table: Table) -> None:
    for column in ERASABLE.get(table.name, ()):
        other, empty = ("what was never said", "") if is_text(table.c[column]) else (77, 0)
        with pytest.raises(DBAPIError, match="only grows"):
            async with filled.unit() as unit:
                await unit.execute(update(table).values({column: other}))
        async with filled.unit() as unit:
            await unit.execute(update(table).values({column: empty}))
            assert await unit.scalar(select(table.c[column])) == empty
