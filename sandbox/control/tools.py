"""Verbs about the sandbox itself: time, failures, limits, privacy, delivery, starting over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sandbox.control.reading import Key
from sandbox.errors import Refused
from sandbox.world import World, snapshots
from sandbox.world.failures import MODES, Failure
from sandbox.world.records import Json


def moment(value: float | str) -> float:
    """Seconds since 1970, or an ISO time with its offset."""
    if isinstance(value, int | float):
        return float(value)
    parsed = datetime.fromisoformat(value)
    if parsed.tzinfo is None:
        raise Refused("a time needs its offset, e.g. 2025-03-03T06:00:00+08:00")
    return parsed.timestamp()


def clock(
    world: World,
    *,
    set: float | str | None = None,  # noqa: A002 - the name is the contract
    jump_seconds: float = 0.0,
    rate: float | None = None,
    freeze: bool | None = None,
) -> Json:
    if rate is not None and rate < 0:
        raise Refused("time does not run backwards")
    world.clock.change(to=None if set is None else moment(set), jump=jump_seconds, rate=rate, freeze=freeze)
    world.run_due()
    world.record("clock", world.clock.face())
    return world.clock.face()


def fail_next(
    world: World,
    *,
    method: str = "*",
    n: int = 1,
    chat: Key | None = None,
    user: Key | None = None,
    code: int = 0,
    description: str = "",
    retry_after: int = 0,
    mode: str = "error",
    seconds: float = 0.0,
    body: str = "",
    content_type: str = "text/html",
    slow: bool = False,
) -> bool:
    """The next `n` calls of a method go wrong; see the README for the modes."""
    if mode not in MODES:
        raise Refused(f"mode is one of {', '.join(MODES)}")
    place = None if chat is None else world.resolve(chat)
    person = None if user is None else world.resolve(user)
    rule = Failure(method, n, place, person, mode, code, description, retry_after, seconds, body, content_type, slow)
    world.failures.add(rule)
    world.record("armed", {"method": method, "n": n, "mode": mode})
    return True


def fail_clear(world: World) -> bool:
    world.failures.rules.clear()
    world.record("armed", {"n": 0})
    return True


def flood(world: World, *, enabled: bool) -> bool:
    world.limits.enabled = enabled
    world.record("settings", {"flood": enabled})
    return True


def privacy(world: World, *, enabled: bool) -> bool:
    """As at BotFather: it holds for chats the bot is added to from now on."""
    world.privacy = enabled
    world.record("settings", {"privacy": enabled})
    return True


def strict_polling(world: World, *, enabled: bool) -> bool:
    """Slow down a poll that asks for the same offset again at once, as the real server does."""
    world.strict_polling = enabled
    return True


def duplicate_updates(world: World, *, times: int) -> bool:
    """Deliver each update that comes from now on that many times (1–3)."""
    if not 1 <= times <= 3:
        raise Refused("times is 1 to 3")
    world.updates.repeats = times - 1
    world.record("settings", {"times": times})
    return True


def push_raw_update(world: World, *, json: Json) -> Json:
    """Queue an update as it is, malformed or unknown."""
    return {"update_id": world.updates.push_raw(json)}


def snapshot(world: World, *, name: str = "") -> bool:
    """Put the world aside under a name."""
    world.snapshots[name] = snapshots.take(world)
    world.record("snapshot", {"name": name})
    return True


def restore(world: World, *, name: str = "") -> bool:
    """Bring back what was put aside under the name."""
    if name not in world.snapshots:
        raise Refused(f"no snapshot {name!r}")
    snapshots.restore(world, world.snapshots[name])
    world.record("restored", {"name": name})
    return True


def reset(world: World) -> bool:
    world.reset()
    world.record("reset", {})
    return True


VERBS: dict[str, Any] = {
    verb.__name__: verb
    for verb in (
        clock,
        fail_next,
        fail_clear,
        flood,
        privacy,
        strict_polling,
        duplicate_updates,
        push_raw_update,
        snapshot,
        restore,
        reset,
    )
}
