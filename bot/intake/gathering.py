"""Updates that are pushed side by side become batches for the pump; each pusher learns whether its own is committed."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from bot.intake.incoming import Incoming

MOST = 100
# Telegram hangs up after 60 s, and a proxy in front often after 30.
PATIENCE = 20.0


class Taker(Protocol):
    """The part of the pump that this needs: `away` while the database is known to be."""

    @property
    def away(self) -> bool: ...

    async def take(self, batch: Sequence[Incoming]) -> None: ...


class Waiting(NamedTuple):
    incoming: Incoming
    committed: asyncio.Future[None]


class Gathering:
    """Holds no more than whoever waits: who is sent away with False takes the update along, unless it is in hand."""

    def __init__(self, pump: Taker) -> None:
        self._pump = pump
        self._queue: deque[Waiting] = deque()
        self._in_hand: list[Waiting] = []
        self._news = asyncio.Event()
        self._closed = False
        self._slow = False

    async def take(self, incoming: Incoming) -> bool:
        """True once it is committed; False where that cannot be waited for."""
        if self._closed or self._slow or self._pump.away:
            return False
        mine = Waiting(incoming, asyncio.get_running_loop().create_future())
        self._queue.append(mine)
        self._news.set()
        await asyncio.wait([mine.committed], timeout=PATIENCE)
        if not mine.committed.done():
            # The next ones would only wait as long: they are sent away at once until a batch gets through.
            self._slow = True
            mine.committed.cancel()
        return not mine.committed.cancelled()

    async def run(self) -> None:
        """Until `close`, and then until all that had been let in is committed."""
        try:
            while await self._next():
                await self._pump.take([each.incoming for each in self._in_hand])
                self._slow = False
                for each in self._in_hand:
                    if not each.committed.done():
                        each.committed.set_result(None)
        finally:
            self._closed = True
            for each in (*self._in_hand, *self._queue):
                each.committed.cancel()

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed = True
        self._news.set()

    async def _next(self) -> bool:
        """The next batch in hand: everybody who still waits, once there is somebody."""
        self._in_hand = []
        while not self._in_hand:
            while self._queue and len(self._in_hand) < MOST:
                if not (each := self._queue.popleft()).committed.done():
                    self._in_hand.append(each)
            if not self._in_hand:
                if self._closed:
                    return False
                self._news.clear()
                await self._news.wait()
        return True
