"""Lists the updates that could not be decided, or decides them once the cause is mended."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from bot.cli import with_storage
from bot.clock import clock_of
from bot.gateway import GatewayError, TelegramGateway
from bot.settings import Settings, require_token
from bot.storage import Storage, undecided
from bot.storage.undecided import UndecidedRow
from bot.texts import LOCALES, Texts

EVERY = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("id", nargs="?", type=int, metavar="ID", help="the number of one of them, as listed")
    which.add_argument("--all", action="store_true", help="all of them, the oldest first")


def main(args: argparse.Namespace, settings: Settings) -> int:
    return with_storage(settings, lambda storage: run(args, settings, storage))


async def run(args: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    async with storage.reading() as unit:
        waiting = await undecided.pending(unit, EVERY)
    if args.id is None and not args.all:
        print("\n".join(map(line, waiting)) or "Nothing is undecided.")
        return 0
    chosen = [row for row in waiting if args.all or row.id == args.id]
    if not chosen:
        print("Nothing is undecided." if args.all else f"{args.id} is not undecided.", file=sys.stderr)
        return 0 if args.all else 1
    try:
        return await again(chosen, settings, storage)
    except GatewayError as error:
        print(f"Telegram cannot be asked: {error}", file=sys.stderr)
        return 1


def line(row: UndecidedRow) -> str:
    at = datetime.fromtimestamp(row.at, UTC)
    return f"{row.id}: update {row.update_id}, {at:%Y-%m-%d %H:%M} UTC, {row.reason}"


async def again(rows: Sequence[UndecidedRow], settings: Settings, storage: Storage) -> int:
    """Decides as the running bot would; what follows is written down for it to send."""
    from bot.app import pump_of, services_of

    async with AsyncExitStack() as opened:
        clock = await opened.enter_async_context(clock_of(settings.sandbox.clock_url))
        texts, telegram = Texts.load(LOCALES), settings.telegram
        gateway = await opened.enter_async_context(
            TelegramGateway(require_token(settings), telegram.api_base_url, telegram.proxy, clock=clock, render=texts)
        )
        me = await gateway.get_me()
        services = await services_of(settings, me, storage, gateway, clock, texts)
        pump, failed = pump_of(services, lambda: None), 0
        for row in rows:
            reason = await pump.again(row) if row.bot_id == services.me.id else "it was sent to another bot"
            failed += bool(reason)
            print(f"{row.id}: {reason or 'decided'}")
        return 1 if failed else 0
