"""A Bot API server that misbehaves byte by byte; what a sandbox can do is tested with the sandbox."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple
from urllib.parse import parse_qsl

ME = {"id": 4242, "is_bot": True, "first_name": "Dengta", "username": "dengta_bot"}
POSTED = {"message_id": 7, "date": 0, "chat": {"id": -1001, "type": "supergroup", "title": "G"}, "text": "x"}


class Asked(NamedTuple):
    method: str
    parameters: dict[str, str]


class Reply(NamedTuple):
    """Bytes as they go out; `cut` closes the connection without them, `hang` never answers."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    cut: bool = False
    hang: bool = False


def said(result: object) -> Reply:
    return Reply(json.dumps({"ok": True, "result": result}).encode())


def refused(code: int, description: str, **parameters: int) -> Reply:
    body = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Reply(json.dumps(body).encode(), code)


class RawServer:
    """Answers each method with the next of its replies; the last one stays."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.replies: dict[str, list[Reply]] = {"getMe": [said(ME)]}
        self.released = asyncio.Event()
        self.address = ""
        self._talking: set[asyncio.Task[None]] = set()

    def will(self, method: str, *replies: Reply) -> None:
        self.replies[method] = list(replies)

    def calls(self, method: str) -> int:
        return sum(each.method == method for each in self.asked)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talking.add(task)
        try:
            with suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            self._talking.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = head.split("\r\n")
        length = next((int(line.partition(":")[2]) for line in lines if line.lower().startswith("content-length")), 0)
        body = (await reader.readexactly(length)).decode()
        method = lines[0].split()[1].rpartition("/")[2]
        self.asked.append(Asked(method, dict(parse_qsl(body))))
        waiting = self.replies.get(method, [refused(404, "Not Found: method not found")])
        reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if reply.hang:
            await self.released.wait()
        if reply.cut:
            return False
        start = f"HTTP/1.1 {reply.status} X\r\nContent-Type: {reply.content_type}\r\nContent-Length: {len(reply.body)}"
        writer.write(f"{start}\r\n\r\n".encode() + reply.body)
        await writer.drain()
        return True

    async def stop_talking(self) -> None:
        self.released.set()
        for task in tuple(self._talking):
            task.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)


@asynccontextmanager
async def misbehaving() -> AsyncIterator[RawServer]:
    raw = RawServer()
    server = await asyncio.start_server(raw.talk, "127.0.0.1", 0)
    raw.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield raw
    finally:
        server.close()
        await raw.stop_talking()
        await server.wait_closed()
