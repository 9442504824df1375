"""Looks whether anything is due when something was committed or time has come, and wakes only the lanes concerned."""

import asyncio
import logging
import math
from collections.abc import Sequence
from functools import partial

from bot.clock import Clock
from bot.outbox import quieting
from bot.outbox.lane import WITHOUT_STORAGE, Lane
from bot.outbox.quieting import TermsOf
from bot.outbox.resting import rest
from bot.storage import Storage, StorageUnavailable, acts, quiet

# In a burst every commit rings; one look serves several.
SPACING = 0.02

log = logging.getLogger(__name__)


class Scout:
    """`quiet` says how often a group may be spoken to; without it nothing is kept back."""

    def __init__(self, storage: Storage, clock: Clock, lanes: Sequence[Lane], quiet: TermsOf | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._lanes = lanes
        self._quiet = quiet
        self._bell = asyncio.Event()
        self.idle = asyncio.Event()

    def wake(self) -> None:
        self.idle.clear()
        self._bell.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._bell.clear()
            wait = await self._look()
            if not self._bell.is_set():
                self.idle.set()
            await rest(self._bell, self._clock, wait)
            await asyncio.sleep(SPACING)

    async def _look(self) -> float:
        """Seconds until the next look is worth it."""
        now = self._clock.now()
        try:
            async with self._storage.reading() as unit:
                horizon = await acts.horizon(unit, int(now))
                # What is too late, or comes after an act that waits, must not be looked at again and again.
                asks = acts.QUIETED in horizon.lanes
                speaking = await quiet.groups_with_waiting(unit, int(now)) if asks else []
            for lane in self._lanes:
                if lane.number in horizon.lanes:
                    lane.wake()
            for group_id in speaking:
                await self._let_go(group_id, int(now))
        except StorageUnavailable as error:
            log.warning("the outbox waits for the database: %s", error)
            return WITHOUT_STORAGE
        return horizon.later - now if horizon.later is not None else math.inf

    async def _let_go(self, group_id: int, now: int) -> None:
        """Each group by itself: none keeps another from being spoken to."""
        try:
            await self._storage.write(partial(quieting.work, group_id=group_id, terms_of=self._quiet, now=now))
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("what waits to be said cannot be looked through", extra={"group": group_id})
        else:
            self._bell.set()
