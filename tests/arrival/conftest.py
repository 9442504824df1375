"""A camp on each database."""

from collections.abc import AsyncIterator

import pytest

from tests.handlers.camp import Camp, camping


@pytest.fixture
async def camp(database_url: str) -> AsyncIterator[Camp]:
    async with camping(database_url) as made:
        yield made
