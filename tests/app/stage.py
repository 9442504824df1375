"""The whole bot in the test's own process, polling a sandbox that is there too; only HTTP is between them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from bot import settings
from bot.app import App, build
from bot.settings import Settings
from bot.storage import acts, books, groups
from bot.storage.acts import ActRow
from bot.storage.books import DecisionRow
from sandbox.client import SandboxClient
from sandbox.serve import serve
from sandbox.world import World
from tests.bot.waiting import until_async

TOKEN = "424242:sandbox-token-for-the-tests-of-the-app"
START = 1_900_000_000
RULES = ("ad_without_red_packet", "flooding", "insult", "blocked_text", "scam_newcomer")
ENFORCED: dict[str, Any] = {rule: {"mode": "enforce"} for rule in RULES}
INSULT = "你这个傻逼"


@dataclass
class Stage:
    world: World
    people: SandboxClient
    app: App
    owner: int
    chat: int

    async def member(self, name: str = "林晓") -> int:
        user = await self.people.user_create(name)
        await self.people.join(self.chat, user)
        return user

    async def decisions(self, user: int) -> list[DecisionRow]:
        """The oldest first."""
        async with self.app.services.storage.reading() as unit:
            group = (await groups.by_chats(unit, [self.chat]))[self.chat]
            return (await books.decisions_of(unit, group.id, user, 100))[::-1]

    async def acts(self, user: int) -> list[ActRow]:
        rows = await self.decisions(user)
        async with self.app.services.storage.reading() as unit:
            return [act for row in rows for act in await acts.of_decision(unit, row.id)]

    async def taken(self, count: int) -> None:
        """Until so many updates were committed."""

        async def enough() -> bool:
            return self.app.pump.counts.total() >= count

        await until_async(enough, f"{count} updates")


def settings_for(address: str, database: str, policy: Mapping[str, Any] = ENFORCED) -> Settings:
    return Settings(
        telegram=settings.Telegram(token=SecretStr(TOKEN), api_base_url=address),
        storage=settings.Storage(url=database),
        sandbox=settings.Sandbox(clock_url=address),
        policy=dict(policy),
    )


@asynccontextmanager
async def staged(database: str, policy: Mapping[str, Any] = ENFORCED) -> AsyncIterator[Stage]:
    """A camp whose owner has added the bot as an administrator, and the bot at work."""
    world = World(token=TOKEN, start=START)
    async with serve(world) as address, SandboxClient(address) as people:
        app = build(settings_for(address, database, policy))
        await app.start()
        try:
            owner = await people.user_create("群主", username="owner")
            chat = await people.chat_create("supergroup", "07营 学习群", owner)
            await people.add_bot(chat, admin="all")
            yield Stage(world, people, app, owner, chat)
        finally:
            await app.stop()
