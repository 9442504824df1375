"""Named places where a test may stop, break or kill the process; without DENGTA_FAILPOINT they cost one comparison."""

import os
import signal
import threading
from collections import Counter
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

    def reached(self, name: str) -> None:
        if name != self.name:
            return
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


class Counted:
    """Strikes at none and counts all: which of them a run reaches."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()

    def reached(self, name: str) -> None:
        self.hits[name] += 1


_armed: Armed | Counted | None = parse(os.environ.get("DENGTA_FAILPOINT", ""))


def failpoint(name: str) -> None:
    if _armed is not None:
        _armed.reached(name)


@contextmanager
def armed(text: str) -> Iterator[Armed]:
    """The same inside one process, for a while."""
    trap = parse(text)
    if trap is None:
        raise ValueError("no failpoint is named")
    with placed(trap):
        yield trap


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How often each is reached meanwhile."""
    counter = Counted()
    with placed(counter):
        yield counter.hits


@contextmanager
def placed(trap: Armed | Counted) -> Iterator[None]:
    global _armed
    before, _armed = _armed, trap
    try:
        yield
    finally:
        _armed = before
