"""A clock over HTTP for tests that stop and restart it; the sandbox's own is used where the sandbox runs."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class ClockServer:
    def __init__(self, *, at: float, rate: float) -> None:
        self.version, self.base_real, self.base_virtual, self.rate = 0, time.time(), at, rate
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._port = 0
        self._talking: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def face(self) -> bytes:
        names = ("version", "base_real", "base_virtual", "rate")
        return json.dumps({name: getattr(self, name) for name in names}).encode()

    def _move(self, *, jump: float = 0.0, rate: float | None = None) -> None:
        real = time.time()
        self.base_virtual += (real - self.base_real) * self.rate + jump
        self.base_real, self.rate = real, self.rate if rate is None else rate
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def jump(self, seconds: float) -> None:
        self._move(jump=seconds)

    def run_at(self, rate: float) -> None:
        self._move(rate=rate)

    def forget_versions(self) -> None:
        self.version = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in tuple(self._talking):
            task.cancel()
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talking.add(task)
        try:
            with suppress(asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
                while True:
                    await self._answer(reader, writer)
        finally:
            self._talking.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = re.search(rb"after=(-?\d+)", await reader.readuntil(b"\r\n\r\n"))
        after, changed = int(asked[1]) if asked else -1, self._changed
        if self.version <= after:
            await changed.wait()
        body = self.face()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body))
        writer.write(body)
        await writer.drain()


@asynccontextmanager
async def serving_a_clock(*, at: float, rate: float) -> AsyncIterator[ClockServer]:
    server = ClockServer(at=at, rate=rate)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
