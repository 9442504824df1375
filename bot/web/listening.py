"""A small HTTP server for one application, with limits to connections and to how long and large a head may be."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from starlette.types import ASGIApp
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from bot.settings import host_and_port

HEAD_SECONDS = 10.0
HEAD_BYTES = 16_384
IDLE_SECONDS = 75
STOP_SECONDS = 5.0

# Whoever scans addresses would fill the log with requests that are none.
quiet = logging.getLogger(__name__)
quiet.setLevel(logging.ERROR)


class CannotListen(Exception):
    """The address is taken, not ours or does not exist; says the way out."""

    def __init__(self, name: str, listen: str, error: OSError | UnicodeError) -> None:
        # A name that cannot be resolved has a number below 0, which the system's list of errors does not know.
        number = error.errno if isinstance(error, OSError) and error.errno else 0
        reason = os.strerror(number) if number > 0 else str(error)
        super().__init__(f"{name} = {listen}: {reason}; stop what listens there, or choose another address")


class Guarded(HttpToolsProtocol):
    """uvicorn's connection, which alone would wait for ever for the rest of a head and keep all of it."""

    def __init__(self, config: Config, state: ServerState, loop: asyncio.AbstractEventLoop, most: int) -> None:
        super().__init__(config, state, {}, loop)
        self.logger = quiet
        self.idle_since = loop.time()
        self._most = most
        self._head = 0
        self._answering = 0
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self._most:
            self._make_room()
        self._await_head()

    def data_received(self, data: bytes) -> None:
        self._head += len(data)
        super().data_received(data)
        if self.idle() and not self.transport.is_closing():
            self._await_head()
            if self._head > HEAD_BYTES:
                self.transport.abort()

    def on_headers_complete(self) -> None:
        self._head = 0
        self._answering += 1
        self._no_deadline()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        self._head = 0
        self._answering -= 1
        self.idle_since = self.loop.time()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._no_deadline()
        super().connection_lost(exc)

    def idle(self) -> bool:
        """Nothing is being answered."""
        return self._answering <= 0

    def _await_head(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _no_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        """Whoever has said nothing for longest goes, so that silent connections cannot keep Telegram out."""
        others = [cast(Guarded, each) for each in self.connections if each is not self]
        silent = [each for each in others if each.idle() and not each.transport.is_closing()]
        oldest = min(silent, key=lambda each: each.idle_since, default=self)
        oldest.transport.abort()


@asynccontextmanager
async def listening(app: ASGIApp, name: str, listen: str, most: int) -> AsyncIterator[int]:
    """The port it listens on (0 in `listen` takes any), with at most `most` connections; `name` is the setting's.

    At the end what is being answered is answered. Raises CannotListen.
    """
    config = Config(app, lifespan="off", log_config=None, access_log=False, ws="none", interface="asgi3",
                    proxy_headers=False, timeout_keep_alive=IDLE_SECONDS)  # fmt: skip
    config.load()
    loop, state = asyncio.get_running_loop(), ServerState()
    host, port = host_and_port(listen)
    try:
        server = await loop.create_server(lambda: Guarded(config, state, loop, most), host, port, backlog=512)
    except (OSError, UnicodeError) as error:
        raise CannotListen(name, listen, error) from error
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await closed(state)
        await server.wait_closed()


async def closed(state: ServerState) -> None:
    for connection in list(state.connections):
        connection.shutdown()
    if state.tasks:
        await asyncio.wait(state.tasks, timeout=STOP_SECONDS)
    tasks = list(state.tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for connection in list(state.connections):
        connection.transport.abort()
    while state.connections:  # noqa: ASYNC110 - closed by the loop itself, one turn later
        await asyncio.sleep(0)
