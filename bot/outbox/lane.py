"""One lane of the outbox: sends what is due, chat by chat in order, and writes down what became of it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple

from bot.clock import Clock
from bot.failpoints import failpoint
from bot.gateway import Again, Gateway, Later, Outcome, Place, Refused, TokenRefused, Unknown
from bot.limits import Limits
from bot.logs import traced
from bot.outbox import retries
from bot.outbox.errands import Ended, Errand, narrowed
from bot.outbox.picking import Picked, Picker
from bot.outbox.resting import rest
from bot.outbox.settling import News, settle
from bot.storage import Storage, StorageUnavailable, Unit, acts
from rules.conduct.effects import LANE_DELETIONS, LANE_MEMBERS, LANE_PRESSES, LANE_SPEECH, idempotent

# Telegram holds a flooded post for up to eight seconds: more of them are out at once for the same pace.
ROOM = {LANE_PRESSES: 32, LANE_DELETIONS: 32, LANE_MEMBERS: 32, LANE_SPEECH: 128}
WITHOUT_STORAGE = 1.0
GRACE = 10.0

log = logging.getLogger(__name__)


class Tools(NamedTuple):
    """What all lanes share. `settled` hears of every commit that ended errands; `proven` raises LeaseLost where this
    process may not send any more.
    """

    storage: Storage
    gateway: Gateway
    limits: Limits
    clock: Clock
    chance: random.Random
    settled: Callable[[News], Awaitable[None]]
    proven: Callable[[], Awaitable[None]]


class Lane:
    def __init__(self, number: int, tools: Tools) -> None:
        self.number = number
        self._tools = tools
        self._picker = Picker(number, tools.storage, tools.limits, tools.clock)
        self._out: dict[int, Errand] = {}
        self._in_flight: set[asyncio.Task[None]] = set()
        self._ended: list[Ended] = []
        # Claimed by a commit whose answer never came, and not sent.
        self._doubtful: set[int] = set()
        self._bell = asyncio.Event()
        self._failure: BaseException | None = None
        self._stopping = False
        self.idle = asyncio.Event()

    def wake(self) -> None:
        self.idle.clear()
        self._bell.set()

    def stop(self) -> None:
        """Take nothing new; `run` returns when what is in flight has ended, after ten seconds at the latest."""
        self._stopping = True
        self._bell.set()

    async def run(self) -> None:
        """Until stopped. Raises TokenRefused; whatever else goes wrong with an act is that act's outcome."""
        try:
            while not self._stopping and self._failure is None:
                self._bell.clear()
                await rest(self._bell, self._tools.clock, await self._round())
            if self._failure is None or isinstance(self._failure, TokenRefused):
                await self._finish()
            if self._failure is not None:
                raise self._failure
        finally:
            await self._abandon()

    async def _round(self) -> float:
        """One commit for all that has ended and all that is taken up next. Seconds until the next look."""
        ended, doubtful = tuple(self._ended), bool(self._doubtful)
        try:
            picked = await self._picker.pick(ROOM[self.number] - len(self._out), self._chats_out(), self._groups_out())
            if picked.errands:
                failpoint("outbox.before_send")
            # Together: under load an act costs one commit, not two.
            if ended or picked.errands or self._doubtful:
                await self._commit(ended, picked)
        except StorageUnavailable as error:
            log.warning("the outbox waits for the database: %s", error)
            return WITHOUT_STORAGE
        except Exception:
            log.exception("a look of the outbox fails, each errand is written down alone", extra={"lane": self.number})
            await self._one_by_one()
            # Where nothing had ended it is the look itself that fails, and would again at once.
            return 0.0 if ended else WITHOUT_STORAGE
        if ended or doubtful:
            return 0.0
        if not (self._out or self._bell.is_set()):
            self.idle.set()
        return picked.wait

    def _chats_out(self) -> set[int]:
        return {errand.chat_id for errand in self._out.values() if errand.chat_id}

    def _groups_out(self) -> set[int]:
        """A group may move while something is on its way to its old chat: what follows would overtake it in the new."""
        out = (errand for errand in self._out.values() if errand.chat_id < 0)
        return {errand.row.group_id for errand in out if errand.row.group_id is not None}

    async def _commit(self, ended: tuple[Ended, ...], picked: Picked) -> None:
        now = self._tools.clock.now()
        wanted = {row.id for errand in picked.errands for row in errand.rows}

        async def work(unit: Unit) -> tuple[News, set[int]]:
            news = News()
            if self._doubtful:
                await acts.unclaim(unit, self._doubtful)
            # Until the commit is answered nobody knows whether it stands, and the next try must not trip over it.
            self._doubtful |= wanted
            for each in ended:
                news += await settle(unit, each, now)
            claimed = await acts.claim(unit, wanted, int(now))
            failpoint("outbox.claimed")
            return news, claimed

        news, claimed = await self._tools.storage.write(work)
        self._doubtful.clear()
        for each in ended:
            self._ended.remove(each)
            self._out.pop(each.errand.row.id, None)
        for errand in picked.errands:
            self._send(narrowed(errand, claimed))
        if ended:
            await self._tools.settled(news)

    async def _one_by_one(self) -> None:
        """One errand's end that cannot be written down must not keep the others, or the lane, from going on."""
        for each in tuple(self._ended):
            try:
                await self._commit((each,), Picked())
            except StorageUnavailable as error:
                log.warning("the outbox waits for the database: %s", error)
                return
            except Exception as error:
                log.exception("what became of an act is lost", extra={"act": each.errand.row.id})
                await self._give_up(each, f"mistake: {type(error).__name__}")

    async def _give_up(self, lost: Ended, reason: str) -> None:
        """Nobody knows what to write of it, so that is what is written and told; it is sent no more."""
        now = int(self._tools.clock.now())

        async def work(unit: Unit) -> None:
            for row in lost.errand.rows:
                await acts.settle(unit, row.id, "unknown", now, reason=reason)

        with suppress(StorageUnavailable):
            await self._tools.storage.write(work)
            if lost in self._ended:
                self._ended.remove(lost)
                self._out.pop(lost.errand.row.id, None)
            try:
                await self._tools.settled(News(unknown=lost.errand.rows))
            except StorageUnavailable:
                raise
            except Exception:
                log.exception("nobody could be told that an act is lost", extra={"act": lost.errand.row.id})

    def _send(self, errand: Errand | None) -> None:
        if errand is None:
            return
        self._out[errand.row.id] = errand
        task = asyncio.create_task(self._perform(errand), name=f"act-{errand.row.id}")
        self._in_flight.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            self._failure = failure
        self._bell.set()

    async def _perform(self, errand: Errand) -> None:
        # As late as can be: a process that lost its turn while it waited must not send.
        await self._tools.proven()
        failpoint("outbox.sending")
        with traced(trace_of(errand)):
            outcome = await self._outcome(errand)
        self._ended.append(Ended(errand, outcome, self._wait_after(errand, outcome)))

    async def _outcome(self, errand: Errand) -> Outcome:
        place = Place(errand.chat_id, errand.after, errand.row.buttons)
        try:
            return await self._tools.gateway.perform(errand, place)
        except TokenRefused as error:
            self._failure = error
            return Again("the token is refused")
        except Exception as error:
            log.exception("an act failed by a mistake of ours", extra={"act": errand.row.id, "kind": errand.row.kind})
            reason = f"mistake: {type(error).__name__}"
            return Refused(reason) if idempotent(errand.act) else Unknown(reason)

    def _wait_after(self, errand: Errand, outcome: Outcome) -> float:
        """Seconds until the next try; the chat's later acts of this lane wait behind it, to keep their order.

        Each press stands for itself: one that must wait delays no other.
        """
        attempt = errand.row.attempts + 1
        match outcome:
            case Later(seconds=wait):
                in_order = True
            case Again():
                longest = retries.LONGEST if errand.chat_id else retries.LONGEST_PRESS
                wait, in_order = retries.pause(attempt, longest, self._tools.chance), attempt <= retries.KEEP_ORDER
            case _:
                return 0.0
        if in_order and errand.chat_id:
            self._tools.limits.refused(errand.act, errand.chat_id, wait)
        return wait

    async def _finish(self) -> None:
        """What has left is waited for and written down; the rest is found in the database at the next start."""
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=GRACE)
        await self._abandon()
        try:
            if self._ended or self._doubtful:
                await self._commit(tuple(self._ended), Picked())
        except StorageUnavailable as error:
            log.warning("what was sent last could not be written down: %s", error)

    async def _abandon(self) -> None:
        """No task outlives its lane."""
        for task in tuple(self._in_flight):
            task.cancel()
        await asyncio.gather(*self._in_flight, return_exceptions=True)


def trace_of(errand: Errand) -> str:
    """The update that is behind an act, where one is."""
    cause, _, rest = errand.row.key.partition(":")
    number = rest.split(":")[1:2] if cause == "update" else []
    return f"update-{number[0]}" if number else f"act-{errand.row.id}"
