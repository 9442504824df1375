"""A real terminal around the demo: what it shows, keys pressed in it, and whether it is left as it was found."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPAWN = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
# The shell outlives Ctrl-C, to say with which code the demo ended and how the terminal is then.
SHELL = "trap : INT; echo before $(stty -g); {demo}; echo code $?; echo after $(stty -g)"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PATIENCE = 60.0


class Terminal:
    """`shown` is all that was printed so far, without colours."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._raw = b""

    @property
    def shown(self) -> str:
        return COLOUR.sub("", self._raw.decode(errors="replace")).replace("\r\n", "\n")

    def press(self, keys: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(keys.encode())

    async def until(self, text: str, seconds: float = PATIENCE) -> str:
        """Wait until something new matches; what was shown up to now."""
        assert self._process.stdout is not None
        async with asyncio.timeout(seconds):
            while not re.search(text, self.shown):
                more = await self._process.stdout.read(1 << 16)
                assert more, f"it ended without {text}: {self.shown}"
                self._raw += more
        return self.shown

    async def ended(self) -> str:
        """The code with which the demo ended; the terminal must be as it was."""
        shown = await self.until(r"after \S+\n")
        before, after = (re.findall(rf"{word} (\S+)\n", shown)[-1] for word in ("before", "after"))
        assert before == after, "the terminal was left in another state"
        return str(re.findall(r"code (\d+)", shown)[-1])


@asynccontextmanager
async def terminal(folder: Path, *options: str) -> AsyncIterator[Terminal]:
    """The demo in a terminal of its own; ended by Ctrl-C where it still runs."""
    demo = f"{sys.executable} -m bot demo --folder {folder} {' '.join(options)}"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SPAWN, "sh", "-c", SHELL.format(demo=demo), cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    shown = Terminal(process)
    try:
        yield shown
    finally:
        if process.returncode is None:
            shown.press("\x03")
            await process.communicate()
