"""A story on its stage: told to its end or until somebody leaves, checked against the books, then left to people."""

import argparse
import asyncio
import json
import re
import time
from collections.abc import Coroutine, Mapping
from contextlib import nullcontext
from typing import Any, TypeVar

from sandbox import keys
from sandbox.byhand import Controls, address, say_what_to_try
from sandbox.client import SandboxClient
from sandbox.folder import shown
from sandbox.inwords import figures
from sandbox.player import PATIENCE, Player
from sandbox.processes import LOOK_SECONDS, BotProcess, ProcessError, SandboxProcess
from sandbox.screen import Screen
from sandbox.seeing import Untrue
from sandbox.story import Story
from sandbox.teller import Teller

T = TypeVar("T")
CLAIM = re.compile(r"\?start=(claim_[\w-]+)")


class Show:
    """`go` is the exit code; ProcessError and Untrue say why there is none."""

    def __init__(
        self, story: Story, args: argparse.Namespace, telegram: SandboxClient, player: Player, teller: Teller,
        sandbox: SandboxProcess, bot: BotProcess,
    ) -> None:  # fmt: skip
        self._story, self._args, self._telegram = story, args, telegram
        self._player, self._teller, self._sandbox, self._bot = player, teller, sandbox, bot
        self._screen = Screen()

    async def go(self) -> int:
        if self._args.headless:
            return await self._unwatched()
        self._screen.plain(f"It runs; its log is {shown(self._bot.log)}.")
        code = 0
        try:
            if await self._watched():
                await self._leave_early()
        except Untrue:
            self._screen.plain(f"The story did not come true; look around. The bot's log is {shown(self._bot.log)}.")
            code = 1
        await self._by_hand()
        return code

    async def _unwatched(self) -> int:
        try:
            await self._alive(self._told())
        except Untrue as error:
            raise Untrue(f"{error}\n{self._bot.last_words()}") from error
        return 0

    async def _told(self) -> None:
        """Raises Untrue where something did not happen as the story says."""
        began = time.monotonic()
        try:
            await self._teller.open(pace=self._args.pace, paused=self._args.paused and not self._args.headless)
            await self._teller.play()
            await self._player.check_end()
            await check_books(self._story, self._player, self._bot)
            await self._teller.catch_up()
        except Untrue as error:
            await self._teller.tell("failed", str(error))
            await self._teller.close("failed")
            raise
        await self._teller.tell("checked", f"{self._player.checked} things happened as the story says.")
        await self._teller.close("done")
        ah, length = round(self._teller.ah), round(self._teller.length)
        self._screen.plain(
            f"\n✔ {time.monotonic() - began:.1f} s; at the usual pace {length} s, the first ad explained at {ah} s"
        )

    async def _watched(self) -> bool:
        """Tell it to whoever watches; True when they would rather go on by hand."""
        controls = Controls(self._telegram, self._screen)
        if not keys.listens():
            return await self._alive(controls.until_left(self._told()))
        self._screen.plain(keys.HINT, "2")
        with keys.pressed(lambda key: self._teller.tell_more() if key == "more" else controls.press(key)):
            return await self._alive(controls.until_left(self._told()))

    async def _leave_early(self) -> None:
        if not self._bot.runs:
            await start_bot(self._bot)
        await self._teller.tell("checked", "The story was stopped here; everything stays as it is.")
        await self._teller.close("done")

    async def _by_hand(self) -> None:
        """The world stays up until Ctrl-C, and what the bot does about people's deeds is told."""
        say_what_to_try(self._screen, self._story, address(self._telegram.url, self._story, self._player))
        try:
            with keys.pressed(self._asked) if keys.listens() else nullcontext():
                await self._alive(self._teller.follow())
        except asyncio.CancelledError:
            self._screen.plain("\nBye. Bot and sandbox are stopped.")

    def _asked(self, key: str) -> None:
        if key == "more":
            self._teller.tell_more()

    async def _alive(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, unless the bot or the sandbox ends meanwhile by itself."""
        working = asyncio.ensure_future(work)
        deaths = {
            asyncio.ensure_future(self._bot.died()): ("bot", f"its log is {shown(self._bot.log)}"),
            asyncio.ensure_future(self._sandbox.ended()): ("sandbox", "there is nothing to go on with"),
        }
        try:
            await asyncio.wait([working, *deaths], return_when=asyncio.FIRST_COMPLETED)
            for death, (who, more) in deaths.items():
                if death.done():
                    raise ProcessError(f"The {who} ended by itself with exit code {death.result()}; {more}")
            return working.result()
        finally:
            for task in (working, *deaths):
                task.cancel()
            await asyncio.gather(working, *deaths, return_exceptions=True)


async def check_books(story: Story, player: Player, bot: BotProcess) -> None:
    """Every figure the story names must stand in the books, person by person."""
    if not story.books:
        return
    books = await bot.books()
    for name, expected in story.books.items():
        seen = books["totals"] if name == "totals" else person(books, player.cast.people[name])
        wrong = {key: (value, seen.get(key, 0)) for key, value in expected.items() if seen.get(key, 0) != value}
        if wrong:
            raise Untrue(f"in the books of {name}: {figures(wrong)}")
        player.checked += len(expected)


def person(books: Mapping[str, Any], user_id: int) -> dict[str, Any]:
    return dict(next((m for m in books["members"] if m["user_id"] == user_id), {}))


async def start_bot(bot: BotProcess) -> None:
    """Raises ProcessError with one line where it does not start."""
    try:
        await bot.start()
    except ProcessError as error:
        raise ProcessError(f"The bot did not start: {last_event(bot)}; its log is {shown(bot.log)}") from error


async def claim_word(bot: BotProcess) -> str:
    """The payload of the link that a bot nobody owns prints for whoever runs it."""
    for _ in range(int(PATIENCE / LOOK_SECONDS)):
        found = CLAIM.findall(bot.log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return str(found[-1])
        await asyncio.sleep(LOOK_SECONDS)
    raise Untrue("the bot printed no link by which somebody could own it")


def last_event(bot: BotProcess) -> str:
    """What the last line of its log says, and the end of its traceback."""
    line = bot.last_words(1)
    try:
        told = json.loads(line)
    except ValueError:
        return line
    trace = str(told.get("traceback") or told.get("trace") or "").splitlines()
    return ": ".join(filter(None, [str(told.get("event", "")), trace[-1] if trace else ""]))
