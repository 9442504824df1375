"""From the start of the process to the moment at which it asks for updates, with a database that is already there."""

import json
import tempfile
import time
from datetime import datetime
from pathlib import Path

from sandbox.processes import BotProcess, SandboxProcess

STARTS = 3


async def seconds_to_ready(url: str) -> list[float]:
    sandbox = SandboxProcess("2030-03-04T12:00:00+08:00")
    address = await sandbox.start()
    try:
        with tempfile.TemporaryDirectory(prefix="dengta-start-") as folder:
            bot = BotProcess(Path(folder), address, url, {})
            return [await one(bot) for _ in range(STARTS + 1)][1:]
    finally:
        await sandbox.stop()


async def one(bot: BotProcess) -> float:
    began = time.time()
    await bot.start()
    ready = ready_at(bot)
    await bot.stop()
    return ready - began


def ready_at(bot: BotProcess) -> float:
    lines = [json.loads(line) for line in bot.log.read_text().splitlines() if line.startswith("{")]
    return max(datetime.fromisoformat(line["at"]).timestamp() for line in lines if line["event"] == "ready")
