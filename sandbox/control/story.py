"""Verbs about a story that is being told: the player opens it and tells, people pause it, step it and set its pace."""

from __future__ import annotations

from typing import Any

from sandbox.errors import Refused
from sandbox.world import World
from sandbox.world.records import Json
from sandbox.world.telling import FASTEST, KINDS, OVER, SLOWEST, STATES, Telling


def story_open(
    world: World, *, title: str, steps: list[Json] | None = None, pace: float = 1.0, paused: bool = False
) -> Json:
    """A new story begins; what was told of an earlier one is gone."""
    checked_pace(pace)
    old = world.telling
    steps = [{"number": s["number"], "at": s.get("at", 0), "tell": s["tell"]} for s in steps or ()]
    world.telling = Telling(old.changed, title, "waiting", pace=pace, paused=paused, steps=steps)
    world.telling.held_rate = old.held_rate
    return changed(world)


def story_tell(
    world: World, *, kind: str, text: str, chat: int | str | None = None, message_id: int | None = None
) -> Json:
    telling = opened(world)
    if kind not in KINDS:
        raise Refused(f"kind is one of {', '.join(KINDS)}")
    place = {} if chat is None else {"chat": world.resolve(chat)}
    message = {} if message_id is None else {"message_id": message_id}
    line = telling.add({"kind": kind, "text": text, "at": world.date(), **place, **message})
    changed(world, line=line)
    return line


def story_state(world: World, *, state: str, step: int | None = None) -> Json:
    """What the player does: plays a step, waits before the next one, is done, has failed."""
    telling = opened(world)
    if state not in STATES:
        raise Refused(f"state is one of {', '.join(STATES)}")
    telling.told = state
    telling.step = telling.step if step is None else step
    return changed(world)


def story_pause(world: World) -> Json:
    """The step that is being played ends; then story and clock stand still."""
    running(world).paused = True
    return changed(world)


def story_resume(world: World) -> Json:
    running(world).paused = False
    return changed(world)


def story_next(world: World) -> Json:
    """One more step, at once; a paused story stands still again after it."""
    telling = running(world)
    telling.go = telling.step + 1
    return changed(world)


def story_pace(world: World, *, pace: float) -> Json:
    """Twice as fast is 2."""
    checked_pace(pace)
    opened(world).pace = pace
    return changed(world)


def checked_pace(pace: float) -> None:
    if isinstance(pace, bool) or not SLOWEST <= pace <= FASTEST:
        raise Refused(f"pace is a number from {SLOWEST:g} to {FASTEST:g}; 1 is the usual pace, 2 is twice as fast")


def opened(world: World) -> Telling:
    if world.telling.told == "none":
        raise Refused("no story is being told")
    return world.telling


def running(world: World) -> Telling:
    telling = opened(world)
    if telling.told in OVER:
        raise Refused("the story is over")
    return telling


def changed(world: World, **more: Any) -> Json:
    """Everybody who watches hears of it."""
    telling = world.telling
    before = world.clock.rate
    telling.hold(world.clock)
    if world.clock.rate != before:
        world.run_due()
        world.record("clock", world.clock.face())
    telling.changed.bump()
    world.record("story", telling.face() | more)
    return telling.face()


VERBS: dict[str, Any] = {
    verb.__name__: verb
    for verb in (story_open, story_tell, story_state, story_pause, story_resume, story_next, story_pace)
}
