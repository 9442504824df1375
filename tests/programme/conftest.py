"""A camp on each database, whose time passes only when the test says so; it begins at nine in the morning there."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from bot.clock import ManualClock
from tests.app.stage import ENFORCED, Stage, staged

NINE = 1_740_963_600  # 2025-03-03 09:00 in Shanghai
Camping = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
def camping(database_url: str) -> Camping:
    """`async with camping({...policy...}) as camp`; `at` is when it begins, `kind` what the group is."""

    @asynccontextmanager
    async def made(
        policy: dict[str, Any] | None = None, *, at: int = NINE, kind: str = "supergroup"
    ) -> AsyncIterator[Stage]:
        async with staged(database_url, ENFORCED | (policy or {}), clock=ManualClock(at), kind=kind) as stage:
            await stage.calm()
            yield stage

    return made
