"""Raw HTTP, as nobody's client would send it: what goes out, byte by byte, and what is answered."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from bot.settings import Settings, host_and_port
from sandbox.processes import WEBHOOK_SECRET

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECRET = (SECRET_HEADER, WEBHOOK_SECRET)
JSON = ("Content-Type", "application/json")


class Said(NamedTuple):
    """Status 0: the connection was closed without a word."""

    status: int
    headers: Mapping[str, str]


def head(method: str = "POST", path: str = "/telegram", headers: Iterable[tuple[str, str]] = ()) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: bot", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode()


def post(body: bytes, *headers: tuple[str, str], path: str = "/telegram") -> bytes:
    """A request as Telegram makes it, unless other headers are given."""
    given = headers or (SECRET, JSON)
    return head("POST", path, [*given, ("Content-Length", str(len(body)))]) + body


def door_of(settings: Settings) -> int:
    """The port at which the bot waits for Telegram's calls."""
    return host_and_port(settings.webhook.listen)[1]


async def knock(port: int, request: bytes, *more: bytes, seconds: float = 30.0) -> Said:
    """Sends `request`, then each of `more` for as long as it is read; what is answered meanwhile or after."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = asyncio.create_task(heard(reader))
    try:
        async with asyncio.timeout(seconds):
            with suppress(ConnectionError):
                for part in (request, *more):
                    if not answer.done():
                        writer.write(part)
                        await writer.drain()
            return await answer
    finally:
        answer.cancel()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def heard(reader: asyncio.StreamReader) -> Said:
    try:
        text = (await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.IncompleteReadError, ConnectionError):
        return Said(0, {})
    first, *lines = text.strip().split("\r\n")
    pairs: list[Any] = [line.split(": ", 1) for line in lines]
    return Said(int(first.split()[1]), {name.lower(): value for name, value in pairs})
