"""The whole bot in the test's own process, polling a sandbox that is there too; only HTTP is between them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot import settings
from bot.app import App
from bot.clock import ManualClock
from bot.outbox.outbox import LANES
from bot.settings import Settings
from bot.storage import acts, books, groups, members, tickets
from bot.storage.acts import ActRow
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.storage.members import MemberRow
from rules.conduct.case import Case
from sandbox.client import SandboxClient
from sandbox.processes import webhook
from sandbox.serve import serve
from sandbox.world import World
from sandbox.world.clock import Clock
from tests.bot.waiting import until, until_async

TOKEN = "424242:sandbox-token-for-the-tests-of-the-app"
START = 1_900_028_800  # a quarter to ten in the morning in Shanghai
RULES = ("ad_without_red_packet", "flooding", "insult", "blocked_text", "scam_newcomer")
ENFORCED: dict[str, Any] = {rule: {"mode": "enforce"} for rule in RULES}
INSULT = "你这个傻逼"
ROUNDS = 90


@dataclass
class Stage:
    """With a `clock` of the test's own, time stands still but for `later`, and `calm` lets everything happen that is
    due; without one it runs as outside, and a test waits for what it expects.
    """

    world: World
    people: SandboxClient
    app: App
    owner: int
    chat: int
    settings: Settings
    clock: ManualClock | None = None

    async def member(self, name: str = "林晓") -> int:
        user = await self.people.user_create(name)
        await self.people.join(self.chat, user)
        return user

    async def group(self) -> GroupRow:
        async with self.app.services.storage.reading() as unit:
            return (await groups.by_chats(unit, [self.chat]))[self.chat]

    async def known(self, user: int) -> MemberRow:
        group = await self.group()
        async with self.app.services.storage.reading() as unit:
            return (await members.load(unit, [(group.id, user)]))[group.id, user]

    async def decisions(self, user: int) -> list[DecisionRow]:
        """The oldest first."""
        group = await self.group()
        async with self.app.services.storage.reading() as unit:
            return (await books.decisions_of(unit, group.id, user, 100))[::-1]

    async def steps(self, user: int) -> list[str]:
        return [row.step for row in await self.decisions(user)]

    async def case(self, user: int) -> Case:
        """What is known of somebody now."""
        group, now = await self.group(), int(self.app.services.clock.now())
        async with self.app.services.storage.reading() as unit:
            return await self.app.services.moderator.case_of(unit, group, user, now)

    async def acts(self, user: int) -> list[ActRow]:
        rows = await self.decisions(user)
        async with self.app.services.storage.reading() as unit:
            return [act for row in rows for act in await acts.of_decision(unit, row.id)]

    async def questions(self) -> list[str]:
        """The kinds of questions that wait for leaders."""
        group = await self.group()
        async with self.app.services.storage.reading() as unit:
            return [ticket.kind for ticket in await tickets.pending(unit, [group.id])]

    async def taken(self, count: int) -> None:
        """Until so many updates were committed."""

        async def enough() -> bool:
            return self.app.pump.counts.total() >= count

        await until_async(enough, f"{count} updates")

    async def all_taken(self) -> None:
        """Until everything that came in is committed."""
        await until(lambda: not self.world.updates.waiting, "all updates confirmed")

    async def later(self, seconds: float) -> None:
        """Time passes, and what is due by then happens; what came in before is heard before."""
        await self.all_taken()
        self.pass_(seconds)
        await self.calm()

    async def calm(self) -> None:
        """Everything that came in is committed, everything due is decided, everything that may be sent is sent."""
        for _ in range(ROUNDS):
            await self.all_taken()
            await self.app.calendar.work()
            await self.app.names.work()
            if not await self.app.services.outbox.drain(5) or await self._waits():
                self.pass_(1.0)
            elif not self.world.updates.waiting:
                return
        raise AssertionError("it never becomes calm")

    async def _waits(self) -> bool:
        """Whether something is pending that only the limits keep from being sent."""
        async with self.app.services.storage.reading() as unit:
            now = int(self.app.services.clock.now())
            return any([await acts.due(unit, now, lane, 1) for lane in LANES])

    def pass_(self, seconds: float) -> None:
        assert self.clock is not None
        self.clock.advance(seconds)
        self.world.clock.changed.bump()

    async def restart(self) -> None:
        """A new process before the same database."""
        await self.app.stop()
        self.app = App(self.settings, clock=self.clock)
        await self.app.start()

    async def said(self, pattern: str = "", chat: int = 0) -> list[str]:
        """What the bot's standing posts say, the oldest first."""
        posts = await self.people.messages(chat or self.chat)
        return [post.get("text", "") for post in posts if standing(post) and pattern in post.get("text", "")]

    async def press(self, user: int, button: str, chat: int = 0) -> str:
        """Presses the newest button with that text; what the person is shown. Needs a clock of the test's own."""
        post = await self.people.bot_message(chat or self.chat, button=button)
        await self.people.press(chat or self.chat, post["message_id"], user, button)
        await self.calm()
        return str((await self.people.alerts(user))[-1]["text"])

    async def posts(self) -> int:
        """How often the bot has posted, wherever."""
        speaking = ("sendMessage", "sendPhoto", "copyMessage", "sendMediaGroup")
        return len([call for call in await self.people.calls() if call["method"] in speaking])


def standing(post: dict[str, Any]) -> bool:
    return bool(post["from_bot"] and not post["service"] and not post["deleted"])


def settings_for(
    address: str,
    database: str,
    policy: Mapping[str, Any] = ENFORCED,
    *,
    follow: bool = True,
    intake: str = "polling",
) -> Settings:
    return Settings(
        telegram=settings.Telegram.model_validate({"token": TOKEN, "api_base_url": address, "intake": intake}),
        webhook=settings.Webhook(**webhook()) if intake == "webhook" else settings.Webhook(),
        storage=settings.Storage(url=database),
        sandbox=settings.Sandbox(clock_url=address if follow else ""),
        web=settings.Web(listen="127.0.0.1:0"),
        operators=settings.Operators(who_may_add="anyone"),
        policy=dict(policy),
    )


@asynccontextmanager
async def staged(
    database: str,
    policy: Mapping[str, Any] = ENFORCED,
    *,
    clock: ManualClock | None = None,
    kind: str = "supergroup",
    start: float = START,
    intake: str = "polling",
) -> AsyncIterator[Stage]:
    """A camp whose owner has added the bot as an administrator, and the bot at work."""
    world = World(token=TOKEN, start=start) if clock is None else World(token=TOKEN, clock=world_clock(clock))
    async with serve(world) as address, SandboxClient(address) as people:
        told = settings_for(address, database, policy, follow=clock is None, intake=intake)
        app = App(told, clock=clock)
        await app.start()
        stage = Stage(world, people, app, 0, 0, told, clock)
        try:
            stage.owner = await people.user_create("群主", username="owner")
            stage.chat = await people.chat_create(kind, "07营 学习群", stage.owner)
            await people.add_bot(stage.chat, admin="all")
            yield stage
        finally:
            await stage.app.stop()


def world_clock(clock: ManualClock) -> Clock:
    return Clock(clock.now(), real=clock.now)
