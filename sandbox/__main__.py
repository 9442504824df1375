"""`python -m sandbox`: the sandbox as a process of its own, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import signal
from pathlib import Path

from sandbox.control.tools import moment
from sandbox.serve import HOST, serve
from sandbox.world import World


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sandbox", description="A Telegram of our own on loopback.")
    parser.add_argument("--listen", default=f"{HOST}:0", help="127.0.0.1:PORT, 0 for any free port")
    parser.add_argument("--token", required=True, help="the token the bot uses, NUMBER:SECRET")
    parser.add_argument("--bot-username", default="dengta_bot")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", help="the sandbox's time at the start, ISO with offset; default: now")
    parser.add_argument("--rate", type=float, default=1.0, help="sandbox seconds per second")
    parser.add_argument("--port-file", type=Path, help="where to write the port once listening")
    return parser.parse_args(argv)


async def run(options: argparse.Namespace) -> None:
    host, _, port = options.listen.rpartition(":")
    if host not in (HOST, "localhost", ""):
        raise SystemExit(f"the sandbox listens on {HOST} only, not on {host}")
    start = moment(options.start) if options.start else None
    world = World(
        token=options.token, bot_username=options.bot_username, seed=options.seed, start=start, rate=options.rate
    )
    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    async with serve(world, int(port)) as url:
        if options.port_file is not None:
            options.port_file.write_text(url.rpartition(":")[2])
        print(f"sandbox ready {url}", flush=True)
        await told.wait()


if __name__ == "__main__":
    asyncio.run(run(arguments()))
