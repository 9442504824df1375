"""Files beside an SQLite database that a process locks while it lives; the kernel unlocks what nobody holds open."""

import errno
import fcntl
import os
from pathlib import Path
from typing import NamedTuple

from bot.storage.errors import StorageError, StorageUnavailable

FOR_GOOD = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ELOOP,
    errno.ENAMETOOLONG,
}  # fmt: skip


class Sight(NamedTuple):
    """Whether a process lives, and how often its heart has beaten."""

    alive: bool
    beats: int


def lock_file(database: Path, instance: int) -> Path:
    """The database has one name here, through whatever link it was opened."""
    whole = database.resolve()
    return whole.with_name(f"{whole.name}-lease-{instance:016x}")


def lock_files(database: Path) -> list[Path]:
    whole = database.resolve()
    start = f"{whole.name}-lease-"
    return [path for path in whole.parent.iterdir() if path.name.startswith(start)]


def locked(file: int, how: int) -> bool:
    """Whether the lock was to be had; the kernel takes it back with the last descriptor."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def same(file: int, path: Path) -> bool:
    """Whether the file that is open still is the one with that name."""
    try:
        there = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(file), there)


def seen_at(path: Path) -> Sight:
    """A file that is gone was given back, or its machine is another one: nobody lives there."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return Sight(False, 0)
    except OSError as error:
        raise unusable(path, error) from error
    try:
        if locked(file, fcntl.LOCK_SH):
            return Sight(False, 0)
        return Sight(True, int(os.pread(file, 32, 0) or b"0"))
    except OSError as error:
        raise unusable(path, error) from error
    finally:
        os.close(file)


def unusable(path: Path, error: OSError) -> StorageError:
    """What is wrong with rights or the kind of disk stays wrong; a disk that is full or slow does not."""
    problem = f"the file {path} beside the database cannot be opened and locked ({error.strerror})"
    if error.errno in FOR_GOOD:
        way_out = "keep the database on a disk of this machine, in a folder where the bot's user may write"
        return StorageError(problem, way_out)
    return StorageUnavailable(problem, "look after that disk")
