"""Prints the links that bring the bot to a group, one for each preset, with the rights it needs."""

import argparse
import asyncio
import sys

from bot.cli import CONFIGURATION, FAILED
from bot.settings import Settings, require_token

PATIENCE = 10.0


def main(args: argparse.Namespace, settings: Settings) -> int:
    require_token(settings)
    return asyncio.run(shown(settings))


async def shown(settings: Settings) -> int:
    from bot.arrival.links import links
    from bot.clock import SystemClock
    from bot.gateway import GatewayError, TelegramGateway, TokenRefused
    from bot.texts import Texts

    given, token = settings.telegram, require_token(settings)
    try:
        async with (
            TelegramGateway(token, given.api_base_url, given.proxy, clock=SystemClock(), render=Texts({})) as gateway,
            asyncio.timeout(PATIENCE),
        ):
            me = await gateway.get_me()
    except TokenRefused:
        print("telegram.token: Telegram refuses this token; get a valid one from @BotFather", file=sys.stderr)
        return CONFIGURATION
    except (GatewayError, TimeoutError):
        print("Telegram cannot be reached now: try again, or see telegram.proxy in the configuration", file=sys.stderr)
        return FAILED
    print(f"Open one of these on a phone, choose the group, and @{me.username} comes with the rights it needs:")
    for link in links(me.username):
        print(f"  {link.preset or '(defaults)':<10} {link.address}")
    return 0
