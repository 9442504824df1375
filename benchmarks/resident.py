"""Memory of the whole bot, as a process of its own, once each of 12,000 members wrote; prints MiB and messages."""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.canned import CannedGateway
from benchmarks.messages import GROUPS, START, members, said
from benchmarks.moderated import ENFORCED
from bot.app import App
from bot.clock import ManualClock
from bot.settings import Operators, Settings, Storage, Telegram, Web

TIMES = 3


def main() -> None:
    print(asyncio.run(measured(sys.argv[1])))


async def measured(url: str) -> str:
    gateway = CannedGateway(everybody())
    settings = Settings(
        storage=Storage(url=url), telegram=Telegram(), web=Web(listen="127.0.0.1:0"), policy=dict(ENFORCED),
        operators=Operators(user_ids=(1,), who_may_add="anyone"),
    )  # fmt: skip
    app = App(settings, clock=ManualClock(START), gateway=gateway)
    await app.start()
    await gateway.empty.wait()
    figure = f"{resident_mib():.0f} {app.pump.counts['ordinary']}"
    await app.stop()
    return figure


def everybody() -> Iterator[bytes]:
    """Each member of each group writes a few times."""
    random = Random(3)
    senders = [(group, member) for group in range(GROUPS) for member in members(group)] * TIMES
    for first in range(0, len(senders), 100):
        batch = enumerate(senders[first : first + 100], first + 1)
        made = [said(number, random, group, member, START + number // 40) for number, (group, member) in batch]
        yield json.dumps({"ok": True, "result": made}).encode()


def resident_mib() -> float:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
