"""How far the telling of a story has come, who holds it up, and the lines told so far; it plays nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.world.clock import Clock, Signal

Json = dict[str, Any]
KINDS = ("happens", "did", "decided", "why", "checked", "failed")
STATES = ("playing", "waiting", "done", "failed")
OVER = ("none", "done", "failed")
SLOWEST, FASTEST = 0.25, 8.0


@dataclass
class Telling:
    """`busy`: a step is being played; `go`: the highest step that somebody asked for by hand."""

    changed: Signal = field(default_factory=Signal)
    title: str = ""
    told: str = "none"
    step: int = 0
    go: int = 0
    pace: float = 1.0
    paused: bool = False
    steps: list[Json] = field(default_factory=list)
    lines: list[Json] = field(default_factory=list)
    held_rate: float | None = None

    @property
    def state(self) -> str:
        return "paused" if self.paused and self.told not in OVER else self.told

    @property
    def holds(self) -> bool:
        """Whether the story stands still because somebody paused it."""
        return self.paused and self.told == "waiting" and self.go <= self.step

    def face(self) -> Json:
        return {
            "version": self.changed.version,
            "title": self.title,
            "state": self.state,
            "busy": self.told == "playing",
            "paused": self.paused,
            "pace": self.pace,
            "step": self.step,
            "go": self.go,
        }

    def whole(self) -> Json:
        return self.face() | {"steps": self.steps, "lines": self.lines}

    def add(self, line: Json) -> Json:
        """A line with its number and its step."""
        numbered = {"id": len(self.lines) + 1, "step": self.step} | line
        self.lines.append(numbered)
        return numbered

    def hold(self, clock: Clock) -> None:
        """The clock stands still exactly as long as the story does, and goes on at the rate it had."""
        if self.holds and self.held_rate is None:
            self.held_rate = clock.rate
            clock.change(freeze=True)
        elif not self.holds and self.held_rate is not None:
            clock.change(rate=clock.rate or self.held_rate or 1.0)
            self.held_rate = None
