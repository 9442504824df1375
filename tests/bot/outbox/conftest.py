"""An outbox on a real database, in front of a sandbox, on the test's own clock."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.gateway import TelegramGateway
from bot.limits import Limits
from bot.outbox import Outbox, Proof, unneeded
from bot.storage import Storage, Unit, acts, groups, open_storage
from bot.storage.acts import ActRow
from bot.storage.groups import GroupRow
from bot.texts import OWN, Texts
from rules.conduct.effects import Act, Phrase, Planned, Say
from tests.bot.telegram import NOW, TOKEN, Telegram, running
from tests.bot.waiting import until_async

TEXTS = Texts.load(Path(__file__).parents[3] / "locales", strict=True)


def own(text: str) -> Phrase:
    return Phrase(OWN, (("template", text),))


def say(text: str = "hello", **more: object) -> Say:
    return Say(words=(own(text),), language="en", **more)  # type: ignore[arg-type]


class Post:
    """The outbox and what stands around it; `begin` and `end` are the life of the process that sends."""

    def __init__(self, storage: Storage, telegram: Telegram, gateway: TelegramGateway) -> None:
        self.storage, self.telegram, self.gateway, self.clock = storage, telegram, gateway, telegram.clock
        self.unknown: list[ActRow] = []
        self.missing: list[tuple[int, str]] = []
        self.proven: Proof = unneeded
        self.outbox = self.fresh()
        self._running: asyncio.Task[None] | None = None
        self._keys = 0

    def fresh(self) -> Outbox:
        return Outbox(
            self.storage, self.gateway, Limits(self.clock), self.clock,
            chance=random.Random(7), proven=self.proven, alarms=self,
        )  # fmt: skip

    async def act_unknown(self, row: ActRow) -> None:
        self.unknown.append(row)

    async def act_missed(self, row: ActRow) -> None:
        pass

    async def right_missing(self, group_id: int, right: str) -> None:
        self.missing.append((group_id, right))

    async def begin(self) -> None:
        """As a process starts: what it finds is put in order, then sent."""
        self.outbox = self.fresh()
        await self.outbox.recover()
        self._running = asyncio.create_task(self.outbox.run())

    async def end(self) -> None:
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def died(self) -> BaseException | None:
        """What ended the sending, where it ended by itself."""
        assert self._running is not None
        await asyncio.wait([self._running], timeout=10)
        running, self._running = self._running, None
        assert running.done()
        return running.exception()

    async def group(self, chat_id: int = 0) -> GroupRow:
        chat = chat_id or self.telegram.group
        async with self.storage.unit() as unit:
            row = await groups.ensure(unit, chat, title="G", kind="supergroup", owner_id=1, at=NOW)
            rights = {"can_delete_messages", "can_restrict_members", "can_pin_messages", "can_manage_tags"}
            await groups.update(unit, row.id, bot_status="administrator", bot_rights=frozenset(rights))
        return row

    async def plan(
        self, unit: Unit, group: GroupRow, wanted: Sequence[Act | Planned], *, key: str, decision_id: int | None = None
    ) -> list[int]:
        """Acts in the caller's Unit."""
        planned = [each if isinstance(each, Planned) else Planned(each) for each in wanted]
        return await acts.write(
            unit, key=key, decision_id=decision_id, group_id=group.id, chat_id=group.chat_id, user_id=0,
            planned=planned, at=int(self.clock.now()),
        )  # fmt: skip

    async def write(self, *wanted: Act | Planned, chat: int = 0, key: str = "") -> list[int]:
        """Acts in the group (in `chat`), committed and told to the outbox."""
        group = await self.group(chat)
        self._keys += 1
        async with self.storage.unit() as unit:
            ids = await self.plan(unit, group, wanted, key=key or f"test:{self._keys}")
        self.outbox.wake()
        return ids

    async def drained(self) -> None:
        assert await self.outbox.drain(10), await self.rows()

    async def rows(self, *ids: int) -> list[ActRow]:
        async with self.storage.reading() as unit:
            every = [await acts.get(unit, n) for n in (ids or range(1, 2_000))]
        return [row for row in every if row is not None]

    async def states(self, *ids: int) -> list[str]:
        return [row.state for row in await self.rows(*ids)]

    async def reaches(self, state: str, act_id: int) -> None:
        async def there() -> bool:
            return await self.states(act_id) == [state]

        await until_async(there, f"act {act_id} {state}")

    async def advance(self, seconds: float, step: float = 1.0) -> None:
        """Let time pass in steps, with time for the loop to do what falls due."""
        passed = 0.0
        while passed < seconds:
            self.clock.advance(min(step, seconds - passed))
            passed += step
            await self.drained()


@asynccontextmanager
async def posting(url: str, clock: ManualClock | None = None) -> AsyncIterator[Post]:
    storage = await open_storage(url)
    try:
        async with running(clock or ManualClock(NOW)) as telegram:
            gateway = TelegramGateway(TOKEN, telegram.url, clock=telegram.clock, render=TEXTS, between_proofs=0.0)
            async with gateway:
                post = Post(storage, telegram, gateway)
                try:
                    yield post
                finally:
                    await post.end()
    finally:
        await storage.close()


@pytest.fixture
async def post(database_url: str) -> AsyncIterator[Post]:
    """An outbox that runs."""
    async with posting(database_url) as post:
        await post.begin()
        yield post


@pytest.fixture
async def still(database_url: str) -> AsyncIterator[Post]:
    """An outbox that has not begun."""
    async with posting(database_url) as post:
        yield post


def texts_of(said: Sequence[dict[str, object]]) -> list[object]:
    return [each["text"] for each in said]
