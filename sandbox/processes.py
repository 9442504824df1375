"""The processes of a story: a sandbox and a bot, started, killed and ended here and nowhere else."""

import asyncio
import json
import os
import random
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sandbox import tied
from sandbox.client import SandboxClient

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "100001:opens-only-our-sandbox"  # noqa: S105 - opens nothing but our own sandbox
WEBHOOK_SECRET = "opens-only-this-machine_0123456789"  # noqa: S105 - opens nothing but our own sandbox's bot
SET = '"event": "webhook is set"'
READY = '"event": "ready"'
START_SECONDS = 20.0
STOP_SECONDS = 20.0
LOOK_SECONDS = 0.1


class ProcessError(RuntimeError):
    """A process did not start, did not answer or ended in a way it should not have."""


class SandboxProcess:
    """`python -m sandbox` on a free port of loopback."""

    def __init__(self, start: str, seed: int = 1, listen: str = "127.0.0.1:0") -> None:
        self._arguments = ("--listen", listen, "--token", TOKEN, "--start", start, "--seed", str(seed))
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""

    async def start(self) -> str:
        self._process = await asyncio.create_subprocess_exec(
            *tied.command("sandbox", *self._arguments), cwd=ROOT, stdout=asyncio.subprocess.PIPE, process_group=0
        )
        if self._process.stdout is None:
            raise ProcessError("the sandbox has no output to read")
        line = await asyncio.wait_for(self._process.stdout.readline(), START_SECONDS)
        words = line.decode().split()
        if words[:2] != ["sandbox", "ready"]:
            raise ProcessError("the sandbox did not start")
        self.url = words[2]
        return self.url

    async def ended(self) -> int:
        """Wait until it ends; its exit code."""
        if self._process is None:
            raise ProcessError("the sandbox was never started")
        return await self._process.wait()

    async def stop(self) -> None:
        await end(self._process)


class BotProcess:
    """`python -m bot run` against a sandbox, with a folder of its own for configuration, log and database.

    With `intake` "webhook" it has a port of its own on this machine, the same after every start. `program` is the
    module that runs, and its command.
    """

    program: tuple[str, ...] = ("bot", "run")

    def __init__(
        self, folder: Path, sandbox_url: str, database: str, sections: Mapping[str, Any], intake: str = "polling"
    ) -> None:
        self._sandbox_url, self._intake = sandbox_url, intake
        self._process: asyncio.subprocess.Process | None = None
        self._ended_by_us: asyncio.subprocess.Process | None = None
        self.config = folder / "config.toml"
        self.log = folder / "bot.log"
        folder.mkdir(parents=True, exist_ok=True)
        tables: dict[str, Any] = {
            "telegram": {"token": TOKEN, "api_base_url": sandbox_url, "intake": intake},
            **({"webhook": webhook()} if intake == "webhook" else {}),
            "storage": {"url": database},
            "sandbox": {"clock_url": sandbox_url},
            "web": {"listen": "127.0.0.1:0"},
            "logs": {"format": "json"},
            **sections,
            # Owned, by nobody in particular: else a link to claim it would stand in its log.
            "operators": {"user_ids": [1], "who_may_add": "anyone", **sections.get("operators", {})},
        }
        self.config.write_text("\n".join(toml(tables)), encoding="utf-8")

    async def launch(self, extra: Mapping[str, str] | None = None, *arguments: str) -> asyncio.subprocess.Process:
        """Started, whatever comes of it."""
        with self.log.open("ab") as out:
            self._process = await asyncio.create_subprocess_exec(
                *tied.command(*self.program, "--config", str(self.config), *arguments),
                cwd=ROOT, stdout=out, stderr=out, env=environment(extra or {}), process_group=0,
            )  # fmt: skip
        return self._process

    def signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    async def start(self, extra: Mapping[str, str] | None = None, *arguments: str) -> None:
        """Started and listening to Telegram."""
        before, begun = await self._signs(), self._told(READY)
        self._process = await self.launch(extra, *arguments)
        for _ in range(int(START_SECONDS / 0.05)):
            if self._process.returncode is not None:
                raise ProcessError(f"the bot ended with {self._process.returncode} at its start: {self.last_words()}")
            # A question of the one killed before may arrive late: it says nothing of this one.
            if self._told(READY) > begun and await self._signs() > before:
                return
            await asyncio.sleep(0.05)
        raise ProcessError(f"the bot did not begin to listen to Telegram: {self.last_words()}")

    async def _signs(self) -> int:
        """How often a bot has polled, or how often this one has had its webhook set."""
        if self._intake == "webhook":
            return self._told(SET)
        async with SandboxClient(self._sandbox_url) as telegram:
            return int((await telegram.get("waiting"))["polls"])

    def _told(self, words: str) -> int:
        return self.log.read_text(encoding="utf-8", errors="replace").count(words) if self.log.exists() else 0

    async def kill(self) -> None:
        """kill -9, as a crash would."""
        self._ended_by_us = self._process
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> int:
        self._ended_by_us = self._process
        return await end(self._process)

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def died(self) -> int:
        """Wait until a bot that was started ends without having been told to; its exit code."""
        while True:
            process = self._process
            if process is not None and process is not self._ended_by_us:
                code = await process.wait()
                if process is not self._ended_by_us:
                    return code
            await asyncio.sleep(LOOK_SECONDS)

    async def wait(self) -> int:
        """Until it ends by itself (a failpoint)."""
        if self._process is None:
            raise ProcessError("the bot was never started")
        return await self._process.wait()

    def last_words(self, lines: int = 12) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ProcessError("the bot was never started")
        return self._process.pid

    async def books(self, *options: str) -> Any:
        """What `python -m bot books --json` prints."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "books", "--json", *options, "--config", str(self.config),
            cwd=ROOT, stdout=asyncio.subprocess.PIPE, env=environment({}),
        )  # fmt: skip
        out, _ = await process.communicate()
        if process.returncode:
            raise ProcessError("the books could not be read")
        return json.loads(out)


def webhook() -> dict[str, Any]:
    """The section of a bot that this machine's Telegram calls."""
    port = free_port()
    return {"listen": f"127.0.0.1:{port}", "public_url": f"http://127.0.0.1:{port}/telegram", "secret": WEBHOOK_SECRET}


def free_port() -> int:
    """Below those the system lends out, so that it is still free when the bot comes back."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ProcessError("no port is free")


async def end(process: asyncio.subprocess.Process | None) -> int:
    """Ask it to stop; kill what does not."""
    if process is None:
        return 0
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
    return process.returncode or 0


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Nothing of this shell's own settings reaches the bot of a story."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DENGTA")}
    return {**kept, "PYTHONUNBUFFERED": "1", **extra}


def toml(tables: Mapping[str, Any], prefix: Sequence[str] = ()) -> list[str]:
    """Tables of strings, numbers, booleans and lists as TOML; JSON writes each of these values alike."""
    plain = [f"{key} = {json.dumps(v, ensure_ascii=False)}" for key, v in tables.items() if not isinstance(v, Mapping)]
    head = [f"[{'.'.join(prefix)}]"] if prefix and plain else []
    nested = [toml(v, (*prefix, key)) for key, v in tables.items() if isinstance(v, Mapping)]
    return [*head, *plain, *(line for lines in nested for line in lines)]
