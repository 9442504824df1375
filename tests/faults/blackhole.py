"""A line between bot and Telegram that can be cut: what is sent into it meanwhile arrives when it is joined again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 1 << 16


class Line:
    """`cut` lets nothing through either way, as a firewall that drops does: no refusal, no end, only silence."""

    def __init__(self, target: str) -> None:
        where = urlsplit(target)
        self._host, self._port = where.hostname or "", where.port or 0
        self._open = asyncio.Event()
        self._open.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""
        # When each request but the questions for updates was sent into the line, in seconds of the loop.
        self.sent: list[float] = []

    def cut(self) -> None:
        self._open.clear()

    def join(self) -> None:
        self._open.set()

    async def accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        ends = [writer]
        try:
            await self._open.wait()
            there, back = await asyncio.open_connection(self._host, self._port)
            ends.append(back)
            await asyncio.gather(self._carry(reader, back, self.sent), self._carry(there, writer, []))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            for end in ends:
                end.close()
                with suppress(OSError):
                    await end.wait_closed()
            self._tasks.discard(task)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, sent: list[float]) -> None:
        while data := await source.read(CHUNK):
            if data.startswith(b"POST /") and b"/getUpdates" not in data[:200]:
                sent.append(asyncio.get_running_loop().time())
            await self._open.wait()
            target.write(data)
            await target.drain()
        target.close()

    async def end(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def line_to(target: str) -> AsyncIterator[Line]:
    line = Line(target)
    server = await asyncio.start_server(line.accepted, "127.0.0.1", 0)
    line.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield line
    finally:
        server.close()
        await line.end()
        await server.wait_closed()
