"""Puts the parts together, starts and stops them; nobody imports it but the command line and the tests."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import handlers
from bot.calendar import Calendar
from bot.clock import Clock, SandboxClock, SystemClock
from bot.desks.alarms import Alarms
from bot.gateway import BotInfo, Gateway, TelegramGateway, Unavailable
from bot.housekeeping import introduce, settle_memory, sweep, unsettle_memory
from bot.intake.places import Places
from bot.intake.polling import Polling
from bot.intake.pump import Pump, Talker
from bot.intake.source import Source
from bot.intake.webhook import Webhook
from bot.limits import Limits
from bot.moderator import Moderator
from bot.outbox import Outbox
from bot.services import Me, Services
from bot.settings import Settings, require_token
from bot.storage import Storage, StorageUnavailable, open_storage
from bot.texts import Texts
from bot.textscan import Scanner
from bot.vitals import Vitals
from bot.web import Health

LOCALES = Path(__file__).parents[1] / "locales"
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
GRACE_SECONDS = 15.0

log = logging.getLogger("dengta")

Tell = Callable[[str], None]
"""Hears, in plain words, what the start is waiting for."""


def unheard(_words: str) -> None:
    """Nobody asks."""


class App:
    """`start` returns when updates are asked for, `run` serves until a signal or a failure, `stop` closes all."""

    services: Services
    source: Source
    pump: Pump
    calendar: Calendar
    vitals: Vitals
    _greeting: asyncio.Task[None]

    def __init__(self, settings: Settings, *, clock: Clock | None = None, gateway: Gateway | None = None) -> None:
        self._settings = settings
        self._given_clock = clock
        self._given_gateway = gateway
        self._open = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []
        self.health = Health(settings.web.listen)

    async def start(self) -> None:
        try:
            # First, so that there is an answer while everything else is waited for.
            await self._open.enter_async_context(self.health)
            await self._put_together()
        except BaseException:
            await self._open.aclose()
            raise
        self._tasks = []
        services, text_days = self.services, self._settings.retention.text_days
        for name, work in (
            ("outbox", services.outbox.run()),
            ("calendar", self.calendar.run()),
            ("housekeeping", sweep(services.storage, services.clock, text_days)),
            ("source", self.source.run()),
            ("vitals", self.vitals.run()),
        ):
            self._tasks.append(asyncio.create_task(work, name=name))
        self.health.watch(self._tasks)
        self._greeting = asyncio.create_task(
            introduce(services.gateway, handlers.menus(services.texts)), name="greeting"
        )
        settle_memory()
        log.info("ready", extra={"bot": self.services.me.username, "database": self.services.storage.dialect})

    async def run(self) -> None:
        """Until SIGTERM or SIGINT; raises what made a part fail, once everything is closed."""
        await self.start()
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, asked.set)
        waiting = asyncio.create_task(asked.wait(), name="signal")
        try:
            await asyncio.wait([*self._tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
        finally:
            failed = [task for task in self._tasks if task.done() and not task.cancelled()]
            waiting.cancel()
            await self.stop()
        for task in failed:
            task.result()

    async def stop(self) -> None:
        """Take nothing new, finish what is in hand, close; what is not done is written down and goes on next time."""
        log.info("stopping")
        self.health.stopping()
        self.source.stop()
        by_name = {task.get_name(): task for task in self._tasks}
        await asyncio.wait([by_name["source"]], timeout=GRACE_SECONDS)
        await self.services.outbox.drain(0)
        for task in (*self._tasks, self._greeting):
            task.cancel()
        await asyncio.wait([*self._tasks, self._greeting])
        await self._open.aclose()
        unsettle_memory()
        log.info("stopped")

    async def _put_together(self) -> None:
        settings = self._settings
        clock = self._given_clock or await self._clock()
        texts = Texts.load(LOCALES)
        gateway = self._given_gateway or await self._telegram(clock, texts)
        ready = self.health.readiness.set
        storage = await opened(settings.storage.url, partial(ready, "database"))
        self._open.push_async_callback(storage.close)
        self.vitals = Vitals(
            storage, clock, lag=lambda: self.pump.lag(), heard_at=lambda: self.source.heard_at, disk=disk_of(settings)
        )
        ready("database", self.vitals.database)
        ready("schema", self.vitals.schema)
        self.services = await services_of(settings, storage, gateway, clock, texts, partial(ready, "telegram"))
        outbox = self.services.outbox
        await outbox.recover()
        self.calendar = Calendar(storage, self.services.moderator, gateway, clock, outbox.wake, outbox.limits)
        self.pump = pump_of(self.services, self._committed)
        self.source = source_of(settings, gateway, self.pump, clock)
        ready("telegram", self.vitals.telegram)
        ready("work", self.vitals.work)

    def _committed(self) -> None:
        self.services.outbox.wake()
        self.calendar.wake()

    async def _telegram(self, clock: Clock, texts: Texts) -> Gateway:
        given = self._settings.telegram
        token, proxy = require_token(self._settings), given.proxy
        return await self._open.enter_async_context(
            TelegramGateway(token, given.api_base_url, proxy, clock=clock, render=texts)
        )

    async def _clock(self) -> Clock:
        if self._settings.sandbox.clock_url:
            return await self._open.enter_async_context(SandboxClock(self._settings.sandbox.clock_url))
        return SystemClock()


async def services_of(
    settings: Settings, storage: Storage, gateway: Gateway, clock: Clock, texts: Texts, tell: Tell = unheard
) -> Services:
    """All that decides and answers; nothing of it runs yet."""
    me, scanner, alarms = await introduced(gateway, tell), Scanner.build(), Alarms(storage, clock)
    moderator = Moderator(scanner=scanner, clock=clock, bot_id=me.id, configured=settings.policy)
    async with storage.reading() as unit:
        await moderator.remember(unit)
    outbox = Outbox(
        storage, gateway, Limits(clock), clock, on_unknown=alarms.act_unknown, on_right_missing=alarms.right_missing
    )
    return Services(
        me=Me(me.id, me.username, me.name), settings=settings, storage=storage, clock=clock, texts=texts,
        scanner=scanner, moderator=moderator, outbox=outbox, gateway=gateway,
    )  # fmt: skip


def pump_of(services: Services, committed: Callable[[], None]) -> Pump:
    """What takes updates in; `committed` is called after every Unit."""
    application = handlers.build_application(services)
    return Pump(
        storage=services.storage,
        moderator=services.moderator,
        clock=services.clock,
        bot_id=services.me.id,
        places=Places(services.storage, services.moderator, services.gateway, services.clock, services.me.id),
        talker=Talker(
            lambda raw: handlers.prefetch(services, raw),
            lambda unit, raw, fetched: handlers.talk(application, unit, raw, fetched),
        ),
        committed=committed,
    )


def disk_of(settings: Settings) -> Path | None:
    """The folder of the SQLite file; a server looks after its own disk."""
    url = settings.storage.url
    return Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite") else None


def source_of(settings: Settings, gateway: Gateway, pump: Pump, clock: Clock) -> Source:
    if settings.telegram.intake == "webhook":
        return Webhook(gateway, pump, clock, settings.webhook)
    return Polling(gateway, pump, clock)


def build(settings: Settings, *, clock: Clock | None = None, gateway: Gateway | None = None) -> App:
    return App(settings, clock=clock, gateway=gateway)


async def opened(url: str, tell: Tell) -> Storage:
    """Waits for a server that is away; whatever else is wrong is the operator's to mend (StorageError)."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await open_storage(url)
        except StorageUnavailable as error:
            log.warning("the database is away: %s", error)
            tell(str(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def introduced(gateway: Gateway, tell: Tell) -> BotInfo:
    """Who the bot is; waits for Telegram, but not for a refused token (TokenRefused)."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await gateway.get_me()
        except Unavailable as error:
            log.warning("Telegram cannot be reached: %s", error)
            tell(f"Telegram cannot be reached: {error}")
            await asyncio.sleep(max(pause, error.retry_after))
            pause = min(pause * 2, LONGEST_PAUSE)
