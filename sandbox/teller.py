"""Tells a story line by line, on page and terminal: who does what, what the bot did, and why by its books."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import httpx

from sandbox import deeds
from sandbox.client import SandboxClient, VerbRefused
from sandbox.gate import READ, TELL, Gate, seconds_for
from sandbox.player import Player
from sandbox.reader import BookReader
from sandbox.screen import Screen
from sandbox.story import Scene, Story
from sandbox.witness import Witness

SETTLE_SECONDS = 0.3
# People read no faster, and a sandbox that is asked without a pause has less time for the bot.
LONGEST_WAIT, BREATH = 5.0, 1.0
MORE = "Decisions are told with all that was looked at, what was written, and the policy; v again for less."
LESS = "Decisions are told shortly again."


class Teller:
    """`ah` is when the first deleted message was explained at the usual pace, `length` how long the story is then."""

    def __init__(
        self, telegram: SandboxClient, story: Story, player: Player, reader: BookReader, gate: Gate, screen: Screen,
        settle: float = SETTLE_SECONDS,
    ) -> None:  # fmt: skip
        self._telegram, self._story, self._player = telegram, story, player
        self._reader, self._gate, self._screen, self._settle = reader, gate, screen, settle
        self._witness = Witness(telegram, reader, self.tell)
        self._names = deeds.Namer(self._called, self._chat, story.start.tzinfo)
        self._met: dict[int, str] = {}
        self._decision = self._call = self._letters = 0
        self._everything = False
        self.ah = self.length = 0.0

    async def open(self, *, pace: float, paused: bool) -> None:
        steps = [{"number": each.number, "at": each.at, "tell": each.tell} for each in self._story.scenes]
        await self._telegram.do("story_open", title=self._story.title, steps=steps, pace=pace, paused=paused)
        await self._gate.turn(0, 0)

    async def play(self) -> None:
        for scene in self._story.scenes:
            await self._played(scene)

    async def close(self, state: str) -> None:
        await self._telegram.do("story_state", state=state)

    def tell_more(self) -> None:
        """From the next decision on: all of it, or shortly again."""
        self._everything = not self._everything
        self._screen.plain(MORE if self._everything else LESS, "35")

    async def follow(self) -> None:
        """What people do by hand is told too, for as long as they like; once a second is often enough."""
        version = -1
        while True:
            try:
                people = (await self._telegram.get("state", messages=0))["users"]
                self._met = {person["id"]: person["first_name"] for person in people}
                await self.catch_up()
                version = (await self._telegram.get("changed", after=version, seconds=LONGEST_WAIT))["version"]
            except (VerbRefused, httpx.HTTPError):
                pass  # Somebody emptied the world, or its process has ended, which others notice.
            await asyncio.sleep(BREATH)

    async def tell(self, kind: str, text: str, chat: int = 0, message_id: int = 0) -> None:
        self._letters += len(text)
        if kind != "happens":
            self._screen.line(kind, text)
        about = {"chat": chat or None, "message_id": message_id or None}
        await self._telegram.do("story_tell", kind=kind, text=text, **about)

    async def _played(self, scene: Scene) -> None:
        await self._telegram.do("story_state", state="playing", step=scene.number)
        self._screen.scene(scene.number, len(self._story.scenes), self._clock(scene.at), scene.tell)
        await self.tell("happens", scene.tell)
        await self._gate.lead(len(scene.tell))
        self._letters = 0
        self.length += seconds_for(len(scene.tell), TELL) + await timed(lambda: self._shown(scene))
        self.length += seconds_for(self._letters, READ)
        await self._telegram.do("story_state", state="waiting")
        await self._gate.turn(scene.number, self._letters)

    async def _shown(self, scene: Scene) -> None:
        """The scene happens; then what came of it is told."""
        await self._witness.before(scene)
        await self._player.play(scene)
        await asyncio.sleep(self._settle)
        await self.catch_up()
        await self._witness.after(scene)
        if not self._letters:
            await self.tell("did", "had nothing to do")

    async def catch_up(self) -> None:
        """Deeds and decisions that were not told yet."""
        calls = await self._telegram.calls(self._call)
        self._call = calls[-1]["n"] if calls else self._call
        about = {place: await self._telegram.message(*place) for place in deeds.deleted(calls)}
        for deed in deeds.told(calls, self._names, about):
            await self.tell("did", deed.text, deed.chat, deed.message_id)
        for decision in (await self._reader.after(self._decision))["decisions"]:
            self._decision = decision["number"]
            await self._explain(decision)

    async def _explain(self, decision: dict[str, Any]) -> None:
        about = (decision["chat_id"], decision["message_id"])
        await self.tell("decided", decision["decided"], *about)
        for line in (*decision["why"], *(decision["more"] if self._everything else ())):
            await self.tell("why", line, *about)
        deleted = any(act["kind"] == "Delete" for act in decision["acts"])
        if not self.ah and deleted and decision["message_id"]:
            self.ah = self.length

    def _clock(self, at: int) -> str:
        """The time of day, from the second day on with the day."""
        moment = datetime.fromtimestamp(at, tz=self._story.start.tzinfo)
        day = (moment.date() - self._story.start.date()).days + 1
        return f"{moment:%H:%M}" if day == 1 else f"D{day} {moment:%H:%M}"

    def _called(self, user_id: int) -> str:
        """As the story calls them; whoever was made by hand, by their name."""
        called = self._player.called(user_id)
        return self._met.get(user_id, called) if called == str(user_id) else called

    def _chat(self, chat: int) -> str:
        """Its title, or whose private chat with the bot it is."""
        if chat > 0:
            return f"the private chat with {self._called(chat)}"
        name = next((name for name, known in self._player.cast.chats.items() if known == chat), "")
        return str(self._story.chats.get(name, {}).get("title", chat))


async def timed(work: Callable[[], Awaitable[None]]) -> float:
    began = time.monotonic()
    await work()
    return time.monotonic() - began
