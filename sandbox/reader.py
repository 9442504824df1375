"""Asks the bot's own command line why it decided; a process of its own that reads the books and writes nothing."""

import asyncio
import json
from pathlib import Path
from typing import Any

from sandbox.processes import ROOT, ProcessError, end, environment
from sandbox.tied import command

LONGEST_LINE = 1 << 22


class BookReader:
    """`python -m bot why --json --after -` before the database of a story."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._owed = 0

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *command("bot", "why", "--json", "--after", "-", "--config", str(self._config)), cwd=ROOT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=environment({}), limit=LONGEST_LINE,
            process_group=0,
        )  # fmt: skip

    async def after(self, number: int) -> dict[str, Any]:
        """The decisions above that number and how the books stand."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise ProcessError("nobody reads the books yet")
        async with self._one_at_a_time:
            process.stdin.write(b"%d\n" % number)
            self._owed += 1
            # Whoever asked before and went away has left an answer behind.
            while self._owed:
                line = await process.stdout.readline()
                self._owed -= 1
        if not line:
            raise ProcessError("the books could not be read: python -m bot why ended")
        return dict(json.loads(line))

    async def stop(self) -> None:
        """At the end of its input it ends by itself."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        await end(self._process)
