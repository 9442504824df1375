"""The locked files beside an SQLite database: one for each instance, whatever way leads to the database."""

import os
from pathlib import Path

from bot.storage.lockfile import lock_files
from tests.bot.storage.turns import Turns, on_sqlite


@on_sqlite
async def test_every_way_to_one_file_is_one_lease(turns: Turns, tmp_path: Path) -> None:
    await turns.holder()
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "link.db").symlink_to(tmp_path / "t.db")
    second = await turns.instance(url=f"sqlite:///{other / 'link.db'}")
    assert not await second.lease.attempt()


@on_sqlite
async def test_a_lock_file_that_somebody_deletes_is_made_again(turns: Turns, tmp_path: Path) -> None:
    first = await turns.holder()
    (file,) = lock_files(tmp_path / "t.db")
    file.unlink()
    await first.lease.prove()
    second = await turns.instance()
    assert not await second.lease.attempt()


@on_sqlite
async def test_files_of_dead_instances_are_removed_and_those_of_the_living_stay(turns: Turns, tmp_path: Path) -> None:
    (tmp_path / "t.db-lease-00000000000000ff").write_bytes(b"7\n")
    first = await turns.instance()
    waits = await turns.instance()
    async with turns.waiting():
        await first.begin()
        assert not await waits.lease.attempt()
        names = {file.name for file in lock_files(tmp_path / "t.db")}
        assert "t.db-lease-00000000000000ff" not in names
        assert len(names) == 3
    await first.lease.release()
    await waits.begin()
    assert len(lock_files(tmp_path / "t.db")) == 2


@on_sqlite
async def test_no_child_process_inherits_the_lock(turns: Turns, tmp_path: Path) -> None:
    await turns.holder()
    (file,) = lock_files(tmp_path / "t.db")
    mine = [fd for fd in range(1024) if points_to(fd, file)]
    assert mine
    assert not any(map(os.get_inheritable, mine))


def points_to(fd: int, file: Path) -> bool:
    try:
        return Path(f"/proc/self/fd/{fd}").readlink() == file
    except OSError:
        return False
