"""Serves a world over HTTP on loopback, in this process, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from sandbox.api.delivery import Delivery
from sandbox.api.raw import TRANSPORT
from sandbox.app import build
from sandbox.world import World

HOST = "127.0.0.1"


class Protocol(HttpToolsProtocol):
    """The usual protocol, which also lends its transport to whoever must break the connection."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope[TRANSPORT] = self.transport  # type: ignore[literal-required]


def quiet(app: ASGIApp) -> ASGIApp:
    """A caller who hangs up, and an open long poll that ends at shutdown, are no errors."""

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(asyncio.CancelledError, ClientDisconnect):
            await app(scope, receive, send)

    return run


def listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    return listener


async def tick(world: World) -> None:
    """Do what falls due, however the clock is moved."""
    while True:
        version = world.clock.changed.version
        world.run_due()
        due = world.next_due()
        left = None if due is None or world.clock.rate == 0 else (due - world.now()) / world.clock.rate
        await world.clock.changed.wait(version, None if left is None else max(left, 0.0))


@asynccontextmanager
async def serve(world: World, port: int = 0) -> AsyncIterator[str]:
    """The base URL of the world while it is served; open connections are cut at the end."""
    state = ServerState()
    app = quiet(build(world))
    config = Config(
        app, lifespan="off", log_config=None, access_log=False, ws="none", interface="asgi3", timeout_keep_alive=3600
    )
    config.load()
    loop = asyncio.get_running_loop()
    listener = listening(port)
    server = await loop.create_server(lambda: Protocol(config, state, {}, loop), sock=listener, backlog=512)
    running = [loop.create_task(tick(world)), loop.create_task(Delivery(world).run())]
    try:
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.close()
        await stop(state)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await server.wait_closed()


async def stop(state: ServerState) -> None:
    for connection in list(state.connections):
        connection.transport.abort()
    while state.connections:  # noqa: ASYNC110 - closed by the loop itself, one turn later
        await asyncio.sleep(0)
    tasks = list(state.tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
