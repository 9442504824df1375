"""Asks the listener over a real connection, word for word."""

import asyncio
import json
from typing import Any, NamedTuple


class Said(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


async def exchange(port: int, words: bytes, seconds: float = 10.0) -> bytes:
    """All that is said back to these bytes."""
    async with asyncio.timeout(seconds):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(words)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()
            await writer.wait_closed()


async def ask(port: int, path: str, method: str = "GET") -> Said:
    answer = await exchange(port, f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return Said(int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body)
