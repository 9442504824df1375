"""What people at the keyboard do with a story: hold it up, speed it up, leave it; and what they may try afterwards."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from sandbox.client import SandboxClient, VerbRefused
from sandbox.player import Player
from sandbox.screen import Screen
from sandbox.story import Story
from sandbox.world.telling import FASTEST, SLOWEST

LONGEST_WAIT = 20.0
PAUSED = "‖ Paused: the clock of the story stands still. Space goes on, n plays one step."
RESUMED = "▶ Going on."


def address(url: str, story: Story, player: Player) -> str:
    """The page with the columns of the story; `as` shows what that person sees, `all` deleted messages too."""
    ids = player.cast.chats | player.cast.people
    columns = ",".join(f"{ids[chat]}:{player.cast.people[name]}:{view}" for chat, name, view in story.columns)
    parts = [f"columns={columns}" if columns else "", "panel=story", f"zone={story.zone}" if story.zone else ""]
    return f"{url}/#{'&'.join(filter(None, parts))}"


def say_what_to_try(screen: Screen, story: Story, where: str) -> None:
    """What the terminal says when the story is over."""
    screen.plain("")
    screen.plain(f"Now go on by hand: {where}", "1")
    for number, text in enumerate(story.attempts, 1):
        screen.plain(text, head=f"  {number}. ")
    screen.plain("What the bot decides about it is told here; v tells more. Ctrl-C ends it all.")


class Controls:
    """Keys become verbs of the sandbox, which the page uses too; each change is said once, whoever asked for it."""

    def __init__(self, telegram: SandboxClient, screen: Screen) -> None:
        self._telegram, self._screen = telegram, screen
        self._left = asyncio.Event()
        self._acting: set[asyncio.Task[None]] = set()

    def press(self, key: str) -> None:
        if key == "quit":
            self._left.set()
            return
        task = asyncio.ensure_future(self._act(key))
        self._acting.add(task)
        task.add_done_callback(self._acting.discard)

    async def _act(self, key: str) -> None:
        face = await self._telegram.get("story")
        try:
            match key:
                case "pause":
                    await self._telegram.do("story_resume" if face["paused"] else "story_pause")
                case "next":
                    await self._telegram.do("story_next")
                case "faster":
                    await self._telegram.do("story_pace", pace=min(face["pace"] * 2, FASTEST))
                case "slower":
                    await self._telegram.do("story_pace", pace=max(face["pace"] / 2, SLOWEST))
        except VerbRefused:
            return

    async def until_left(self, telling: Coroutine[Any, Any, None]) -> bool:
        """True when somebody left before the end."""
        told, left = asyncio.ensure_future(telling), asyncio.ensure_future(self._left.wait())
        saying = asyncio.ensure_future(self._say_changes())
        try:
            await asyncio.wait([told, left], return_when=asyncio.FIRST_COMPLETED)
            if told.done():
                told.result()
            return not told.done()
        finally:
            tasks = (told, left, saying, *self._acting)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _say_changes(self) -> None:
        paused, pace, version = False, 0.0, -1
        while True:
            face = await self._telegram.get("story", after=version, seconds=LONGEST_WAIT)
            if face["paused"] != paused and face["state"] != "none":
                self._screen.plain(PAUSED if face["paused"] else RESUMED, "35")
            if pace and face["pace"] != pace:
                self._screen.plain(f"Pace {face['pace']:g}", "35")
            pace = face["pace"] if face["state"] != "none" else 0.0
            paused, version = face["paused"], face["version"]
