"""A story on the sandbox's side: who may hold it up, what that does to the clock, and that everybody hears of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sandbox.client import VerbRefused
from tests.sandbox.stage import Stage

STEPS = [{"number": 1, "at": 0, "tell": "the bot comes"}, {"number": 2, "at": 0, "tell": "an ad"}]


async def opened(stage: Stage, **given: Any) -> None:
    await stage.people.do("story_open", title="A day", steps=STEPS, **given)


async def story(stage: Stage, **given: Any) -> dict[str, Any]:
    return dict(await stage.people.get("story", **given))


async def test_before_a_story_is_opened_there_is_none(stage: Stage) -> None:
    assert (await story(stage))["state"] == "none"
    with pytest.raises(VerbRefused, match="no story is being told"):
        await stage.people.do("story_pause")


async def test_a_story_shows_its_steps_and_its_lines_with_the_message_they_are_about(stage: Stage) -> None:
    await opened(stage)
    await stage.people.do("story_state", state="playing", step=1)
    line = await stage.people.do("story_tell", kind="why", text="Ad without a packet", chat=-100, message_id=7)
    seen = await story(stage)
    assert (seen["title"], seen["state"], seen["step"], seen["steps"]) == ("A day", "playing", 1, STEPS)
    assert seen["lines"] == [line]
    told = ("id", "step", "kind", "text", "chat", "message_id")
    assert [line[name] for name in told] == [1, 1, "why", "Ad without a packet", -100, 7]


async def test_a_pause_holds_the_clock_once_the_step_is_over_and_lets_it_go_afterwards(stage: Stage) -> None:
    await opened(stage)
    await stage.people.clock(rate=2.0)
    await stage.people.do("story_state", state="playing", step=1)
    await stage.people.do("story_pause")
    assert (await story(stage))["state"] == "paused"
    assert (await stage.people.get("clock"))["rate"] == 2.0, "the step that is played still needs its time"
    await stage.people.do("story_state", state="waiting")
    held = await stage.people.get("clock")
    await asyncio.sleep(0.05)
    assert (held["rate"], (await stage.people.get("clock"))["now"]) == (0.0, held["now"])
    await stage.people.do("story_resume")
    assert (await stage.people.get("clock"))["rate"] == 2.0


async def test_next_lets_a_paused_story_take_one_step_with_its_clock_running(stage: Stage) -> None:
    await opened(stage, paused=True)
    assert (await stage.people.get("clock"))["rate"] == 0.0
    for _ in range(2):
        seen = await stage.people.do("story_next")
        assert (seen["go"], seen["state"]) == (1, "paused"), "pressing twice is one step"
    assert (await stage.people.get("clock"))["rate"] == 1.0
    await stage.people.do("story_state", state="playing", step=1)
    await stage.people.do("story_state", state="waiting")
    assert (await stage.people.get("clock"))["rate"] == 0.0


async def test_a_story_that_is_over_lets_the_clock_run_and_cannot_be_paused(stage: Stage) -> None:
    await opened(stage, paused=True)
    await stage.people.do("story_state", state="done")
    assert (await stage.people.get("clock"))["rate"] == 1.0
    with pytest.raises(VerbRefused, match="the story is over"):
        await stage.people.do("story_pause")


async def test_whoever_watches_hears_of_each_change(stage: Stage) -> None:
    await opened(stage)
    version = (await story(stage))["version"]
    waiting = asyncio.create_task(story(stage, after=version, seconds=10))
    await stage.people.do("story_pace", pace=2)
    assert (await waiting)["pace"] == 2
    await stage.people.do("story_tell", kind="happens", text="it begins")
    heard = [data for _, _, kind, data in stage.world.events_after(0) if kind == "story"]
    assert [(data["pace"], data.get("line", {}).get("text")) for data in heard] == [
        (1.0, None), (2, None), (2, "it begins"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "given", "reason"),
    [
        ("story_pace", {"pace": 100}, "from 0.25 to 8"),
        ("story_pace", {"pace": "fast"}, "story_pace"),
        ("story_tell", {"kind": "sings", "text": "la"}, "kind is one of happens, did"),
        ("story_state", {"state": "bored"}, "state is one of playing"),
        ("story_open", {"title": "x", "pace": 0}, "from 0.25"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence(
    stage: Stage, verb: str, given: dict[str, Any], reason: str
) -> None:
    await opened(stage)
    with pytest.raises(VerbRefused, match=reason):
        await stage.people.do(verb, **given)
