"""How fast /healthz answers while 2,000 messages are taken in, beside a process that does nothing but answer.

Both are asked in turns from a process of its own, so that whatever else the machine does falls on both.
"""

import asyncio
import json
import select
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.moderated import ENFORCED
from bot.web import Health
from sandbox.client import SandboxClient
from sandbox.processes import BotProcess, SandboxProcess
from tests.bot.waiting import until_async

ASKING = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
BETWEEN = 0.002


class Answers(NamedTuple):
    """Milliseconds from the connection to the last byte."""

    times: int
    median: float
    p99: float
    most: float


class Seen(NamedTuple):
    """The bot in its burst, and the process that only answers."""

    bot: Answers
    idle: Answers


async def during_a_burst(url: str) -> Seen:
    from benchmarks.burst import staged

    sandbox = SandboxProcess("2030-03-04T12:00:00+08:00")
    address = await sandbox.start()
    with tempfile.TemporaryDirectory(prefix="dengta-health-") as folder:
        bot = BotProcess(Path(folder), address, url, {"policy": dict(ENFORCED)})
        try:
            async with SandboxClient(address) as telegram:
                await bot.start()
                posts = await staged(telegram)
                await taken(telegram)
                return await asked(port_of(bot), flood(telegram, posts))
        finally:
            await bot.stop()
            await sandbox.stop()


def port_of(bot: BotProcess) -> int:
    lines = bot.log.read_text().splitlines()
    return int(next(json.loads(line)["port"] for line in lines if '"web listens"' in line))


async def flood(telegram: SandboxClient, posts: list[dict[str, Any]]) -> None:
    await telegram.post_many(posts)
    await taken(telegram)


async def taken(telegram: SandboxClient) -> None:
    """Until everything was confirmed."""

    async def nothing_waits() -> bool:
        return not (await telegram.get("waiting"))["waiting"]

    await until_async(nothing_waits, "everything confirmed", seconds=60)


async def asked(port: int, meanwhile: Awaitable[None]) -> Seen:
    idle = await own("idle")
    asker = await own(str(port), str(await told(idle)))
    await told(asker)
    await meanwhile
    out, _ = await asker.communicate(b"\n")
    await idle.communicate(b"\n")
    return Seen(*map(summed, json.loads(out)))


async def own(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.health", *arguments, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def told(process: asyncio.subprocess.Process) -> int:
    assert process.stdout is not None
    return int(await process.stdout.readline())


def summed(took: list[float]) -> Answers:
    took.sort()
    return Answers(len(took), took[len(took) // 2], took[int(len(took) * 0.99)], took[-1])


async def idle() -> None:
    async with Health("127.0.0.1:0") as health:
        print(health.port, flush=True)
        await asyncio.to_thread(sys.stdin.readline)


def ask_on(*ports: int) -> None:
    """Ask each in turns until a line comes in, then print how long the answers took."""
    took: list[list[float]] = [[] for _ in ports]
    print(len(ports), flush=True)
    while not select.select([sys.stdin], [], [], BETWEEN)[0]:
        for port, times in zip(ports, took, strict=True):
            times.append(milliseconds(port))
    print(json.dumps(took))


def milliseconds(port: int) -> float:
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(ASKING)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 200 "), answer
    return round((time.perf_counter() - began) * 1000, 3)


if __name__ == "__main__":
    if sys.argv[1] == "idle":
        asyncio.run(idle())
    else:
        ask_on(*map(int, sys.argv[1:]))
