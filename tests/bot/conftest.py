"""An open storage on each engine, for whoever needs no more of the bot than its books."""

from collections.abc import AsyncIterator

import pytest

from bot.storage import Storage, open_storage


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    opened = await open_storage(database_url, migrate=False)
    yield opened
    await opened.close()
