"""The real bot as a process against a sandbox in the test: killed where a test says, started again and examined."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import text

from bot.storage import Storage, open_storage
from sandbox.client import SandboxClient
from sandbox.processes import TOKEN, BotProcess, ProcessError
from sandbox.serve import serve
from sandbox.world import World
from tests.bot.waiting import until_async

START = 1_900_000_000
KILLED = -signal.SIGKILL
RULES = ("ad_without_red_packet", "flooding", "insult", "blocked_text", "scam_newcomer")
ENFORCED: dict[str, Any] = {rule: {"mode": "enforce"} for rule in RULES}
INSULT = "你这个傻逼"
UNSETTLED = "SELECT count(*) FROM acts WHERE state IN ('pending', 'sending') AND not_before = 0"


class Decided(NamedTuple):
    user_id: int
    rule: str
    step: str
    state: str


@dataclass
class Camp:
    """A group with an owner, the bot as administrator, and whoever joins; `bot` is the process."""

    world: World
    people: SandboxClient
    bot: BotProcess
    storage: Storage
    owner: int
    chat: int

    async def member(self, name: str) -> int:
        user = await self.people.user_create(name)
        await self.people.join(self.chat, user)
        return user

    async def say(self, user: int, *texts: str) -> list[int]:
        return [await self.people.post(self.chat, user, each) for each in texts]

    async def start(self, failpoint: str = "") -> None:
        """Started; with a failpoint it may be dead again."""
        if not failpoint:
            await self.bot.start()
            return
        with suppress(ProcessError):
            await self.bot.start({"DENGTA_FAILPOINT": failpoint})

    async def dies(self) -> None:
        """It was the failpoint that ended it."""
        code = await asyncio.wait_for(self.bot.wait(), 10)
        assert code == KILLED, f"ended with {code}: {self.bot.last_words()}"

    async def settled(self, seconds: float = 20) -> None:
        """Until everything that came in was taken and everything that was to be done at once is done."""
        await until_async(self._quiet, f"peace ({self.bot.last_words(3)})", seconds)

    async def _quiet(self) -> bool:
        return not self.world.updates.waiting and await self.count(UNSETTLED) == 0

    async def count(self, question: str) -> int:
        async with self.storage.reading() as unit:
            return int(await unit.scalar(text(question)))

    async def rows(self, question: str) -> list[Any]:
        async with self.storage.reading() as unit:
            return list(await unit.execute(text(question)))

    async def decided(self) -> list[Decided]:
        """Every decision, in the order of its person and number."""
        found = await self.rows("SELECT user_id, rule, step, state FROM decisions ORDER BY user_id, id")
        return [Decided(*row) for row in found]

    async def written(self) -> Counter[int]:
        """How many messages were counted, by person."""
        return Counter({row[0]: row[1] for row in await self.rows("SELECT user_id, messages FROM members")})

    async def posts(self) -> Counter[str]:
        """What became of each post, by its last state."""
        found = await self.rows("SELECT state, count(*) FROM acts WHERE kind = 'Say' GROUP BY state")
        return Counter({row[0]: row[1] for row in found})

    def said(self) -> int:
        """Posts of the bot that can be read, or could be before they were taken down."""
        messages = self.world.chat(self.chat).messages.values()
        return sum(each.by_bot and not each.service for each in messages)

    def stands(self, message_id: int) -> bool:
        return self.world.message(self.world.chat(self.chat), message_id) is not None

    def muted_until(self, user: int) -> int:
        return self.world.member(self.world.chat(self.chat), user).until

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [call for call in self.world.calls.after(0) if call["method"] == method]


def loud(address: str) -> dict[str, Any]:
    """For every bot here: what became of each post is looked at, so each is a post, at the sandbox's hour."""
    return {"clock_url": address, "loud": True}


@asynccontextmanager
async def camp(
    folder: Path,
    database: str,
    policy: Mapping[str, Any] = ENFORCED,
    intake: str = "polling",
    **sections: Mapping[str, Any],
) -> AsyncIterator[Camp]:
    """The bot is not started yet; whatever is still running at the end is ended."""
    world = World(token=TOKEN, start=START)
    storage = await open_storage(database)
    try:
        async with serve(world) as address, SandboxClient(address) as people:
            told = {"policy": dict(policy), "sandbox": loud(address), **sections}
            bot = BotProcess(folder / "bot", address, database, told, intake)
            owner = await people.user_create("群主", username="owner")
            chat = await people.chat_create("supergroup", "07营 学习群", owner)
            await people.add_bot(chat, admin="all")
            try:
                yield Camp(world, people, bot, storage, owner, chat)
            finally:
                await bot.kill()
    finally:
        await storage.close()
