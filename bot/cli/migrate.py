"""Brings the database to the newest schema, in one transaction; changes nothing where that fails."""

import argparse
import asyncio

from bot.cli import unusable
from bot.settings import Settings
from bot.storage import StorageError
from bot.storage.migrate import migrate


def main(args: argparse.Namespace, settings: Settings) -> int:
    try:
        done = asyncio.run(migrate(settings.storage.url))
    except StorageError as error:
        return unusable(error)
    if done.before == done.after:
        print(f"The database has the newest schema, {done.after}.")
    else:
        print(f"The database has the newest schema now: {done.before or 'empty'} → {done.after}.")
    return 0
