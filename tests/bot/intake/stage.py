"""The intake before a real database: updates go in as bytes, the books are read afterwards."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.clock import ManualClock
from bot.conduct.moderator import Moderator
from bot.gateway import Gateway
from bot.intake.places import Places
from bot.intake.pump import Pump, Talker
from bot.storage import Storage, Unit, acts, books, groups, members, open_storage, tickets, undecided
from bot.storage.acts import ActRow
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.storage.members import AdminRow, MemberRow
from bot.textscan import Scanner
from tests.bot.intake.updates import GROUP, LIN, NOW, read

BOT = 77
LEADER = 500
RULES = ("ad_without_red_packet", "flooding", "insult", "blocked_text", "scam_newcomer")
ENFORCED: dict[str, Any] = {rule: {"mode": "enforce"} for rule in RULES}
INSULT = "你这个傻逼"

SCANNER = Scanner.build()

Talk = Callable[[Unit, Mapping[str, Any]], Awaitable[None]]


@dataclass
class Stage:
    """`talk` is what a conversation does; `committed` counts how often the outbox would have been woken."""

    storage: Storage
    clock: ManualClock
    policy: dict[str, Any]
    gateway: Gateway | None = None
    talk: Talk | None = None
    talked: list[int] = field(default_factory=list)
    committed: int = 0

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A new process before the same database."""
        self.moderator = Moderator(scanner=SCANNER, clock=self.clock, bot_id=BOT, configured=self.policy)
        places = Places(self.storage, self.moderator, self.gateway, self.clock, BOT)  # type: ignore[arg-type]
        self.pump = Pump(
            storage=self.storage, moderator=self.moderator, clock=self.clock, bot_id=BOT, places=places,
            talker=Talker(self._prefetch, self._talk), committed=self._wake,
        )  # fmt: skip

    def _wake(self) -> None:
        self.committed += 1

    async def _prefetch(self, raw: Mapping[str, Any]) -> None:
        """Nothing to ask."""

    async def _talk(self, unit: Unit, raw: Mapping[str, Any], fetched: None) -> None:
        self.talked.append(raw["update_id"])
        if self.talk is not None:
            await self.talk(unit, raw)

    async def take(self, *updates: dict[str, Any]) -> None:
        await self.pump.take(read(*updates))

    async def set_up(self, chat_id: int = GROUP, **columns: Any) -> GroupRow:
        """A group whose leaders are known, where the rules began long ago."""
        given = {"admins_at": NOW, "member_count": 200, "rule_began": dict.fromkeys(RULES, NOW - 10**6)} | columns

        async def work(unit: Unit) -> GroupRow:
            row = await groups.ensure(unit, chat_id, title="07营 学习群", kind="supergroup", owner_id=1, at=NOW - 10**6)
            leader = AdminRow(LEADER, "班长", "", "administrator", frozenset())
            await members.replace_admins(unit, row.id, [leader], NOW)
            await groups.update(unit, row.id, **given)
            return (await groups.by_ids(unit, [row.id]))[row.id]

        return await self.storage.write(work)

    async def decisions(self, user_id: int = LIN, chat_id: int = GROUP) -> list[DecisionRow]:
        """Those about one person, the oldest first."""
        async with self.storage.reading() as unit:
            group = (await groups.by_chats(unit, [chat_id]))[chat_id]
            return (await books.decisions_of(unit, group.id, user_id, 1000))[::-1]

    async def acts(self, user_id: int = LIN, chat_id: int = GROUP) -> list[ActRow]:
        rows = await self.decisions(user_id, chat_id)
        async with self.storage.reading() as unit:
            return [act for row in rows for act in await acts.of_decision(unit, row.id)]

    async def member(self, user_id: int = LIN, chat_id: int = GROUP) -> MemberRow | None:
        async with self.storage.reading() as unit:
            group = (await groups.by_chats(unit, [chat_id]))[chat_id]
            return (await members.load(unit, [(group.id, user_id)])).get((group.id, user_id))

    async def moderator_takes(self, *updates: dict[str, Any]) -> None:
        """Without anybody asking Telegram about the group first."""
        facts = [each.facts for each in read(*updates) if each.facts is not None]
        await self.storage.write(lambda unit: self.moderator.moderate(unit, facts))

    async def questions(self, chat_id: int = GROUP) -> list[str]:
        """The kinds of questions that wait for leaders."""
        async with self.storage.reading() as unit:
            group = (await groups.by_chats(unit, [chat_id]))[chat_id]
            return [ticket.kind for ticket in await tickets.pending(unit, [group.id])]

    async def set_aside(self) -> list[undecided.UndecidedRow]:
        async with self.storage.reading() as unit:
            return await undecided.pending(unit, 100)


@asynccontextmanager
async def staged(url: str, policy: dict[str, Any] | None = None, **parts: Any) -> AsyncIterator[Stage]:
    storage = await open_storage(url)
    try:
        yield Stage(storage, ManualClock(NOW), ENFORCED if policy is None else policy, **parts)
    finally:
        await storage.close()
