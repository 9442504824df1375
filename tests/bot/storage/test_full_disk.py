"""A disk that is full: nothing taken is lost, nothing more is taken, and it is got over without a restart."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.storage import Storage, StorageUnavailable, open_storage, seen
from bot.storage.tables import updates_seen
from tests.bot.disk import small_disk
from tests.bot.storage.making import AT
from tests.databases import sqlite_url

COUNT = select(func.count()).select_from(updates_seen)
AT_ONCE = 500

Free = Callable[[], Awaitable[None]]


@asynccontextmanager
async def filling(storage: Storage, disk: Path, *, real: bool) -> AsyncIterator[Free]:
    """Little room is left, by ballast on a real small disk, else by SQLite's own limit; what is yielded makes room."""
    if real:
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * 300_000)

        async def free() -> None:
            ballast.unlink()
    else:
        await limit(storage, 100)

        async def free() -> None:
            await limit(storage, 10_000)

    yield free


async def limit(storage: Storage, pages: int) -> None:
    async with storage.unit() as unit:
        await unit.driver.execute(f"PRAGMA max_page_count = {pages}")


async def fill(storage: Storage) -> None:
    for first in range(0, 100_000, AT_ONCE):
        updates = range(first, first + AT_ONCE)
        await storage.write(partial(seen.mark, bot_id=1, update_ids=updates, at=AT))
    raise AssertionError("the disk never fills")


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_full_disk_loses_nothing_and_is_got_over_without_a_restart(
    engine_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # D4
    monkeypatch.setattr("bot.storage.store.FIRST_PAUSE", 0.001)
    place = tmp_path / "disk"
    with small_disk(place, "2m") as real:
        storage = await open_storage(sqlite_url(place / "dengta.db"))
        try:
            await fills_and_is_freed(storage, place, real=real)
        finally:
            await storage.close()


async def fills_and_is_freed(storage: Storage, place: Path, *, real: bool) -> None:
    async with filling(storage, place, real=real) as free:
        with pytest.raises(StorageUnavailable, match="disk is full"):
            await fill(storage)
        async with storage.reading() as unit:
            before = await unit.scalar(COUNT)
        assert before > 0
        assert before % AT_ONCE == 0
        await free()
        await storage.write(partial(seen.mark, bot_id=1, update_ids=[10**9], at=AT))
    async with storage.reading() as unit:
        assert await unit.scalar(COUNT) == before + 1
        assert await unit.scalar(text("PRAGMA integrity_check")) == "ok"
