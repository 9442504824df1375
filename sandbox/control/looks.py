"""What a page that watches asks for: the last events, what is armed, what was put aside; reads only."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from itertools import islice

from sandbox.world import World
from sandbox.world.failures import MODES, Failure
from sandbox.world.records import Json


def happened(world: World, kinds: AbstractSet[str], tail: int) -> list[Json]:
    """The last `tail` events of these kinds (none named: of all), the oldest first."""
    newest = reversed(world.events)
    fitting = ({"n": n, "at": at, "kind": kind} | data for n, at, kind, data in newest if not kinds or kind in kinds)
    return list(islice(fitting, tail))[::-1]


def armed(world: World) -> Json:
    """What is set up to go wrong, and how."""
    return {
        "rules": [of_rule(rule) for rule in world.failures.rules],
        "modes": MODES,
        "flood": world.limits.enabled,
        "times": world.updates.repeats + 1,
        "strict_polling": world.strict_polling,
    }


def of_rule(rule: Failure) -> Json:
    shown = ("method", "n", "chat", "user", "mode", "code", "description", "retry_after", "seconds", "slow")
    return {name: getattr(rule, name) for name in shown}
