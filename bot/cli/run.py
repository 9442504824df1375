"""Runs the bot until it is told to stop (SIGTERM, Ctrl-C)."""

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from bot.cli import CONFIGURATION, FAILED, USAGE, unusable
from bot.settings import Settings, require_token

if TYPE_CHECKING:
    from bot.process.lease import Patience


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--delete-webhook",
        action="store_true",
        help="before polling, remove a webhook that is set for this bot; what waits at Telegram is kept",
    )


def main(args: argparse.Namespace, settings: Settings) -> int:
    require_token(settings)
    if args.delete_webhook and settings.telegram.intake == "webhook":
        print(
            '--delete-webhook: telegram.intake is "webhook", which sets one; leave out one of the two', file=sys.stderr
        )
        return USAGE
    return asyncio.run(serve(settings, delete_webhook=args.delete_webhook))


async def serve(settings: Settings, *, delete_webhook: bool = False, patience: "Patience | None" = None) -> int:
    from bot.app import App
    from bot.gateway import TokenRefused
    from bot.storage import DatabaseDamaged, LeaseLost, StorageError
    from bot.web.listening import CannotListen

    try:
        app = App(settings, patience=patience)
        app.delete_webhook = delete_webhook
        await app.run()
    except TokenRefused:
        print("telegram.token: Telegram refuses this token; get a valid one from @BotFather", file=sys.stderr)
        return CONFIGURATION
    except LeaseLost:
        print(
            "another instance has taken over; this one ends, and waits for its turn when it is started again",
            file=sys.stderr,
        )
        return FAILED
    except (StorageError, DatabaseDamaged) as error:
        return unusable(error)
    except CannotListen as error:
        print(error, file=sys.stderr)
        return FAILED
    return 0
