"""The world put aside and brought back; the clock, the call log and what is armed on the clock go on."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.world.world import World

KEPT = (
    "users",
    "chats",
    "names",
    "presses",
    "files",
    "polls",
    "inline_answers",
    "settings",
    "privacy",
    "_serial",
    "_private_messages",
)


def take(world: World) -> dict[str, Any]:
    return copy.deepcopy({name: getattr(world, name) for name in KEPT} | {"random": world.random.getstate()})


def restore(world: World, kept: dict[str, Any]) -> None:
    """Bring it back; updates that wait are dropped, their ids are not used again."""
    state = copy.deepcopy(kept)
    world.random.setstate(state.pop("random"))
    for name, value in state.items():
        setattr(world, name, value)
    world.updates.waiting.clear()
    world.touch()
