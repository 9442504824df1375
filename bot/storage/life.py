"""How instances see each other live on SQLite: each holds a lock on a file of its own, which ends with its process."""

import asyncio
import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from bot.storage.errors import StorageError, StorageUnavailable
from bot.storage.lease import LeaseRow
from bot.storage.lockfile import Sight, lock_file, lock_files, locked, same, seen_at, unusable

BEAT = b"%020d\n"


class Life(Protocol):
    """Raises StorageUnavailable where it cannot tell at the moment."""

    instance: int

    async def open(self) -> None: ...

    async def beat(self, bot_id: int) -> None: ...

    async def sight(self, row: LeaseRow) -> Sight: ...

    async def evict(self, row: LeaseRow, bot_id: int) -> None:
        """Break off what a process that hangs has begun, so that nobody waits for it."""
        ...

    async def tidy(self) -> None:
        """Remove what dead instances left behind."""
        ...

    async def close(self) -> None: ...


def new_instance() -> int:
    return secrets.randbits(62) + 1


class FileLife:
    """The heart beats in the locked file, in memory that all processes of a machine share: no write to the database,
    no flush of a disk, and it goes on while another program holds the database.
    """

    def __init__(self, database: Path) -> None:
        self.instance = new_instance()
        self._database = database.resolve()
        self._path = lock_file(self._database, self.instance)
        self.file = -1
        self._beats = 0

    async def open(self) -> None:
        await asyncio.to_thread(self._open)

    async def beat(self, bot_id: int) -> None:
        await asyncio.to_thread(self._beat)

    async def sight(self, row: LeaseRow) -> Sight:
        return await asyncio.to_thread(seen_at, lock_file(self._database, row.instance))

    async def evict(self, row: LeaseRow, bot_id: int) -> None:
        """A transaction of SQLite that hangs holds the whole file: nobody can break it off from outside."""

    async def tidy(self) -> None:
        with suppress(OSError):
            await asyncio.to_thread(self._tidy)

    async def close(self) -> None:
        if self.file >= 0:
            file, self.file = self.file, -1
            with suppress(OSError):
                self._path.unlink()
            os.close(file)

    def _open(self) -> None:
        path = self._path
        if self.file >= 0 and same(self.file, path):
            return
        # As readable as the database, whoever starts the bot.
        mode = self._database.stat().st_mode & 0o666
        try:
            file = self._own(path, mode)
        except OSError as error:
            raise unusable(path, error) from error
        if self.file >= 0:
            os.close(self.file)
        self.file = file

    def _own(self, path: Path, mode: int) -> int:
        """A file of that name, locked; one that was swept away between opening and locking is made again."""
        while True:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, mode)
            try:
                if locked(file, fcntl.LOCK_EX) and same(file, path):
                    os.pwrite(file, BEAT % self._beats, 0)
                    return file
            except OSError:
                os.close(file)
                raise
            os.close(file)

    def _beat(self) -> None:
        """Whatever keeps it from beating, the turn is not over by that."""
        self._beats += 1
        try:
            self._open()
            os.pwrite(self.file, BEAT % self._beats, 0)
        except (OSError, StorageError) as error:
            raise StorageUnavailable(f"{self._path} cannot be written ({error})", "look after that disk") from error

    def _tidy(self) -> None:
        for path in lock_files(self._database):
            with suppress(OSError):
                file = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
                try:
                    # Unlinked while it is locked: whoever is just opening it notices that it is gone.
                    if locked(file, fcntl.LOCK_EX):
                        path.unlink()
                finally:
                    os.close(file)
