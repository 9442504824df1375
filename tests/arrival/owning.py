"""The whole bot on a clock of the test's own, where nobody has let it into any group yet."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from bot import settings
from bot.app import App
from bot.clock import ManualClock
from bot.storage import Unit
from bot.storage.tables import metadata
from sandbox.client import SandboxClient
from sandbox.serve import serve
from sandbox.world import World
from tests.app.stage import ENFORCED, TOKEN, Stage, settings_for, world_clock
from tests.bot.waiting import until

START = 1_900_000_000
MINUTE = 60
LINK = re.compile(r"https://t\.me/(\w+)\?start=(claim_[\w-]+)")
SUHE, SHEN = 1001, 1002


class Owned(Stage):
    """`suhe` and `shen` are who may own the installation; `add` lets anybody bring the bot."""

    async def add(self, by: int, title: str = "07营 学习群", kind: str = "supergroup", **given: Any) -> int:
        self.chat = await self.people.chat_create(kind, title, by)
        await self.people.add_bot(self.chat, by=by, admin=given.pop("admin", "all"), **given)
        await self.calm()
        return self.chat

    def inside(self, chat: int = 0) -> bool:
        return self.world.bot_member(self.world.chat(chat or self.chat)).inside

    async def state(self, chat: int = 0) -> str:
        """Of the group's row, "" where there is none."""
        found = await self.rows("SELECT state FROM groups WHERE chat_id = :chat", chat=chat or self.chat)
        return str(found[0][0]) if found else ""

    async def rows(self, question: str, **given: Any) -> list[Any]:
        async with self.app.services.storage.reading() as unit:
            return list(await unit.execute(text(question), given))

    async def count(self, question: str) -> int:
        return int((await self.rows(question))[0][0])

    async def starts(self, user: int, payload: str = "") -> list[str]:
        """Presses Start; what the bot says to it."""
        before = len(await self.said(chat=user))
        await self.people.start(user, payload)
        await self.calm()
        return (await self.said(chat=user))[before:]

    async def everything(self) -> str:
        """All that every table holds."""
        async with self.app.services.storage.reading() as unit:
            return await everything_in(unit)


async def everything_in(unit: Unit) -> str:
    rows = [(name, tuple(row)) for name in metadata.tables for row in await unit.execute(text(f"SELECT * FROM {name}"))]
    return "\n".join(f"{name} {row}" for name, row in rows)


async def printed_link(capsys: pytest.CaptureFixture[str]) -> str:
    """The payload of the newest claim link, once it is printed."""
    seen: list[str] = []

    def there() -> bool:
        seen.extend(found[1] for found in LINK.findall(capsys.readouterr().out))
        return bool(seen)

    await until(there, "a link on standard output")
    return seen[-1]


@asynccontextmanager
async def owned(
    database: str, operators: Sequence[int] = (SUHE,), *, who: str = "operators", started: Sequence[int] = (SUHE,)
) -> AsyncIterator[Owned]:
    """`started` have pressed Start already."""
    clock = ManualClock(START)
    world = World(token=TOKEN, clock=world_clock(clock))
    async with serve(world) as address, SandboxClient(address) as people:
        told = settings_for(address, database, ENFORCED, follow=False).model_copy(
            update={"operators": settings.Operators.model_validate({"user_ids": operators, "who_may_add": who})}
        )
        app = App(told, clock=clock)
        await app.start()
        stage = Owned(world, people, app, 0, 0, told, clock)
        try:
            await people.user_create("苏禾", id=SUHE, username="suhe")
            await people.user_create("沈岚", id=SHEN, username="shen")
            for each in started:
                await stage.starts(each)
            yield stage
        finally:
            await stage.app.stop()
