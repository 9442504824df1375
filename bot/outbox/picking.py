"""Chooses what a lane sends next: due, in order in its chat, within limits; a chat that must wait delays no other."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from bot.clock import Clock
from bot.gateway import NOTHING
from bot.limits import Limits
from bot.outbox.errands import Errand, first_of
from bot.storage import Storage, acts
from bot.storage.acts import ActRow
from rules.conduct.effects import LANE_PRESSES

# More than a lane sends at once, for of a chat only the first row can go.
FETCH = 200
# Where all calls of a second are spent, wait until several may go: one look and one commit for them together.
GATHER = 0.05

Results = Mapping[int, Mapping[str, Any]]


class Picked:
    """What a look brought; `wait` is the seconds until the next look is worth it."""

    def __init__(self) -> None:
        self.errands: list[Errand] = []
        self.wait = math.inf


class Picker:
    """Remembers which chats have to wait, so that their queues are not read again and again meanwhile."""

    def __init__(self, lane: int, storage: Storage, limits: Limits, clock: Clock) -> None:
        self._lane = lane
        self._storage = storage
        self._limits = limits
        self._clock = clock
        self._asleep: dict[int, float] = {}

    async def pick(self, room: int, busy: Collection[int], moving: Collection[int] = ()) -> Picked:
        """At most `room` errands, none to a `busy` chat nor to another chat of a group in `moving`; they are counted
        against the limits.
        """
        picked = Picked()
        if wait := self._limits.wait_of(self._lane):
            picked.wait = max(wait, GATHER)
            return picked
        now, then = int(self._clock.now()), self._clock.monotonic()
        self._asleep = {chat: until for chat, until in self._asleep.items() if until > then}
        blocked = {*busy, *self._asleep}
        async with self._storage.reading() as unit:
            while len(picked.errands) < room:
                known = len(blocked)
                rows = await acts.due(unit, now, self._lane, FETCH, blocked)
                needed = {row.after_id for row in rows if row.after_id is not None}
                before = await acts.results(unit, needed) if needed else {}
                still = [row for row in rows if row.chat_id > 0 or row.group_id not in moving]
                self._choose(still, before, picked, blocked, room)
                if len(rows) < FETCH or len(blocked) == known:
                    break
        picked.wait = min((until - then for until in self._asleep.values()), default=math.inf)
        return picked

    def _choose(self, rows: Sequence[ActRow], before: Results, picked: Picked, blocked: set[int], room: int) -> None:
        for key, queue in queues(rows, self._lane).items():
            if key in blocked:
                continue
            if self._lane != LANE_PRESSES:
                blocked.add(key)
            first = queue[0]
            chat_id = 0 if self._lane == LANE_PRESSES else first.chat_id
            if wait := self._limits.wait(first.act, chat_id):
                self._asleep[key] = self._clock.monotonic() + wait
            elif len(picked.errands) < room:
                self._limits.take(first.act, chat_id)
                picked.errands.append(first_of(queue, chat_id, before.get(first.after_id or 0, NOTHING)))


def queues(rows: Iterable[ActRow], lane: int) -> dict[int, list[ActRow]]:
    """Rows by chat, in order; each press stands for itself."""
    found: dict[int, list[ActRow]] = {}
    for row in rows:
        found.setdefault(row.id if lane == LANE_PRESSES else row.chat_id, []).append(row)
    return found
