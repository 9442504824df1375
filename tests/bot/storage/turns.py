"""Instances of a bot in one process, each with a lease of its own, for the tests of the lease."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NamedTuple

import pytest

from bot.process.lease import Lease, Patience
from bot.storage import LeaseLost, Storage, open_storage, seen
from bot.storage.lease import look
from tests.bot.storage.making import AT

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"])
on_postgres = pytest.mark.parametrize("engine_name", ["postgres"])

BOT, OTHER_BOT = 100_001, 2**40 + 7
HANG = 2.0
QUICK = Patience(look=0.05, beat=0.1, trust=0.5, hang=HANG, grace=7.0)


class Instance(NamedTuple):
    storage: Storage
    lease: Lease

    async def begin(self) -> "Instance":
        await asyncio.wait_for(self.lease.acquire(), 15)
        self.lease.keep()
        return self

    async def writes(self, update: int) -> bool:
        """Whether a Unit of its own is committed."""
        try:
            await self.storage.write(lambda unit: seen.mark(unit, BOT, [update], AT))
        except LeaseLost:
            return False
        return True

    async def epoch(self) -> int:
        async with self.storage.reading() as unit:
            return (await look(unit, BOT)).epoch


class Turns(NamedTuple):
    url: str
    open: AsyncExitStack

    async def instance(self, bot_id: int = BOT, url: str = "", patience: Patience = QUICK) -> Instance:
        """One that has not asked for its turn yet."""
        storage = await open_storage(url or self.url, migrate=False)
        self.open.push_async_callback(storage.close)
        lease = Lease(storage, bot_id, patience)
        self.open.push_async_callback(lease.release)
        return Instance(storage, lease)

    async def holder(self, bot_id: int = BOT, url: str = "") -> Instance:
        return await (await self.instance(bot_id, url)).begin()

    @asynccontextmanager
    async def waiting(self) -> AsyncIterator[Instance]:
        """One that asks for its turn in the background."""
        candidate = await self.instance()
        asking = asyncio.create_task(candidate.lease.acquire())
        try:
            yield candidate
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
