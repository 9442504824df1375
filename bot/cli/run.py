"""Runs the bot until it is told to stop (SIGTERM, Ctrl-C)."""

import argparse
import asyncio
import sys

from bot.settings import Settings, require_token

FAILED, CONFIGURATION = 1, 78


def main(args: argparse.Namespace, settings: Settings) -> int:
    require_token(settings)
    return asyncio.run(serve(settings))


async def serve(settings: Settings) -> int:
    from bot.app import build
    from bot.gateway import TokenRefused
    from bot.storage import StorageError
    from bot.web import CannotListen

    try:
        await build(settings).run()
    except TokenRefused:
        print("telegram.token: Telegram refuses this token; get a valid one from @BotFather", file=sys.stderr)
        return CONFIGURATION
    except StorageError as error:
        print(f"storage.url: {error.problem}\n  {error.way_out}", file=sys.stderr)
        return FAILED
    except CannotListen as error:
        print(error, file=sys.stderr)
        return FAILED
    return 0
