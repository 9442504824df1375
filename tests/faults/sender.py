"""A process that only sends: `python -m tests.faults.sender DATABASE SANDBOX TOKEN`, until it is ended from outside."""

import asyncio
import sys
from pathlib import Path

from bot.clock import SystemClock
from bot.gateway import TelegramGateway
from bot.limits import Limits
from bot.outbox import Outbox
from bot.storage import open_storage
from bot.texts import Texts


async def send(database: str, sandbox: str, token: str) -> None:
    clock = SystemClock()
    texts = Texts.load(Path(__file__).parents[2] / "locales")
    storage = await open_storage(database)
    async with TelegramGateway(token, sandbox, clock=clock, render=texts) as gateway:
        outbox = Outbox(storage, gateway, Limits(clock), clock)
        await outbox.recover()
        print("ready", flush=True)
        await outbox.run()


if __name__ == "__main__":
    asyncio.run(send(*sys.argv[1:]))
