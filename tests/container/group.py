"""A group in the sandbox of an installation: people come, speak, and the bot does what it must."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sandbox.client import SandboxClient
from tests.container.installation import Installation

INSULT = "你这个傻逼"
PATIENCE = 30.0


@dataclass
class Group:
    """Three insults are within the brake of an hour; the fourth would wait for a leader."""

    people: SandboxClient
    chat: int

    async def insult(self, name: str) -> tuple[int, int]:
        """Somebody new insults; who, and with which message."""
        user = await self.people.user_create(name)
        await self.people.join(self.chat, user)
        return user, await self.people.post(self.chat, user, INSULT)

    async def acted(self, *messages: int) -> None:
        """The bot deleted them all."""
        for each in messages:
            await self.people.message_deleted(self.chat, each, PATIENCE)


@asynccontextmanager
async def group(installation: Installation) -> AsyncIterator[Group]:
    async with SandboxClient(installation.telegram()) as people:
        owner = await people.user_create("群主")
        chat = await people.chat_create("supergroup", "07营 学习群", owner)
        await people.add_bot(chat, admin="all")
        yield Group(people, chat)


async def until(look: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Look again until it is so."""
    begun = time.monotonic()
    while not await asyncio.to_thread(look):
        assert time.monotonic() - begun < seconds, f"{what}: not within {seconds} s"
        await asyncio.sleep(0.2)
