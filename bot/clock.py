"""The only now(): the system's time, a sandbox's, or a test's; nothing else in the bot may ask what time it is."""

import asyncio
import heapq
import itertools
import logging
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import NamedTuple, Protocol, Self

import httpx

LONG_POLL = 90.0
RETRY_FIRST, RETRY_MOST = 0.1, 30.0
LONGEST_NAP = 30.0
AWAY = "the sandbox at %s does not answer, its clock runs on as it was; asked again in %.1f s"

log = logging.getLogger(__name__)


def stopwatch() -> float:
    """Seconds of this machine alone, in real time, that run on while it sleeps; good only for how long ago."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Clock(Protocol):
    """Seconds since 1970, seconds that never run backwards, and waiting; all three in the same time."""

    def now(self) -> float: ...

    def monotonic(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...

    async def sleep_until(self, at: float) -> None: ...

    def real_seconds_until(self, at: float) -> float:
        """How long a stop-watch on the table would run until `at`; infinity while the clock stands still."""
        ...

    def on_change(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever the time was set or its pace was changed, as far as the clock can know."""
        ...


class Waiters:
    """Whoever waits until something changes."""

    def __init__(self) -> None:
        self._futures: set[asyncio.Future[None]] = set()

    def wake(self) -> None:
        futures, self._futures = self._futures, set()
        for future in futures:
            if not future.done():
                future.set_result(None)

    async def wait(self, seconds: float | None) -> None:
        """Until the next `wake`, at most `seconds` of real time."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._futures.add(future)
        try:
            await asyncio.wait([future], timeout=seconds)
        finally:
            self._futures.discard(future)
            future.cancel()


class SystemClock:
    """The machine's time; naps are short enough to notice a wall clock that was set."""

    def now(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))

    async def sleep_until(self, at: float) -> None:
        while (left := at - self.now()) > 0:
            await self.sleep(min(left, LONGEST_NAP))

    def real_seconds_until(self, at: float) -> float:
        return max(0.0, at - self.now())

    def on_change(self, changed: Callable[[], None]) -> None:
        """A wall clock that is set tells nobody; whoever plans by it looks again every LONGEST_NAP seconds."""


class Face(NamedTuple):
    """A sandbox's clock: virtual seconds pass `rate` times as fast as real ones, from a common moment on."""

    version: int = -1
    base_real: float = 0.0
    base_virtual: float = 0.0
    rate: float = 1.0

    def at(self, real: float) -> float:
        return self.base_virtual + (real - self.base_real) * self.rate


class SandboxClock:
    """Follows a sandbox on this machine: `async with SandboxClock(address) as clock`."""

    def __init__(self, base_url: str) -> None:
        self._client = httpx.AsyncClient(base_url=base_url.rstrip("/"), trust_env=False, timeout=LONG_POLL)
        self._face = Face()
        self._set_back = 0.0
        self._changed = Waiters()
        self._listeners: list[Callable[[], None]] = []
        self._following: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            self._face = await self._ask(-1)
        except BaseException:
            await self._client.aclose()
            raise
        self._following = asyncio.create_task(self._follow(), name="sandbox-clock")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait([self._following])
        await self._client.aclose()

    def now(self) -> float:
        return self._face.at(time.time())

    def monotonic(self) -> float:
        return self.now() + self._set_back

    async def sleep(self, seconds: float) -> None:
        end = self.monotonic() + seconds
        while (left := end - self.monotonic()) > 0:
            await self._changed.wait(self._in_real_seconds(left))

    async def sleep_until(self, at: float) -> None:
        while (left := at - self.now()) > 0:
            await self._changed.wait(self._in_real_seconds(left))

    def real_seconds_until(self, at: float) -> float:
        left = self._in_real_seconds(max(0.0, at - self.now()))
        return math.inf if left is None else left

    def on_change(self, changed: Callable[[], None]) -> None:
        self._listeners.append(changed)

    def _in_real_seconds(self, left: float) -> float | None:
        return left / self._face.rate if self._face.rate > 0 else None

    async def _ask(self, after: int) -> Face:
        answer = await self._client.get("/sandbox/clock", params={"after": after})
        answer.raise_for_status()
        body = answer.json()
        return Face(int(body["version"]), float(body["base_real"]), float(body["base_virtual"]), float(body["rate"]))

    async def _follow(self) -> None:
        after, pause = self._face.version, RETRY_FIRST
        while True:
            try:
                face = await self._ask(after)
            except (httpx.HTTPError, ValueError, KeyError, TypeError):
                log.info(AWAY, str(self._client.base_url).rstrip("/"), pause)
                await asyncio.sleep(pause)
                # Another sandbox may answer next, whose versions start again.
                after, pause = -1, min(pause * 2, RETRY_MOST)
            else:
                self._turn(face)
                after, pause = face.version, RETRY_FIRST

    def _turn(self, face: Face) -> None:
        real = time.time()
        self._set_back += max(0.0, self._face.at(real) - face.at(real))
        self._face = face
        self._changed.wake()
        for changed in self._listeners:
            changed()


@asynccontextmanager
async def clock_of(sandbox: str) -> AsyncIterator[Clock]:
    """The clock of the sandbox at that address, or this machine's where there is no address."""
    if not sandbox:
        yield SystemClock()
        return
    async with SandboxClock(sandbox) as clock:
        yield clock


class ManualClock:
    """Time that passes only when a test says so; sleepers wake in the order of their moments."""

    def __init__(self, at: float = 0.0) -> None:
        self._now = float(at)
        self._elapsed = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    def advance(self, seconds: float) -> None:
        """Let time pass and wake who is due."""
        self._now += seconds
        self._elapsed += seconds
        while self._sleepers and self._sleepers[0][0] <= self._elapsed:
            future = heapq.heappop(self._sleepers)[2]
            if not future.done():
                future.set_result(None)
        for changed in self._listeners:
            changed()

    def real_seconds_until(self, at: float) -> float:
        return 0.0 if at <= self._now else math.inf

    def on_change(self, changed: Callable[[], None]) -> None:
        self._listeners.append(changed)

    def next_moment(self) -> float:
        """When the next sleeper is due; infinity where nobody sleeps."""
        waiting = [at for at, _, future in self._sleepers if not future.done()]
        return self._now + min(waiting) - self._elapsed if waiting else math.inf

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed + seconds, next(self._order), future))
        await future

    async def sleep_until(self, at: float) -> None:
        while (left := at - self._now) > 0:
            await self.sleep(left)
