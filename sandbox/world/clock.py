"""The sandbox's own time: it can be set, jumped, sped up and frozen, and whoever waits is told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


class Signal:
    """A counter that can be waited for; a bump wakes every waiter once."""

    def __init__(self) -> None:
        self.version = 0
        self._waiters: set[asyncio.Future[None]] = set()

    def bump(self) -> None:
        self.version += 1
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, after: int, seconds: float | None) -> bool:
        """Return True once the version is above `after`, False when the real seconds have run out."""
        if self.version > after:
            return True
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return True


class Clock:
    """Virtual seconds since 1970: base_virtual + (real − base_real) × rate."""

    def __init__(self, start: float | None = None, rate: float = 1.0, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self.changed = Signal()
        self.base_real = real()
        self.base_virtual = self.base_real if start is None else start
        self.rate = rate

    def now(self) -> float:
        return self.base_virtual + (self._real() - self.base_real) * self.rate

    def change(
        self, *, to: float | None = None, jump: float = 0.0, rate: float | None = None, freeze: bool | None = None
    ) -> None:
        """Move the clock; `freeze=False` lets a frozen clock run again at real speed."""
        real = self._real()
        base = self.now() if to is None else to
        self.base_real, self.base_virtual = real, base + jump
        if rate is not None:
            self.rate = rate
        if freeze is not None:
            self.rate = 0.0 if freeze else (self.rate or 1.0)
        self.changed.bump()

    def face(self) -> dict[str, float]:
        return {
            "version": self.changed.version,
            "base_real": self.base_real,
            "base_virtual": self.base_virtual,
            "rate": self.rate,
            "now": self.now(),
        }

    async def sleep_until(self, moment: float) -> None:
        """Sleep until the virtual moment, however the clock is moved meanwhile."""
        while (left := moment - self.now()) > 0:
            version = self.changed.version
            await self.changed.wait(version, left / self.rate if self.rate > 0 else None)
