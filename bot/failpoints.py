"""Named places where a test may stop, break or kill the process; without DENGTA_FAILPOINT they cost one comparison."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

FAILPOINTS = (
    "intake.parsed",
    "intake.committed",
    "intake.confirmed",
    "outbox.claimed",
    "unit.before_commit",
    "outbox.before_send",
    "outbox.sending",
    "gateway.requested",
    "gateway.answered",
)
ACTIONS = ("kill", "raise", "hang")


class Failpoint(BaseException):
    """What `name:raise` raises: a crash on purpose, which no `except Exception` may heal."""


class Armed:
    """One failpoint that is set: what happens, and at which hit."""

    def __init__(self, name: str, action: str, at: int) -> None:
        self.name = name
        self.action = action
        self.at = at
        self.hits = 0

    def hit(self) -> None:
        self.hits += 1
        if self.hits == self.at:
            strike(self.name, self.action)


def strike(name: str, action: str) -> None:
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "hang":
        threading.Event().wait()
    raise Failpoint(name)


def parse(text: str) -> Armed | None:
    """`name:action` or `name:action@n`; None for an empty text, ValueError for anything else."""
    if not text:
        return None
    name, _, rest = text.partition(":")
    action, _, count = rest.partition("@")
    if name not in FAILPOINTS or action not in ACTIONS or not (count or "1").isdigit() or count == "0":
        allowed = f"one of {', '.join(FAILPOINTS)} with :{', :'.join(ACTIONS)} and perhaps @n"
        raise ValueError(f"DENGTA_FAILPOINT: {text!r} is not {allowed}")
    return Armed(name, action, int(count or 1))


_armed = parse(os.environ.get("DENGTA_FAILPOINT", ""))


def failpoint(name: str) -> None:
    if _armed is not None and _armed.name == name:
        _armed.hit()


@contextmanager
def armed(text: str) -> Iterator[Armed]:
    """The same inside one process, for a while."""
    global _armed
    before, _armed = _armed, parse(text)
    if _armed is None:
        raise ValueError("no failpoint is named")
    try:
        yield _armed
    finally:
        _armed = before
