"""A court on each database."""

from collections.abc import AsyncIterator

import pytest

from bot.storage import open_storage
from tests.bot.moderation.court import Court


@pytest.fixture
async def court(database_url: str) -> AsyncIterator[Court]:
    storage = await open_storage(database_url)
    try:
        yield Court(storage)
    finally:
        await storage.close()
