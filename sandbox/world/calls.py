"""The log of what the bot asked of the Bot API and what it was told."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sandbox.world.records import Json

CALLS_KEPT = 100_000


@dataclass(slots=True)
class Call:
    n: int
    at: float
    method: str
    parameters: Json
    ok: bool = True
    result: Any = None
    error_code: int = 0
    description: str = ""
    latency: float = 0.0
    note: str = ""

    def shown(self) -> Json:
        line: Json = {"n": self.n, "at": self.at, "method": self.method, "parameters": self.parameters, "ok": self.ok}
        if self.ok:
            line["result"] = self.result
        else:
            line |= {"error_code": self.error_code, "description": self.description}
        if self.note:
            line["note"] = self.note
        return line | {"latency": self.latency}


class Calls:
    """Calls in the order they were answered, numbered from 1; only the newest are kept."""

    def __init__(self) -> None:
        self.log: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.count = 0
        self._polling: Json = {}

    def add(self, call: Call) -> None:
        self.count += 1
        call.n = self.count
        self.log.append(call)

    def worth_noting(self, method: str, parameters: Json, ok: bool) -> bool:
        """Polling would drown the log: a poll is noted when it fails or asks differently than the one before."""
        if method != "getUpdates":
            return True
        asked = {key: value for key, value in parameters.items() if key != "offset"}
        differs, self._polling = asked != self._polling, asked
        return differs or not ok

    def after(self, n: int, tail: int = 0) -> list[Json]:
        """The calls after number `n`, or only the last `tail` of them."""
        skip = max(0, n - (self.count - len(self.log)), len(self.log) - tail if tail else 0)
        return [call.shown() for call in islice(self.log, skip, None)]
