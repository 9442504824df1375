"""A disk that is full: nothing taken is lost, nothing more is taken, and it is got over without a restart."""

import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.storage import Storage, StorageUnavailable, open_storage, seen
from bot.storage.tables import updates_seen
from tests.bot.storage.making import AT
from tests.databases import sqlite_url

COUNT = select(func.count()).select_from(updates_seen)
AT_ONCE = 500

Free = Callable[[], Awaitable[None]]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A mebibyte of disk where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    yield place
    if mounted:
        subprocess.run(["umount", place], check=True)


def mounted(disk: Path) -> bool:
    return disk.is_mount()


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
    engine_name: str, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # D4
    monkeypatch.setattr("bot.storage.store.FIRST_PAUSE", 0.001)
    storage = await open_storage(sqlite_url(small_disk / "dengta.db"))
    async with filling(storage, small_disk, real=mounted(small_disk)) as free:
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
    await storage.close()
