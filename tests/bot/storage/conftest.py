"""One group in an open storage, and instances that take turns with it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.storage import Storage, groups
from bot.storage.groups import GroupRow
from tests.bot.storage.making import AT, CHAT
from tests.bot.storage.turns import Turns


@pytest.fixture
async def group(storage: Storage) -> GroupRow:
    async with storage.unit() as unit:
        return await groups.ensure(unit, CHAT, title="07营", kind="group", owner_id=1, at=AT)


@pytest.fixture
async def turns(database_url: str) -> AsyncIterator[Turns]:
    async with AsyncExitStack() as opened:
        yield Turns(database_url, opened)
