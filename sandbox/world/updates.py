"""What waits for the bot: updates as bytes, in order, until confirmed, expired or pushed to a webhook."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec

from sandbox.world.clock import Signal
from sandbox.world.records import Json

NAMES = """
    message edited_message channel_post edited_channel_post business_connection business_message
    edited_business_message deleted_business_messages guest_message message_reaction message_reaction_count
    inline_query chosen_inline_result callback_query shipping_query pre_checkout_query purchased_paid_media poll
    poll_answer my_chat_member chat_member chat_join_request chat_boost removed_chat_boost managed_bot"""
KINDS = frozenset(NAMES.split())
OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LIFE = {"callback_query": 150.0, "inline_query": 30.0}
DAY = 86_400.0

encode = msgspec.json.Encoder().encode


@dataclass(slots=True, eq=False)
class Pending:
    id: int
    kind: str
    queue: str
    expires: float
    raw: bytes
    repeats: int = 0


class Updates:
    """The bot's mailbox. `allowed` is what was asked for last and is applied when an update is made."""

    def __init__(self, now: Callable[[], float], first_id: int) -> None:
        self._now = now
        self.next_id = first_id
        self.arrived = Signal()
        self.poll = 0
        self.reset()

    def reset(self) -> None:
        """Empty the mailbox; ids go on, so that a bot which keeps polling misses nothing."""
        self.waiting: deque[Pending] = deque()
        self.first_end = float("inf")
        self.asked: list[str] = []
        self.allowed = KINDS - OPT_IN
        self.repeats = 0

    def allow(self, names: Sequence[str]) -> None:
        """Remember allowed_updates; an empty or wholly unknown list means the default."""
        known = KINDS & set(names)
        self.asked = sorted(known)
        self.allowed = frozenset(known) or KINDS - OPT_IN

    def emit(self, kind: str, payload: Json, queue: str = "") -> int:
        """Queue an update if the bot asked for its kind; returns its id, 0 when it did not."""
        if kind not in self.allowed:
            return 0
        update_id = self.next_id
        self._append(update_id, kind, encode({"update_id": update_id, kind: payload}), queue)
        return update_id

    def push_raw(self, payload: Json) -> int:
        """Queue an update exactly as given; an `update_id` of its own is kept when it has one."""
        update_id = self.next_id
        body = payload if "update_id" in payload else {"update_id": update_id, **payload}
        self._append(update_id, "raw", encode(body), "raw")
        return update_id

    def _append(self, update_id: int, kind: str, raw: bytes, queue: str) -> None:
        expires = self._now() + LIFE.get(kind, DAY)
        self.waiting.append(Pending(update_id, kind, queue, expires, raw, self.repeats))
        self.first_end = min(self.first_end, expires)
        self.next_id += 1
        self.arrived.bump()

    def confirm(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps only that many from the end."""
        if offset < 0:
            keep = self.waiting[offset].id if -offset <= len(self.waiting) else 0
            offset = keep
        again: list[Pending] = []
        while self.waiting and self.waiting[0].id < offset:
            done = self.waiting.popleft()
            if done.repeats > 0:
                done.repeats -= 1
                again.append(done)
        self.waiting.extendleft(reversed(again))

    def delivered(self, update: Pending) -> None:
        """A pushed update was taken; it goes unless it is to come again."""
        if update.repeats > 0:
            update.repeats -= 1
        elif update in self.waiting:
            self.waiting.remove(update)

    def take(self, limit: int) -> list[bytes]:
        self.drop_expired()
        return [update.raw for update in islice(self.waiting, limit)]

    def drop_expired(self) -> None:
        """What nobody fetched in time is gone."""
        now = self._now()
        if self.first_end <= now:
            self.waiting = deque(update for update in self.waiting if update.expires > now)
            self.first_end = min((update.expires for update in self.waiting), default=float("inf"))
