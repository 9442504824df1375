"""Puts the parts together, starts and stops them; nobody imports it but the command line and the tests."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import handlers
from bot.arrival import defaults
from bot.arrival.arrivals import door_of
from bot.calendar import Calendar
from bot.clock import Clock, clock_of
from bot.conduct.moderator import Moderator
from bot.conduct.rechecks import Rechecks
from bot.desks.alarms import Alarms
from bot.gateway import BotInfo, Gateway, TelegramGateway
from bot.intake.places import Places
from bot.intake.polling import Polling
from bot.intake.pump import Pump, Talker
from bot.intake.source import Source
from bot.intake.webhook import Webhook
from bot.limits import Limits
from bot.outbox import Outbox, Proof, by_policy, unneeded
from bot.process.guarded import Guarded
from bot.process.housekeeping import settle_memory, sweep, unsettle_memory
from bot.process.introducing import introduce
from bot.process.lease import Lease, Patience
from bot.process.starting import introduced, opened, surely, turn
from bot.process.vitals import Vitals
from bot.services import Me, Services
from bot.settings import Settings, require_token
from bot.speech.pinwatch import PinWatch
from bot.storage import Storage
from bot.texts import LOCALES, Texts
from bot.textscan import Scanner
from bot.web import Health

GRACE_SECONDS = 15.0

log = logging.getLogger("dengta")


class App:
    """`start` returns when updates are asked for, `run` serves until a signal or a failure, `stop` closes all."""

    services: Services
    source: Source
    pump: Pump
    calendar: Calendar
    names: Rechecks
    pins: PinWatch
    vitals: Vitals
    lease: Lease
    delete_webhook = False
    _introducing: asyncio.Task[None]

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        gateway: Gateway | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._settings = settings
        self._patience = patience
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
            ("names", self.names.run()),
            ("pins", self.pins.run()),
            ("housekeeping", sweep(services.storage, services.clock, text_days)),
            ("source", self.source.run()),
            ("vitals", self.vitals.run()),
        ):
            self._tasks.append(asyncio.create_task(work, name=name))
        self.health.watch([*self._tasks, self.lease.keep()])
        self._introducing = asyncio.create_task(introduce(services, handlers.menus(services.texts)), name="introducing")
        settle_memory()
        log.info("ready", extra={"bot": self.services.me.username, "database": self.services.storage.dialect})

    async def run(self) -> None:
        """Until SIGTERM or SIGINT; raises what made a part fail, once everything is closed."""
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, asked.set)
        waiting = asyncio.create_task(asked.wait(), name="signal")
        try:
            if await self._started(waiting):
                await self._served(waiting)
        finally:
            waiting.cancel()

    async def _started(self, asked: asyncio.Task[bool]) -> bool:
        """False where it is told to stop while it still waits for something."""
        starting = asyncio.create_task(self.start(), name="start")
        await asyncio.wait([starting, asked], return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            await asyncio.wait([starting])
        if starting.cancelled():
            log.info("stopped before it began")
            return False
        starting.result()
        return True

    async def _served(self, asked: asyncio.Task[bool]) -> None:
        serving = [self.lease.keep(), *self._tasks]
        try:
            await asyncio.wait([*serving, asked], return_when=asyncio.FIRST_COMPLETED)
        finally:
            failed = [task for task in serving if task.done() and not task.cancelled()]
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
        for task in (*self._tasks, self._introducing):
            task.cancel()
        await asyncio.gather(*self._tasks, self._introducing, return_exceptions=True)
        await self._open.aclose()
        unsettle_memory()
        log.info("stopped")

    async def _put_together(self) -> None:
        settings = self._settings
        clock = self._given_clock
        if clock is None:
            clock = await self._open.enter_async_context(clock_of(settings.sandbox.clock_url))
        texts = Texts.load(LOCALES)
        gateway = self._given_gateway or await self._telegram(clock, texts)
        ready = self.health.readiness.set
        storage = await opened(settings.storage.url, partial(ready, "database"))
        self._open.push_async_callback(storage.close)
        self.vitals = Vitals(storage, clock, disk_of(settings))
        ready("database", self.vitals.database)
        ready("schema", self.vitals.schema)
        # The lease is one of this bot, so who it is must be known first.
        me = await introduced(gateway, partial(ready, "telegram"))
        self.lease = await turn(storage, me.id, self._patience, partial(ready, "lease"), self._open)
        ready("lease", self._holds_lease)
        made = await surely(lambda: services_of(settings, me, storage, gateway, clock, texts, self.lease.proven))
        await surely(lambda: defaults.at_start(storage, made.moderator, clock))
        self.services = replace(made, started_at=clock.now(), heard_at=lambda: self.source.heard_at)
        outbox = self.services.outbox
        # Before any lane runs: what a lane has just claimed would be taken for left behind.
        await surely(outbox.recover)
        self.calendar = Calendar(storage, made.moderator, clock, outbox.wake)
        self.names = Rechecks(storage, made.moderator, gateway, clock, outbox.limits, outbox.wake)
        self.pins = PinWatch(storage, gateway, clock, outbox.limits, outbox.wake)
        self.pump = pump_of(self.services, self._committed)
        self.source = self._source(Guarded(gateway, self.lease), clock)
        self.vitals.watch(self.pump, self.source)
        ready("telegram", self.vitals.telegram)
        ready("work", self.vitals.work)

    async def _holds_lease(self) -> str:
        return "" if self.lease.held else "another instance has taken over; this one ends"

    def _source(self, gateway: Guarded, clock: Clock) -> Source:
        if self._settings.telegram.intake == "webhook":
            return Webhook(gateway, self.pump, clock, self._settings.webhook)
        return Polling(gateway, self.pump, clock, delete_webhook=self.delete_webhook)

    def _committed(self) -> None:
        self.services.outbox.wake()
        self.calendar.wake()

    async def _telegram(self, clock: Clock, texts: Texts) -> Gateway:
        given = self._settings.telegram
        token, proxy = require_token(self._settings), given.proxy
        return await self._open.enter_async_context(
            TelegramGateway(token, given.api_base_url, proxy, clock=clock, render=texts)
        )


async def services_of(
    settings: Settings, me: BotInfo, storage: Storage, gateway: Gateway, clock: Clock, texts: Texts,
    proven: Proof = unneeded,
) -> Services:  # fmt: skip
    """All that decides and answers; nothing of it runs yet. `proven` is asked before each act is sent."""
    scanner, alarms = Scanner.build(), Alarms(storage, clock)
    moderator = Moderator(scanner=scanner, clock=clock, bot_id=me.id, configured=settings.policy)
    async with storage.reading() as unit:
        await moderator.remember(unit)
    outbox = Outbox(
        storage, gateway, Limits(clock), clock, proven=proven,
        quiet=None if settings.sandbox.everything_at_once else by_policy(moderator), alarms=alarms,
    )  # fmt: skip
    return Services(
        me=Me(me.id, me.username, me.name), settings=settings, storage=storage, clock=clock, texts=texts,
        scanner=scanner, moderator=moderator, outbox=outbox, gateway=gateway,
    )  # fmt: skip


def pump_of(services: Services, committed: Callable[[], None]) -> Pump:
    """What takes updates in; `committed` is called after every Unit."""
    application = handlers.build_application(services)
    asked = (services.storage, services.moderator)
    return Pump(
        storage=services.storage,
        moderator=services.moderator,
        clock=services.clock,
        bot_id=services.me.id,
        places=Places(*asked, services.gateway, services.clock, services.me.id, door_of(services)),
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
