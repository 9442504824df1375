"""A check's answer, for a miss too, with the data it looked at."""

from typing import NamedTuple

type_seen = str | int | float | bool | None | tuple[str, ...]


class Finding(NamedTuple):
    """`seen` is what the check looked at, as (name, value) pairs: kept beside the decision and shown by /why."""

    rule: str
    hit: bool
    seen: tuple[tuple[str, type_seen], ...] = ()
    severe: bool = False
