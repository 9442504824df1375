"""Waits until this process may act for its bot, keeps that turn, and knows at once when it is over."""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from bot import metrics
from bot.clock import stopwatch
from bot.storage import LeaseLost, Storage, StorageUnavailable
from bot.storage import lease as turns
from bot.storage.fence import Fence
from bot.storage.lease import LeaseRow
from bot.storage.life import FileLife, Life
from bot.storage.session import SessionLife

FIRST_LOOK = 0.1
LONGEST_PAUSE = 5.0
WAITS = "another instance is running (%s); this one waits and takes over when that ends"

log = logging.getLogger(__name__)


class Patience(NamedTuple):
    """Seconds between two looks at another instance and between two beats of our own; how long a proof is trusted
    before something is sent; how long another's heart stands still before it is taken to hang; and how long after
    an outage of the database another one has to come back to it.

    `trust` must be well below `hang`: that, and no clock that two machines share, keeps two from sending.
    """

    look: float = 1.0
    beat: float = 5.0
    trust: float = 12.0
    hang: float = 30.0
    grace: float = 10.0


class Watch:
    """Whether a heart has stood still for so long, for one who looks often; who did not look knows nothing."""

    def __init__(self, hang: float) -> None:
        self._hang = hang
        self._seen: tuple[int, int] | None = None
        self._since = self._looked = 0.0

    def forget(self) -> None:
        self._seen = None

    def stands_still(self, epoch: int, beats: int, at: float) -> bool:
        if self._seen != (epoch, beats) or at - self._looked > self._hang / 3:
            self._seen, self._since = (epoch, beats), at
        self._looked = at
        return at - self._since >= self._hang


class Lease:
    """`acquire` waits for the turn, `keep` keeps it, `release` gives it back; `tell` hears what is waited for."""

    def __init__(
        self,
        storage: Storage,
        bot_id: int,
        patience: Patience | None = None,
        tell: Callable[[str], None] = lambda _words: None,
        *,
        watch: Callable[[], float] = stopwatch,
    ) -> None:
        self._storage = storage
        self._bot_id = bot_id
        self._patience = patience or Patience()
        self._watch = Watch(self._patience.hang)
        self._place = f"{socket.gethostname()}, process {os.getpid()}"
        self._tell = tell
        self._stopwatch = watch
        self.life: Life = life_for(storage, self._doubt)
        self._epoch = 0
        self._proved_at = 0.0
        # An outage of the database frees the locks of the living too: until then a free one proves no death.
        self._believe_deaths_from = 0.0
        self._told = 0
        self._turn = asyncio.Lock()
        self._lost = asyncio.Event()
        self._stirred = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    @property
    def held(self) -> bool:
        return self._epoch > 0 and not self._lost.is_set()

    async def acquire(self) -> None:
        """Until this process has the lease. Raises StorageError where that can never be."""
        pause = FIRST_LOOK
        while not await self._surely(self.attempt):
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._patience.look)
        metrics.lease_held.set(1)

    def keep(self) -> asyncio.Task[None]:
        """The task that keeps it; it ends with LeaseLost as soon as that is known, whoever found out."""
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep(), name="lease")
        return self._keeping

    async def _keep(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), self._patience.beat)
            if self._lost.is_set():
                raise LeaseLost
            self._stirred.clear()
            await self._surely(self.prove)

    @property
    def trusted(self) -> bool:
        """Whether it was ours so short a time ago that nobody can have it yet because we hang."""
        return self.held and self._stopwatch() - self._proved_at <= self._patience.trust

    async def proven(self) -> None:
        """Returns when the lease was ours a moment ago; asks first where that is long ago. Raises LeaseLost."""
        if self._lost.is_set():
            raise LeaseLost
        if not self.trusted:
            await self._surely(self.prove)

    async def release(self) -> None:
        """Whoever waits takes over at once."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        self._epoch = 0
        metrics.lease_held.set(0)
        await self.life.close()

    async def attempt(self) -> bool:
        """One look; True when the lease is ours."""
        await self.life.open()
        async with self._storage.reading() as unit:
            seen = await turns.look(unit, self._bot_id)
        if seen.instance not in (0, self.life.instance) and not await self._over(seen):
            return False
        started = self._stopwatch()
        now = await self._storage.write(
            partial(turns.take, bot_id=self._bot_id, seen=seen, instance=self.life.instance, place=self._place)
        )
        if now.instance != self.life.instance:
            return False
        self._epoch, self._proved_at = now.epoch, started
        self._storage.fence = Fence(self._bot_id, now.epoch, self._lose)
        await self.life.tidy()
        log.info("this instance holds the lease", extra={"epoch": now.epoch})
        return True

    async def _over(self, seen: LeaseRow) -> bool:
        """Whether whoever has the lease is gone, or hangs."""
        sight = await self.life.sight(seen)
        if not sight.alive:
            return self._stopwatch() >= self._believe_deaths_from
        if not self._watch.stands_still(seen.epoch, sight.beats, self._stopwatch()):
            self._announce(seen)
            return False
        log.warning(
            "another instance (%s) has not answered for %d s: this one takes over", seen.place, self._patience.hang
        )
        await self.life.evict(seen, self._bot_id)
        return True

    def _announce(self, seen: LeaseRow) -> None:
        """Once for each instance that is waited for; not for one that is just being ended."""
        if self._told == seen.epoch:
            return
        # Negative: seen once. It may only be on its way out; told is who is still there at the next look.
        if self._told != -seen.epoch:
            self._told = -seen.epoch
            return
        self._told = seen.epoch
        log.warning(WAITS, seen.place)
        self._tell(WAITS % seen.place)

    async def prove(self) -> bool:
        """A beat, and a look whether the lease is still ours; True, for it is."""
        async with self._turn:
            started = self._stopwatch()
            await self.life.beat(self._bot_id)
            async with self._storage.reading() as unit:
                now = await turns.look(unit, self._bot_id)
            if (now.epoch, now.instance) != (self._epoch, self.life.instance):
                self._lose()
                raise LeaseLost
            self._proved_at = started
        return True

    async def _surely(self, work: Callable[[], Awaitable[bool]]) -> bool:
        """As soon as the database lets it."""
        pause = FIRST_LOOK
        while True:
            try:
                return await work()
            except StorageUnavailable as error:
                log.warning("the lease waits for the database: %s", error)
                self._watch.forget()
                self._believe_deaths_from = self._stopwatch() + self._patience.grace
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _doubt(self) -> None:
        """The server has closed the connection that shows us alive, and perhaps others' too: all come back."""
        self._proved_at = float("-inf")
        self._believe_deaths_from = self._stopwatch() + self._patience.grace
        self._stirred.set()

    def _lose(self) -> None:
        metrics.lease_held.set(0)
        self._lost.set()
        self._stirred.set()


def life_for(storage: Storage, broken: Callable[[], None]) -> Life:
    if storage.dialect == "sqlite":
        return FileLife(storage.where.path)
    return SessionLife(storage.where, broken)
