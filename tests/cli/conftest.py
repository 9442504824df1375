"""A bot at work whose books the commands read; it is nine in the morning where its group is."""

from collections.abc import AsyncIterator

import pytest

from tests.app.stage import Stage, staged
from tests.cli.command import NINE


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, start=NINE) as made:
        yield made
