"""What readiness and the gauges look at: the database, Telegram, and work that waits; changes nothing."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from prometheus_client import Gauge

from bot import metrics
from bot.clock import Clock
from bot.storage import LeaseLost, Storage, StorageError, vitals

# Whoever watches asks often, perhaps several at once: that must cost the database little.
FRESH_SECONDS = 3.0
SAMPLE_SECONDS = 15.0
# Well above a long poll that brings nothing (50 s).
SILENT_SECONDS = 90.0
WAITING_SECONDS = 60.0
SCHEMA = "the tables are not of this version; stop, run python -m bot migrate, start again"

log = logging.getLogger(__name__)


class Looked(NamedTuple):
    """One look at the database: why it cannot be used, whether its schema is ours, since when the oldest act waits."""

    trouble: str = ""
    schema: bool = True
    oldest: int | None = None


class Hand(Protocol):
    """What is being taken in: how old the oldest of it is, and why it cannot be written."""

    @property
    def trouble(self) -> str: ...

    def lag(self) -> float: ...


class Heard(Protocol):
    heard_at: float


class Vitals:
    """Looks at the database from the start; at the intake once it is told of it with `watch`."""

    def __init__(self, storage: Storage, clock: Clock, disk: Path | None) -> None:
        self._storage = storage
        self._clock = clock
        self._disk = disk
        self._hand: Hand | None = None
        self._source: Heard | None = None
        self._heard = (0.0, clock.monotonic())
        self._look = fresh(self._look_now)
        self._named: dict[Gauge, set[str]] = {metrics.outbox_pending: set(), metrics.outbox_held: set()}

    def watch(self, hand: Hand, source: Heard) -> None:
        """From now on, when Telegram has just said who we are: its first answer to a long poll may take a while."""
        self._hand, self._source = hand, source
        self._heard = (source.heard_at, self._clock.monotonic())

    async def database(self) -> str:
        """A write of nothing may still find room where the next message does not."""
        return (await self._look()).trouble or (self._hand.trouble if self._hand else "")

    async def schema(self) -> str:
        looked = await self._look()
        return "" if looked.schema or looked.trouble else SCHEMA

    async def telegram(self) -> str:
        """By a clock that nobody sets: a wall clock that jumps is no silence."""
        silent = self._clock.monotonic() - self._noticed()
        return f"nothing heard from Telegram for {silent:.0f} s" if silent >= SILENT_SECONDS else ""

    async def work(self) -> str:
        if self._hand and (lag := self._hand.lag()) >= WAITING_SECONDS:
            return f"updates wait to be taken in, the oldest is {lag:.0f} s old"
        oldest = (await self._look()).oldest
        if oldest is not None and (age := self._clock.now() - oldest) >= WAITING_SECONDS:
            return f"acts wait to be sent, the oldest for {age:.0f} s"
        return ""

    async def run(self) -> None:
        """Gauges that the database knows, until cancelled."""
        if self._hand is not None:
            metrics.intake_lag.set_function(self._hand.lag)
        while True:
            self._noticed()
            try:
                await self._sample()
            except StorageError as error:
                log.debug("the gauges wait for the database: %s", error)
            except Exception:
                log.exception("the gauges could not be read")
            await asyncio.sleep(SAMPLE_SECONDS)

    async def _sample(self) -> None:
        async with self._storage.reading() as unit:
            waiting = await vitals.waiting(unit)
        for gauge, counted in ((metrics.outbox_pending, waiting.pending), (metrics.outbox_held, waiting.held)):
            # Nothing is taken away and set anew: another thread may read in between.
            self._named[gauge] |= counted.keys()
            for name in self._named[gauge]:
                gauge.labels(name).set(counted.get(name, 0))
        age = self._clock.now() - waiting.oldest if waiting.oldest is not None else 0.0
        metrics.outbox_oldest.set(max(0.0, age))
        if self._disk is not None:
            disk = await asyncio.to_thread(shutil.disk_usage, self._disk)
            metrics.disk_free.set(disk.free / disk.total)

    def _noticed(self) -> float:
        """Telegram's last word in the time that nobody sets; read off again only when there is a newer one."""
        heard_at = self._source.heard_at if self._source else 0.0
        if heard_at != self._heard[0]:
            self._heard = (heard_at, self._clock.monotonic() - max(0.0, self._clock.now() - heard_at))
        return self._heard[1]

    async def _look_now(self) -> Looked:
        try:
            schema = await vitals.schema_at_head(self._storage)
            async with self._storage.reading() as unit:
                return Looked(schema=schema, oldest=(await vitals.waiting(unit)).oldest)
        except StorageError as error:
            return Looked(f"{error.problem}: {error.way_out}")
        except LeaseLost as lost:
            return Looked(str(lost))


def fresh(look: Callable[[], Awaitable[Looked]]) -> Callable[[], Awaitable[Looked]]:
    """`look`, by one at a time, and not again within a few seconds."""
    turn, seen, at = asyncio.Lock(), Looked(), float("-inf")

    async def looked() -> Looked:
        nonlocal seen, at
        async with turn:
            if asyncio.get_running_loop().time() - at >= FRESH_SECONDS:
                seen = await look()
                at = asyncio.get_running_loop().time()
            return seen

    return looked
