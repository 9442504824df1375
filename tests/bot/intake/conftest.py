"""A stage on each database."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.intake.stage import Stage, staged


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url) as made:
        await made.set_up()
        yield made
