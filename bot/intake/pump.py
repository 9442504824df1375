"""Units out of updates: what came in is decided, written and committed before anybody is told that it arrived."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from bot import metrics
from bot.clock import Clock
from bot.conduct.moderator import Moderator
from bot.desks.alarms import reason_of
from bot.failpoints import failpoint
from bot.intake import aside
from bot.intake.incoming import PRESS, Incoming
from bot.intake.places import Places
from bot.intake.wire import decode
from bot.logs import traced
from bot.storage import Storage, StorageUnavailable, Unit, seen, undecided
from bot.storage.undecided import UndecidedRow
from rules.conduct.facts import Facts

# getUpdates gives no more than a hundred; below ten the commit would cost more than the deciding.
FEWEST, MOST = 10, 100
DECIDING_SECONDS = 0.02
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# Nobody expects a button to work a day after it was pressed (orders in words say their own age).
OLD_PRESS = 86_400

log = logging.getLogger(__name__)


class Talker(NamedTuple):
    """What conversations need: `prefetch` asks Telegram before the Unit opens, `talk` answers inside it."""

    prefetch: Callable[[Mapping[str, Any]], Awaitable[Any]]
    talk: Callable[[Unit, Mapping[str, Any], Any], Awaitable[None]]


class Pump:
    """`take` returns when everything is committed; only then may the batch be confirmed to Telegram.

    `away` while the database is known to be.
    """

    def __init__(
        self, *, storage: Storage, moderator: Moderator, clock: Clock, bot_id: int, places: Places, talker: Talker,
        committed: Callable[[], None],
    ) -> None:  # fmt: skip
        self._storage = storage
        self._moderator = moderator
        self._clock = clock
        self._bot_id = bot_id
        self._places = places
        self._talker = talker
        self._committed = committed
        self.counts: Counter[str] = Counter()
        # Since when the oldest update in hand waits, by Telegram's time; 0: nothing is in hand.
        self._waiting_since = 0
        # Why what is in hand cannot be written, "" where it can.
        self.trouble = ""

    @property
    def away(self) -> bool:
        """Whether updates wait in hand because the database does not take them."""
        return bool(self.trouble)

    def lag(self) -> float:
        """Seconds since the oldest update that is not committed yet was sent; 0 where none is in hand."""
        # Read once: the thread that answers for /metrics asks too.
        since = self._waiting_since
        return max(0.0, self._clock.now() - since) if since else 0.0

    async def take(self, batch: Sequence[Incoming]) -> None:
        """Every update of `batch` in the order of its number; waits for as long as the database is away."""
        failpoint("intake.parsed")
        # A webhook brings what was sent side by side in any order.
        ordered = sorted(batch, key=lambda each: each.update_id)
        self._waiting_since = min((each.facts.at for each in ordered if each.facts), default=int(self._clock.now()))
        try:
            for work in self._cut(ordered):
                with metrics.handling.time(), traced(trace_of(work)):
                    await self._surely(work)
                self._places.changed(work)
                self._committed()
        finally:
            self._waiting_since = 0
        failpoint("intake.committed")

    def _cut(self, ordered: Sequence[Incoming]) -> Iterator[Sequence[Incoming]]:
        """Runs of ordinary updates, small enough to be decided in about 20 ms; a conversation stands alone."""
        for talk, run in groupby(ordered, key=lambda each: each.kind == "talk"):
            waiting = list(run)
            while waiting:
                size = 1 if talk else self._size()
                yield waiting[:size]
                del waiting[:size]

    def _size(self) -> int:
        cost = self._moderator.seconds_a_message
        return max(FEWEST, min(MOST, int(DECIDING_SECONDS / cost))) if cost else MOST

    async def _surely(self, work: Sequence[Incoming]) -> None:
        """Database errors count against no update: the same Unit is tried until it stands."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._places.prepare(work)
                await self._attempt(work)
            except StorageUnavailable as error:
                self.trouble = str(error)
                log.warning("the database is away, %d updates wait: %s", len(work), error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                self.trouble = ""
                return

    async def _attempt(self, work: Sequence[Incoming]) -> None:
        """One Unit; where an update spoils it, each goes alone and the spoiling one is set aside."""
        try:
            await self._unit(work)
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an update does, the others go on
            if len(work) == 1:
                await self._put_aside(work[0], error)
                return
            log.warning("an update spoils a batch of %d, each goes alone: %s", len(work), reason_of(error))
            for each in work:
                await self._attempt([each])

    async def _unit(self, work: Sequence[Incoming]) -> None:
        if work[0].kind != "talk":
            fresh = await self._storage.write(lambda unit: self._run(unit, work))
            self._count(work, fresh)
            return
        # Asked before the Unit is opened: no Unit waits for the network.
        raw = json.loads(work[0].raw)
        fetched = await self._talker.prefetch(raw)
        self._count(work, await self._storage.write(lambda unit: self._talk(unit, work[0], raw, fetched)))

    async def _run(self, unit: Unit, work: Sequence[Incoming]) -> list[Incoming]:
        fresh = await self._fresh(unit, work)
        await self._moderator.moderate(unit, facts_in(fresh))
        for each in fresh:
            if each.kind == "undecided":
                await aside.keep(unit, self._bot_id, each, int(self._clock.now()))
        return fresh

    async def _talk(self, unit: Unit, incoming: Incoming, raw: Mapping[str, Any], fetched: Any) -> list[Incoming]:
        fresh = await self._fresh(unit, [incoming])
        if fresh:
            await self._moderator.moderate(unit, facts_in(fresh))
            await self._talker.talk(unit, raw, fetched)
        return fresh

    async def again(self, row: UndecidedRow) -> str:
        """Decide what was set aside, once its cause is mended: "" where that is settled now, else why it is not.

        What the rules judged at the time is not judged twice: their decision has the same key.
        """
        incoming = decode(row.raw.encode())
        if incoming.kind == "undecided":
            return incoming.reason
        await self._places.prepare([incoming])
        try:
            raw = json.loads(incoming.raw)
            fetched = await self._talker.prefetch(raw) if incoming.kind == "talk" else None
            await self._storage.write(lambda unit: self._settle(unit, row, incoming, raw, fetched))
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - it stays undecided, with the new reason
            return reason_of(error)
        self._places.changed([incoming])
        self._committed()
        return ""

    async def _settle(self, unit: Unit, row: UndecidedRow, incoming: Incoming, raw: Any, fetched: Any) -> None:
        now = int(self._clock.now())
        # First, so that of two that are at it one does it.
        if not await undecided.resolve(unit, row.id, now):
            return
        await self._moderator.moderate(unit, facts_in([incoming]))
        if incoming.kind == "talk" and not (incoming.reason == PRESS and row.at < now - OLD_PRESS):
            await self._talker.talk(unit, raw, fetched)

    def _count(self, work: Sequence[Incoming], fresh: Sequence[Incoming]) -> None:
        kinds = Counter(each.kind for each in fresh)
        self.counts.update(kinds)
        self.counts["duplicate"] += len(work) - len(fresh)
        for kind, count in kinds.items():
            metrics.updates_received.labels(kind).inc(count)
        metrics.undecided.inc(kinds["undecided"])
        metrics.updates_duplicate.inc(len(work) - len(fresh))

    async def _fresh(self, unit: Unit, work: Sequence[Incoming]) -> list[Incoming]:
        """Each update once, and only those no Unit has seen."""
        once = {each.update_id: each for each in work}
        new = await seen.mark(unit, self._bot_id, list(once), int(self._clock.now()))
        return [each for each in once.values() if each.update_id in new]

    async def _put_aside(self, incoming: Incoming, error: Exception) -> None:
        """Keep what failed, with its raw text, and judge by the rules what only a conversation failed at."""
        log.error("an update is set aside: %s", reason_of(error), exc_info=error, extra=told(incoming))
        failed = incoming._replace(kind="undecided", reason=reason_of(error))
        unjudged = failed._replace(facts=None, also=())
        if incoming.kind != "talk":
            await self._unit([unjudged])
            return
        try:
            await self._unit([failed])
        except StorageUnavailable:
            raise
        except Exception:  # noqa: BLE001 - it was the rules that it failed at, or they fail at it as well
            await self._unit([unjudged])


def trace_of(work: Sequence[Incoming]) -> str:
    """One name for all lines of a Unit: its updates."""
    first, last = work[0].update_id, work[-1].update_id
    return f"update-{first}" if first == last else f"update-{first}-{last}"


def told(incoming: Incoming) -> dict[str, int]:
    """What a line of the log may say of an update; who it is, is hidden there."""
    facts = incoming.facts
    about = {"chat_id": facts.chat_id, "user_id": facts.user_id} if facts is not None else {}
    return {"update_id": incoming.update_id, **about}


def facts_in(work: Sequence[Incoming]) -> list[Facts]:
    return [facts for each in work if each.facts is not None for facts in (each.facts, *each.also)]
