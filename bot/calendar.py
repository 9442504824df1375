"""Wakes when something is due and has it settled or posted; what is due is asked of the books, never remembered."""

import asyncio
import logging
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import due, membership, metrics, programme
from bot.clock import Clock
from bot.conduct import namecheck
from bot.conduct.moderator import Moderator
from bot.desks import alarms
from bot.speech import digest
from bot.storage import Storage, StorageUnavailable, deadlines, groups, welcomes
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit

# A clock may be set and a machine may sleep: no alarm is trusted for longer.
REARM_SECONDS = 30.0
REST_SECONDS = 0.1
SOON_SECONDS = 1
# Posts come after the deadlines of a look: they must not wait behind five hundred removals.
DUE_AT_ONCE = 50
FAILING_SECONDS = 600.0
MOST_SETTLED = 20_000

log = logging.getLogger(__name__)


class Ahead(NamedTuple):
    """Groups that want something posted now, and the moment of the next look in Unix seconds."""

    due: list[GroupRow]
    next_at: float


class Calendar:
    """APScheduler rings once at the next due moment, and at least every 30 s; all state is in the database."""

    def __init__(self, storage: Storage, moderator: Moderator, clock: Clock, wake_outbox: Callable[[], None]) -> None:
        self._storage, self._moderator, self._clock = storage, moderator, clock
        self._wake_outbox = wake_outbox
        self._bell = asyncio.Event()
        # Occurrences known to be claimed: only spares questions, the books decide.
        self._settled: dict[str, None] = {}
        # Groups whose posts failed, and until when they are left alone.
        self._failing: dict[int, float] = {}
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._turn = asyncio.Lock()

    def wake(self) -> None:
        """Something new may be due; look again."""
        self._bell.set()

    async def run(self) -> None:
        """Until cancelled."""
        self._clock.on_change(self.wake)
        self._scheduler.start()
        try:
            while True:
                self._bell.clear()
                self._arm(await self._look())
                await self._bell.wait()
                # Every commit rings; a busy hour must not become a busy loop.
                await asyncio.sleep(REST_SECONDS)
        finally:
            self._scheduler.shutdown(wait=False)

    async def _look(self) -> float:
        """Do what is due; the moment of the next look."""
        try:
            return await self.work()
        except StorageUnavailable as error:
            log.warning("the calendar waits for the database: %s", error)
        except Exception:
            log.exception("a look of the calendar fails")
        return self._clock.now() + REARM_SECONDS

    def _arm(self, at: float) -> None:
        wait = min(self._clock.real_seconds_until(at), REARM_SECONDS)
        ring = datetime.now(UTC) + timedelta(seconds=wait)  # noqa: TID251 - APScheduler has its own idea of now
        self._scheduler.add_job(
            self._bell.set, "date", run_date=ring, id="next", replace_existing=True, misfire_grace_time=None
        )

    async def work(self) -> float:
        """Do all that is due now. Unix seconds of the next due moment, infinity where there is none."""
        async with self._turn:
            now = int(self._clock.now())
            await self._deadlines(now)
            async with self._storage.reading() as unit:
                ahead = await self._look_around(unit, now)
            for group in ahead.due:
                await self._surely_posts(group, now)
            self._wake_outbox()
            return ahead.next_at

    async def _deadlines(self, now: int) -> None:
        """Settle the oldest due moments, each in a Unit of its own; if there are more, the next look finds them."""
        async with self._storage.reading() as unit:
            rows = await deadlines.due(unit, now, DUE_AT_ONCE)
        for row in rows:
            try:
                await self._storage.write(partial(due.settle, moderator=self._moderator, row=row, now=now))
                metrics.scheduled_late.observe(max(0, now - row.due_at))
            except StorageUnavailable:
                raise
            except Exception as error:
                log.exception("a deadline is set aside", extra={"deadline": row.id})
                metrics.undecided.inc()
                await self._storage.write(partial(due.set_aside, row=row, reason=alarms.reason_of(error), now=now))

    async def _look_around(self, unit: Unit, now: int) -> Ahead:
        """Which groups want something posted, and when to look again."""
        moment = await deadlines.next_due(unit)
        next_at = float(moment) if moment is not None else math.inf
        waves, due_now = await welcomes.waves(unit), []
        for group in await groups.all_active(unit):
            if (until := self._failing.get(group.id, 0.0)) > now:
                next_at = min(next_at, until)
                continue
            policy = await self._moderator.policy_of(unit, group)
            posts_at = programme.next_moment(group, policy, waves.get(group.id), now, self._settled)
            at = min(posts_at, digest.next_moment(group, policy, now, self._settled))
            if namecheck.wanted(group, policy) and namecheck.key_of(group, policy) not in self._settled:
                at = now
            if at <= now or membership.promises_changed(group, policy):
                due_now.append(group)
            # What is still due after this look would else be looked at without a rest.
            next_at = min(next_at, max(at, now + SOON_SECONDS))
        return Ahead(due_now, next_at)

    async def _surely_posts(self, group: GroupRow, now: int) -> None:
        """A group whose posts fail is left alone for a while; it keeps no other from its own."""
        try:
            keys = await self._storage.write(partial(self._posts, group=group, now=now))
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("what a group was to be told fails", extra={"group": group.id})
            self._failing[group.id] = now + FAILING_SECONDS
            await self._storage.write(lambda unit: alarms.undecided(unit, group, 0, now))
        else:
            self._remember(keys)

    def _remember(self, keys: tuple[str, ...]) -> None:
        """Only what was committed is settled."""
        for key in filter(None, keys):
            self._settled[key] = None
            while len(self._settled) > MOST_SETTLED:
                del self._settled[next(iter(self._settled))]

    async def _posts(self, unit: Unit, group: GroupRow, now: int) -> tuple[str, ...]:
        policy = await self._moderator.policy_of(unit, group)
        await membership.begin_rules(unit, group, policy, now)
        key = await programme.prompt(unit, group, policy, now)
        await programme.greet(unit, group, policy, now)
        asked = ""
        if namecheck.wanted(group, policy):
            asked = await namecheck.ask_all(unit, self._moderator, group, policy, now)
        return key, asked, await digest.write(unit, group, policy, now)
