"""A camp for conversations: sandbox, gateway, intake, handlers, books and outbox together, moved step by step."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import handlers
from bot.clock import ManualClock
from bot.conduct.moderator import Moderator
from bot.gateway import TelegramGateway
from bot.intake.places import Places
from bot.intake.pump import Pump, Talker
from bot.intake.wire import ALLOWED_UPDATES, decode_batch
from bot.limits import Limits
from bot.outbox import Outbox
from bot.services import Me, Services
from bot.settings import Operators, Settings
from bot.storage import Storage, audit, books, groups, members, open_storage, tickets, undecided
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.storage.members import MemberRow
from bot.texts import Texts
from bot.textscan import Scanner
from tests.bot.telegram import NOW, TOKEN, Telegram, running

TEXTS = Texts.load(Path(__file__).parents[2] / "locales", strict=True)
SCANNER = Scanner.build()
RULES = ("ad_without_red_packet", "flooding", "insult", "blocked_text", "scam_newcomer")
ENFORCED: dict[str, Any] = {rule: {"mode": "enforce"} for rule in RULES}
INSULT = "你这个傻逼"


class Camp:
    """`telegram` is the people's side. After people did something, `await camp.go()` lets the bot answer all of it."""

    def __init__(self, telegram: Telegram, storage: Storage, gateway: TelegramGateway, services: Services) -> None:
        self.telegram, self.storage, self.gateway, self.services = telegram, storage, gateway, services
        self.clock = telegram.clock
        self.application = handlers.build_application(services)
        self.pump = self._pump()
        self.offset = 0
        self.chat = telegram.group
        self.leader = self.lin = 0

    async def settle(self) -> None:
        """The bot learns of its group, then a leader and a member come in."""
        await self.go()
        self.leader = self.telegram.member("班长")
        self.lin = self.telegram.member("林晓")
        self.clock.advance(60)
        self.telegram.do("promote", chat=self.chat, user=self.leader, rights="all")
        await self.go()

    def _pump(self) -> Pump:
        services, application = self.services, self.application
        return Pump(
            storage=self.storage, moderator=services.moderator, clock=self.clock, bot_id=services.me.id,
            places=Places(self.storage, services.moderator, self.gateway, self.clock, services.me.id),
            talker=Talker(
                lambda raw: handlers.prefetch(services, raw),
                lambda unit, raw, fetched: handlers.talk(application, unit, raw, fetched),
            ),
            committed=services.outbox.wake,
        )  # fmt: skip

    async def go(self) -> None:
        """Take in what waits, do what follows; an update that spoilt its Unit fails the test."""
        while True:
            batch = decode_batch(await self.gateway.updates(self.offset, 100, 0, ALLOWED_UPDATES))
            if not batch:
                break
            await self.pump.take(batch)
            self.offset = max(each.update_id for each in batch) + 1
        assert await self.services.outbox.drain(10)
        async with self.storage.reading() as unit:
            aside = await undecided.pending(unit, 5)
        assert not aside, aside[0].reason

    async def later(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await self.go()

    async def says(self, user: int, text: str, chat: int = 0, **more: Any) -> int:
        """Somebody writes, and the bot answers; the number of their message."""
        message_id = self.telegram.post(user, text, chat, **more)
        await self.go()
        return message_id

    async def asks(self, user: int, text: str, chat: int = 0, **more: Any) -> str:
        """Somebody writes after a while, so that nothing waits for Telegram's limits; what the bot said last."""
        self.clock.advance(10)
        await self.says(user, text, chat, **more)
        return self.last(chat)

    async def whispers(self, user: int, text: str) -> None:
        """Somebody writes to the bot alone."""
        self.telegram.do("open_private_text", user=user, text=text)
        await self.go()

    async def starts(self, user: int, payload: str = "") -> None:
        self.telegram.do("start", user=user, payload=payload)
        await self.go()

    async def presses(self, user: int, button: str, chat: int = 0) -> str:
        """Presses the newest button with that text; what the person is shown."""
        return (await self.press_at_once(button, user, chat=chat))[0]

    async def taps(self, user: int, button: str) -> str:
        """Presses in their private chat, a while after they have read."""
        self.clock.advance(3)
        return await self.presses(user, button, user)

    async def press_at_once(self, button: str, *users: int, chat: int = 0) -> list[str]:
        """Several presses on one button before the bot sees any; what each person is shown."""
        post = self.with_button(button, chat)
        for user in users:
            self.telegram.do("press", chat=chat or self.chat, message_id=post, user=user, button=button)
        await self.go()
        return [self.alert(user) for user in users]

    async def forges(self, user: int, message_id: int, data: str, chat: int = 0) -> str:
        self.telegram.do("press", chat=chat or self.chat, message_id=message_id, user=user, data=data)
        await self.go()
        return self.alert(user)

    def alert(self, user: int) -> str:
        told = self.telegram.do("alerts", user=user)
        return str(told[-1]["text"]) if told else ""

    def with_button(self, text: str, chat: int = 0) -> int:
        for post in reversed(self.telegram.said(chat)):
            if any(text == label for label in labels(post)):
                return int(post["message_id"])
        raise AssertionError(f"no button {text} in {[labels(post) for post in self.telegram.said(chat)]}")

    def said(self, chat: int = 0) -> str:
        """All that the bot's standing posts say."""
        return "\n".join(str(post.get("text", "")) for post in self.telegram.said(chat))

    def last(self, chat: int = 0) -> str:
        said = self.telegram.said(chat)
        return str(said[-1].get("text", "")) if said else ""

    async def group(self, chat: int = 0) -> GroupRow:
        async with self.storage.reading() as unit:
            return (await groups.by_chats(unit, [chat or self.chat]))[chat or self.chat]

    async def member(self, user: int) -> MemberRow:
        group = await self.group()
        async with self.storage.reading() as unit:
            return (await members.load(unit, [(group.id, user)]))[group.id, user]

    async def decisions(self, user: int, chat: int = 0) -> list[DecisionRow]:
        """The newest first."""
        group = await self.group(chat)
        async with self.storage.reading() as unit:
            return await books.decisions_of(unit, group.id, user, 50)

    async def audited(self, action: str) -> list[audit.AuditRow]:
        async with self.storage.reading() as unit:
            return await audit.of(unit, action=action)

    async def questions(self) -> list[str]:
        group = await self.group()
        async with self.storage.reading() as unit:
            return [ticket.kind for ticket in await tickets.pending(unit, [group.id])]

    async def desk(self) -> int:
        """The leaders' own chat: what asks them is posted there from now on."""
        desk = self.telegram.supergroup("营主群")
        self.telegram.do("join", chat=desk, user=self.leader)
        await self.set_group(moderators_chat=desk)
        await self.go()
        return desk

    async def set_group(self, **columns: Any) -> None:
        group = await self.group()
        async with self.storage.unit() as unit:
            await groups.update(unit, group.id, **columns)


def labels(post: dict[str, Any]) -> list[str]:
    rows = post.get("reply_markup", {}).get("inline_keyboard", ())
    return [str(button["text"]) for row in rows for button in row]


@asynccontextmanager
async def camping(url: str, policy: dict[str, Any] = ENFORCED, operators: tuple[int, ...] = ()) -> AsyncIterator[Camp]:
    async with running(ManualClock(NOW)) as telegram:
        storage = await open_storage(url)
        try:
            gateway = TelegramGateway(TOKEN, telegram.url, clock=telegram.clock, render=TEXTS, between_proofs=0.0)
            async with gateway, camped(telegram, storage, gateway, policy, operators) as camp:
                yield camp
        finally:
            await storage.close()


@asynccontextmanager
async def camped(
    telegram: Telegram,
    storage: Storage,
    gateway: TelegramGateway,
    policy: dict[str, Any],
    operators: tuple[int, ...],
) -> AsyncIterator[Camp]:
    me, clock = await gateway.get_me(), telegram.clock
    outbox = Outbox(storage, gateway, Limits(clock), clock)
    services = Services(
        me=Me(me.id, me.username, me.name),
        settings=Settings(operators=Operators(user_ids=operators, who_may_add="anyone")),
        storage=storage, clock=clock, texts=TEXTS, scanner=SCANNER, outbox=outbox, gateway=gateway,
        moderator=Moderator(scanner=SCANNER, clock=clock, bot_id=me.id, configured=policy),
    )  # fmt: skip
    camp = Camp(telegram, storage, gateway, services)
    sending = asyncio.create_task(outbox.run())
    try:
        await camp.settle()
        yield camp
    finally:
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
