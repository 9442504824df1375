"""Answers from a thread of its own, so that it answers while the bot is busy; GET and HEAD only."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from http import HTTPStatus
from typing import NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.listening import listening

MOST_CONNECTIONS = 64
METHODS = ("GET", "HEAD")
ALLOW = (b"allow", ", ".join(METHODS).encode())


class Answer(NamedTuple):
    status: int
    body: bytes
    kind: str = "text/plain; charset=utf-8"


Route = Callable[[], Awaitable[Answer]]


class Listener:
    """`start` binds and returns once requests are answered, `stop` closes and waits for the thread."""

    def __init__(self, listen: str, routes: Mapping[str, Route]) -> None:
        self._listen = listen
        self._app = application(routes)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    def start(self) -> None:
        """Raises CannotListen."""
        bound: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, args=(bound,), name="web", daemon=True)
        self._thread.start()
        self.port = bound.result()

    async def stop(self) -> None:
        if self._loop is not None and self._ended is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    def _run(self, bound: Future[int]) -> None:
        """Whatever keeps the thread from answering is told to whoever starts it, and never waited for."""
        try:
            asyncio.run(self._serve(bound))
        except BaseException as error:
            if bound.done():
                raise
            bound.set_exception(error)

    async def _serve(self, bound: Future[int]) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        async with listening(self._app, "web.listen", self._listen, MOST_CONNECTIONS) as port:
            bound.set_result(port)
            await self._ended.wait()


def application(routes: Mapping[str, Route]) -> ASGIApp:
    """Every connection serves one request, for whoever asks here asks seldom."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        route, more = routes.get(scope["path"]), []
        if route is None:
            answer = plain(HTTPStatus.NOT_FOUND)
        elif scope["method"] not in METHODS:
            answer, more = plain(HTTPStatus.METHOD_NOT_ALLOWED), [ALLOW]
        else:
            answer = await route()
        headers = [
            (b"content-type", answer.kind.encode()),
            (b"content-length", b"%d" % len(answer.body)),
            *more,
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    return app


def plain(status: HTTPStatus) -> Answer:
    return Answer(status, f"{status.phrase}\n".encode())
