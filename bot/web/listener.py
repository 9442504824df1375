"""A small HTTP/1.1 server in a thread of its own, so that it answers while the bot is busy; GET and HEAD only."""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import NamedTuple

from bot.settings import host_and_port

LONGEST_HEAD = 8192
PATIENCE = 2.0
MOST_CONNECTIONS = 64
METHODS = ("GET", "HEAD")


class Answer(NamedTuple):
    status: int
    body: bytes
    kind: str = "text/plain; charset=utf-8"


Route = Callable[[], Awaitable[Answer]]


class CannotListen(Exception):
    """The address is taken or is not ours; says which, and the way out."""

    def __init__(self, listen: str, reason: str) -> None:
        super().__init__(f"web.listen = {listen}: {reason}; stop what listens there, or choose another address")


class Listener:
    """`start` binds and returns once requests are answered, `stop` closes and waits for the thread."""

    def __init__(self, listen: str, routes: Mapping[str, Route]) -> None:
        self._listen = listen
        self._routes = routes
        self._connections = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    async def start(self) -> None:
        """Raises CannotListen."""
        bound = bind(self._listen)
        self.port = bound.getsockname()[1]
        begun = threading.Event()
        work = self._serve(bound, begun)
        self._thread = threading.Thread(target=asyncio.run, args=(work,), name="web", daemon=True)
        self._thread.start()
        await asyncio.to_thread(begun.wait)

    async def stop(self) -> None:
        if self._loop is not None and self._ended is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    async def _serve(self, bound: socket.socket, begun: threading.Event) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, sock=bound, limit=LONGEST_HEAD)
        async with server:
            begun.set()
            await self._ended.wait()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        try:
            if self._connections <= MOST_CONNECTIONS:
                async with asyncio.timeout(2 * PATIENCE):
                    await self._exchange(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            # Whoever asked has gone, or never finished asking.
            pass
        finally:
            self._connections -= 1
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            writer.write(written(plain(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)))
        else:
            method, answer = await self._answer(head)
            writer.write(written(answer, body=method != "HEAD"))
        await writer.drain()

    async def _answer(self, head: bytes) -> tuple[str, Answer]:
        words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            return "", plain(HTTPStatus.BAD_REQUEST)
        method, route = words[0], self._routes.get(words[1].partition("?")[0])
        if route is None:
            return method, plain(HTTPStatus.NOT_FOUND)
        return method, await route() if method in METHODS else plain(HTTPStatus.METHOD_NOT_ALLOWED)


def bind(listen: str) -> socket.socket:
    host, port = host_and_port(listen)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise CannotListen(
            listen, os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        ) from error


def plain(status: HTTPStatus) -> Answer:
    return Answer(status, f"{status.phrase}\n".encode())


def written(answer: Answer, *, body: bool = True) -> bytes:
    """The answer as bytes; every connection serves one request, for whoever asks here asks seldom."""
    status = HTTPStatus(answer.status)
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"Content-Type: {answer.kind}",
        f"Content-Length: {len(answer.body)}",
        *([f"Allow: {', '.join(METHODS)}"] if status == HTTPStatus.METHOD_NOT_ALLOWED else []),
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    ]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return head + answer.body if body else head
