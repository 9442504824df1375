"""A story as a TOML file: people, what they do when, what must have happened; read whole or refused whole."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

Table = Mapping[str, Any]

STEP_KEYS = {"at", "after", "tell", "do", "as", "with", "expect"}
TOP_KEYS = {
    "name", "title", "start", "zone", "people", "chats", "policy", "operators", "columns", "step", "final", "books",
    "try", "who_may_add",
}  # fmt: skip
EXPECTATIONS = {"deleted", "kept", "member", "said", "alert", "call", "shown", "silent", "at_most"}
OWN_ACTIONS = {"kill_bot", "start_bot", "stop_bot", "wait", "claim", "follow"}


class StoryError(ValueError):
    """The file cannot be played; says which step and why."""


@dataclass(frozen=True, slots=True)
class Step:
    """`at` is Unix seconds to which the clock is set first (0: it runs on)."""

    number: int
    at: int
    tell: str
    do: str
    arguments: Table
    label: str
    expect: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is told in one line, and the steps that show it; `at` is when its first step happens."""

    number: int
    at: int
    tell: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """`columns` are (chat, person, view) that a reader begins with; `attempts` say what to try by hand afterwards."""

    name: str
    title: str
    start: datetime
    people: Mapping[str, Table]
    chats: Mapping[str, Table]
    policy: Table
    operators: tuple[str, ...]
    scenes: tuple[Scene, ...]
    final: tuple[Table, ...]
    books: Mapping[str, Table] = field(default_factory=dict)
    columns: tuple[tuple[str, str, str], ...] = ()
    attempts: tuple[str, ...] = ()
    zone: str = ""
    who_may_add: str = "anyone"


def load(path: Path) -> Story:
    """Read and check a story. Raises StoryError with the place."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise StoryError(f"{path.name}: {error}") from error
    refuse_unknown(table, TOP_KEYS, path.name)
    start = table["start"]
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise StoryError(f"{path.name}: start needs a date, a time and an offset")
    return Story(
        name=table["name"],
        title=table.get("title", table["name"]),
        start=start,
        people=table.get("people", {}),
        chats=table.get("chats", {}),
        policy=table.get("policy", {}),
        operators=tuple(table.get("operators", ())),
        scenes=tuple(scenes(steps(table.get("step", []), start), int(start.timestamp()))),
        final=tuple(checked(table.get("final", []), "final")),
        books=table.get("books", {}),
        columns=tuple((chat, person, view) for chat, person, view in table.get("columns", ())),
        attempts=tuple(table.get("try", ())),
        zone=table.get("zone", ""),
        who_may_add=table.get("who_may_add", "anyone"),
    )


def scenes(every: list[Step], start: int) -> list[Scene]:
    """A step that is told begins a scene; those without words belong to the one before."""
    if every and not every[0].tell:
        raise StoryError("step 1: the first step needs a line to tell")
    result: list[Scene] = []
    clock = start
    for step in every:
        clock = step.at or clock
        if step.tell:
            result.append(Scene(len(result) + 1, clock, step.tell, (step,)))
        else:
            last = result[-1]
            result[-1] = replace(last, steps=(*last.steps, step))
    return result


def steps(tables: list[Table], start: datetime) -> list[Step]:
    result: list[Step] = []
    clock = start
    for number, table in enumerate(tables, 1):
        refuse_unknown(table, STEP_KEYS, f"step {number}")
        clock, at = moment(table, clock, start, number)
        result.append(
            Step(
                number,
                at,
                table.get("tell", ""),
                table.get("do", ""),
                table.get("with", {}),
                table.get("as", ""),
                tuple(checked(table.get("expect", []), f"step {number}")),
            )
        )
    return result


def moment(table: Table, clock: datetime, start: datetime, number: int) -> tuple[datetime, int]:
    """`at` is a clock time (`06:30`, or `D2 06:30` on the second day), `after` a length such as `90s`, `10m`, `2h`."""
    if "after" in table:
        clock = clock + length(table["after"], number)
        return clock, int(clock.timestamp())
    if "at" not in table:
        return clock, 0
    day, _, time = table["at"].rpartition(" ")
    try:
        hour, minute = map(int, time.split(":"))
        offset = int(day.removeprefix("D")) - 1 if day else (clock.date() - start.date()).days
        wanted = (start + timedelta(days=offset)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError as error:
        raise StoryError(f"step {number}: at = {table['at']!r} is not like 06:30 or D2 06:30") from error
    if wanted < clock:
        raise StoryError(f"step {number}: {table['at']} lies before the step above it")
    return wanted, int(wanted.timestamp())


def length(text: str, number: int) -> timedelta:
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}.get(text[-1:])
    if unit is None or not text[:-1].isdigit():
        raise StoryError(f"step {number}: after = {text!r} is not like 90s, 10m, 2h or 1d")
    return timedelta(**{unit: int(text[:-1])})


def checked(tables: list[Table], place: str) -> list[Table]:
    for table in tables:
        if len(EXPECTATIONS & table.keys()) != 1:
            raise StoryError(f"{place}: an expectation has exactly one of {', '.join(sorted(EXPECTATIONS))}")
    return tables


def refuse_unknown(table: Table, allowed: set[str], place: str) -> None:
    unknown = table.keys() - allowed
    if unknown:
        raise StoryError(f"{place}: unknown {', '.join(sorted(unknown))}; known are {', '.join(sorted(allowed))}")
