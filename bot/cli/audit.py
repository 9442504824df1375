"""Prints who did what to whom, as CSV: of all groups, or of one.

Rows only ever grow; what was erased on somebody's word is empty.
"""

import argparse
import sys

from bot import auditing
from bot.cli import FAILED, with_storage
from bot.cli.books import now_of
from bot.settings import Settings
from bot.storage import Storage, groups
from rules.conduct.effects import DAY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", action="store_true", help="as a table; what it prints anyhow")
    parser.add_argument("--days", type=int, default=0, metavar="N", help="of the last N days (all)")
    parser.add_argument("--group", type=int, default=0, metavar="CHAT", help="of the group with that Telegram id")


def main(args: argparse.Namespace, settings: Settings) -> int:
    return with_storage(settings, lambda storage: show(args, settings, storage))


async def show(args: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    since = await now_of(settings) - args.days * DAY if args.days else 0
    async with storage.reading() as unit:
        found = [each for each in await groups.all_active(unit) if args.group in {0, each.chat_id}]
        if not found:
            print(f"There is no group {args.group}.", file=sys.stderr)
            return FAILED
        print(await auditing.table(unit, found, since), end="")
    return 0
