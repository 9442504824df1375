"""Acts that are written and not yet settled: sent lane by lane, through kills, floods and lost rights."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol

from bot import metrics
from bot.clock import Clock
from bot.gateway import Gateway
from bot.limits import Limits
from bot.outbox.lane import GRACE, Lane, Tools
from bot.outbox.quieting import TermsOf
from bot.outbox.scout import Scout
from bot.outbox.settling import News, Right
from bot.storage import Storage, StorageUnavailable, Unit, acts
from bot.storage.acts import ActRow
from rules.conduct.effects import LANE_DELETIONS, LANE_MEMBERS, LANE_PRESSES, LANE_SPEECH, Say

LANES = (LANE_PRESSES, LANE_DELETIONS, LANE_MEMBERS, LANE_SPEECH)
SWEEP_EVERY = 30.0
# Posts that were promised for a moment: that one did not come is told.
PROGRAMME = ("prompt", "welcome")

log = logging.getLogger(__name__)

Proof = Callable[[], Awaitable[None]]


class Hearer(Protocol):
    """Who is told what people must hear of: of each lost right once, until it is back."""

    async def act_unknown(self, row: ActRow) -> None: ...

    async def act_missed(self, row: ActRow) -> None: ...

    async def right_missing(self, group_id: int, right: str) -> None: ...


async def unneeded() -> None:
    """Nobody else could be sending."""


class Outbox:
    """`proven` raises LeaseLost where nothing may be sent any more; `alarms` hears of acts nobody knows the end of, of
    posts of the programme that came too late, of rights the bot has lost. `quiet` tells how often each group may be
    spoken to unasked; without it nothing is kept back.
    """

    def __init__(
        self,
        storage: Storage,
        gateway: Gateway,
        limits: Limits,
        clock: Clock,
        *,
        chance: random.Random | None = None,
        proven: Proof = unneeded,
        alarms: Hearer | None = None,
        quiet: TermsOf | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self.limits = limits
        self._told: set[Right] = set()
        # Between the commit of a fact and the telling of it the database may go away.
        self._untold: list[Right | ActRow] = []
        self._alarms = alarms
        jitter = chance or random.Random()  # noqa: S311
        tools = Tools(storage, gateway, limits, clock, jitter, self._settled, proven)
        self._lanes = [Lane(number, tools) for number in LANES]
        self._scout = Scout(storage, clock, self._lanes, quiet)

    def wake(self) -> None:
        """Something was committed, or may be sent now."""
        self._scout.wake()

    async def recover(self) -> None:
        """After a start: what was being sent is sent again, or reported where that could double it."""
        recovered = await self._storage.write(lambda unit: acts.recover(unit, int(self._clock.now())))
        await self._tell(noted(recovered.unknown))

    async def run(self) -> None:
        """Until cancelled; then what is in flight may end. Raises TokenRefused."""
        self._clock.on_change(self.wake)
        lanes = [asyncio.create_task(lane.run(), name=f"lane-{lane.number}") for lane in self._lanes]
        helpers = [asyncio.create_task(work, name="outbox") for work in (self._scout.run(), self._sweep())]
        try:
            await asyncio.wait([*lanes, *helpers], return_when=asyncio.FIRST_EXCEPTION)
        finally:
            ending = asyncio.create_task(self._end(lanes, helpers), name="outbox-end")
            try:
                await asyncio.shield(ending)
            except asyncio.CancelledError:
                # Told to stop while it ends by itself: the ending is carried through.
                await ending
                raise
        for task in (*lanes, *helpers):
            if not task.cancelled():
                task.result()

    async def _end(self, lanes: Sequence[asyncio.Task[None]], helpers: Sequence[asyncio.Task[None]]) -> None:
        for task in helpers:
            task.cancel()
        for lane in self._lanes:
            lane.stop()
        await asyncio.wait([*lanes, *helpers], timeout=GRACE + 2)
        for task in lanes:
            task.cancel()
        # Several may end by the same cause; nobody must be left to complain of it when the program is gone.
        await asyncio.gather(*lanes, *helpers, return_exceptions=True)

    async def drain(self, timeout: float) -> bool:  # noqa: ASYNC109 - answers instead of raising
        """Wait until nothing is in flight and nothing may be sent now; False after `timeout` real seconds."""
        self.wake()
        idle = [self._scout.idle, *(lane.idle for lane in self._lanes)]
        for lane in self._lanes:
            lane.wake()
        try:
            async with asyncio.timeout(timeout):
                while not all(each.is_set() for each in idle):
                    for each in idle:
                        await each.wait()
        except TimeoutError:
            return False
        return True

    async def _sweep(self) -> None:
        """Let held and forgotten acts expire; what is tried again must not wait for a clock that was set back."""
        behind = self._clock.monotonic() - self._clock.now()
        while True:
            set_back = int(self._clock.monotonic() - self._clock.now() - behind)
            try:
                if set_back > 0:
                    await self._storage.write(partial(acts.hasten, seconds=set_back))
                    self.wake()
                behind = self._clock.monotonic() - self._clock.now()
                missed = [row for row in await self._storage.write(self._expire) if scheduled(row)]
                metrics.scheduled_missed.inc(len(missed))
                await self._tell(missed)
            except StorageUnavailable as error:
                log.warning("the outbox waits for the database: %s", error)
            await self._clock.sleep(SWEEP_EVERY)

    async def _expire(self, unit: Unit) -> list[ActRow]:
        expired = await acts.expire(unit, int(self._clock.now()))
        return await acts.by_ids(unit, expired) if expired else []

    async def _settled(self, news: News) -> None:
        """Something another act may have waited for was settled; and what is told of it may be acts again."""
        self.wake()
        self._told -= set(news.worked)
        new = [right for right in dict.fromkeys(news.missing) if right not in self._told]
        self._told.update(new)
        for right in new:
            log.warning("the bot lacks a right", extra={"group": right.group_id, "right": right.name})
        await self._tell([*new, *noted(news.unknown)])

    async def _tell(self, reports: Sequence[Right | ActRow] = ()) -> None:
        """Also what could not be told before; what the database does not let be told now waits for the next sweep."""
        self._untold += reports
        while self._untold:
            report = self._untold.pop(0)
            try:
                await self._tell_one(report)
            except StorageUnavailable:
                self._untold.insert(0, report)
                raise
            self.wake()

    async def _tell_one(self, report: Right | ActRow) -> None:
        if self._alarms is None:
            return
        match report:
            case Right(group_id=group_id, name=name):
                await self._alarms.right_missing(group_id, name)
            case ActRow(state="expired"):
                await self._alarms.act_missed(report)
            case _:
                await self._alarms.act_unknown(report)


def scheduled(row: ActRow) -> bool:
    return isinstance(row.act, Say) and row.act.purpose in PROGRAMME


def noted(rows: Sequence[ActRow]) -> Sequence[ActRow]:
    for row in rows:
        log.error("nobody knows whether an act was done", extra={"act": row.id, "kind": row.kind})
        metrics.outbox_unknown.inc()
    return rows
