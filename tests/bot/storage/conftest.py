"""An open storage on each engine, and one group in it."""

from collections.abc import AsyncIterator

import pytest

from bot.storage import Storage, groups, open_storage
from bot.storage.groups import GroupRow
from tests.bot.storage.making import AT, CHAT


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    opened = await open_storage(database_url, migrate=False)
    yield opened
    await opened.close()


@pytest.fixture
async def group(storage: Storage) -> GroupRow:
    async with storage.unit() as unit:
        return await groups.ensure(unit, CHAT, title="07营", kind="group", owner_id=1, at=AT)
