"""One module a command of the command line: main(args, settings) -> exit code; here is what several of them need."""

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.storage import DatabaseDamaged, Storage, StorageError

FAILED, USAGE, CONFIGURATION = 1, 2, 78


def with_storage(settings: "Settings", work: "Callable[[Storage], Awaitable[int]]") -> int:
    """`work` with the database as it is; 1 with one line where it cannot be used."""
    # Here and not above: `health` runs every ten seconds in a container, and needs no database for it.
    import asyncio

    from bot.storage import StorageError, open_storage

    async def run() -> int:
        storage = await open_storage(settings.storage.url, migrate=False)
        try:
            return await work(storage)
        finally:
            await storage.close()

    try:
        return asyncio.run(run())
    except StorageError as error:
        return unusable(error)


def unusable(error: "StorageError | DatabaseDamaged") -> int:
    print(f"storage.url: {error.problem}\n  {error.way_out}", file=sys.stderr)
    return FAILED
