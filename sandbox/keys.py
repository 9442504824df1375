"""Single keys of a terminal while a story is told; the terminal is put back as it was, however the story ends."""

import asyncio
import os
import signal
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HINT = (
    "Keys: space pauses and goes on · n or Enter next step · f faster · s slower · v more about each decision · "
    "q stop the story and go on by hand"
)
NAMES = {" ": "pause", "n": "next", "\r": "next", "\n": "next", "f": "faster", "s": "slower", "v": "more", "q": "quit"}


def listens() -> bool:
    """Whether somebody sits there: a terminal on both sides, and this program in its foreground."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return os.getpgrp() == os.tcgetpgrp(sys.stdin.fileno())


@contextmanager
def pressed(act: Callable[[str], None]) -> Iterator[None]:
    """`act` gets the name of each key that means something."""
    fd, loop = sys.stdin.fileno(), asyncio.get_running_loop()
    before = termios.tcgetattr(fd)

    def read() -> None:
        for key in os.read(fd, 64).decode(errors="ignore").lower():
            if key in NAMES:
                act(NAMES[key])

    tty.setcbreak(fd)
    loop.add_reader(fd, read)
    # A shell that stopped the program for a while sets the terminal as it likes it.
    loop.add_signal_handler(signal.SIGCONT, lambda: tty.setcbreak(fd))
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGCONT)
        loop.remove_reader(fd)
        termios.tcsetattr(fd, termios.TCSADRAIN, before)
