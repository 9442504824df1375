"""The command line as an operator uses it, beside a bot at work: a process of its own before the same database."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
NINE = 1_740_963_600  # 2025-03-03 09:00 in Shanghai


class Ran(NamedTuple):
    code: int
    out: str
    err: str


async def bot(settings: Settings, *arguments: str, cwd: Path = ROOT) -> Ran:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DENGTA_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=cwd, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE, env=environ | {"PYTHONPATH": str(ROOT)} | dict(told(settings)),
    )  # fmt: skip
    out, err = await process.communicate()
    return Ran(process.returncode or 0, out.decode(), err.decode())


def told(settings: Settings) -> Iterator[tuple[str, str]]:
    """The same configuration by the environment."""
    yield "DENGTA__TELEGRAM__TOKEN", settings.telegram.token.get_secret_value()
    yield "DENGTA__TELEGRAM__API_BASE_URL", settings.telegram.api_base_url
    yield "DENGTA__STORAGE__URL", settings.storage.url
    yield "DENGTA__SANDBOX__CLOCK_URL", settings.sandbox.clock_url
    yield "DENGTA__LOGS__LEVEL", "error"
    for rule, values in settings.policy.items():
        for key, value in values.items():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield f"DENGTA__POLICY__{rule}__{key}".upper(), text
