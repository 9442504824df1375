"""`make demo`: a sandbox, the bot against it, and a story that is told, played and checked to its last line."""

import argparse
import asyncio
import json
import shutil
import signal
import sys
import time
from collections.abc import Coroutine, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.player import Player, Untrue
from sandbox.processes import ROOT, BotProcess, ProcessError, SandboxProcess
from sandbox.story import Step, Story, StoryError, load

STORIES = Path(__file__).parent / "stories"
STEP_SECONDS = 2.5
STOPPED = 130


def main() -> int:
    args = arguments().parse_args()
    try:
        story = load(STORIES / f"{args.story}.toml")
        return asyncio.run(until_told(run(story, args)))
    except (Untrue, ProcessError, StoryError, OSError) as error:
        print(f"\n✘ {error}", file=sys.stderr)
        return 1


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot demo", description=__doc__)
    parser.add_argument("--story", default="one_day", choices=sorted(p.stem for p in STORIES.glob("*.toml")))
    parser.add_argument(
        "--headless", action="store_true", help="as fast as it goes, check the final state, exit 0 or 1"
    )
    parser.add_argument("--database", default="", help="sqlite:///… or postgresql://… (default: a fresh SQLite file)")
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo", help="configuration, log and database go here")
    parser.add_argument("--listen", default="127.0.0.1:0", help="where the sandbox listens")
    return parser


async def until_told(work: Coroutine[Any, Any, int]) -> int:
    """SIGTERM ends the demo as Ctrl-C does, with its sandbox and its bot."""
    playing = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, playing.cancel)
    try:
        return await playing
    except asyncio.CancelledError:
        return STOPPED


async def run(story: Story, args: argparse.Namespace) -> int:
    started = time.monotonic()
    fresh(args.folder)
    sandbox = SandboxProcess(story.start.isoformat(), listen=args.listen)
    url = await sandbox.start()
    database = args.database or f"sqlite:///{args.folder / 'dengta.db'}"
    player: Player | None = None
    bot: BotProcess | None = None
    try:
        narrator = Narrator(story, args.headless)
        own: dict[str, Any] = {}
        player = Player(url, story, own, narrator.tell)
        await player.set_stage()
        bot = BotProcess(args.folder, url, database, sections(story, player))
        own.update(kill_bot=bot.kill, start_bot=bot.start, stop_bot=bot.stop)
        await bot.start()
        print(f"{story.title}\nThe sandbox answers at {url}/sandbox/state, the bot's log is {shown(bot.log)}.\n")
        await narrator.pace(player)
        await check_books(story, player, bot)
        print(f"\n✔ {player.checked} things happened as the story says ({time.monotonic() - started:.1f} s)")
        if not args.headless:
            await by_hand(url, player)
    except Untrue as error:
        raise Untrue(f"{error}\n{bot.last_words() if bot else ''}") from error
    finally:
        if player is not None:
            await player.close()
        if bot is not None:
            await bot.stop()
        await sandbox.stop()
    return 0


class Narrator:
    """Tells each step in the terminal."""

    def __init__(self, story: Story, headless: bool) -> None:
        self._zone = story.start.tzinfo
        self._headless = headless
        self._clock = story.start

    def tell(self, step: Step) -> None:
        if step.at:
            self._clock = datetime.fromtimestamp(step.at, tz=self._zone)
        if step.tell:
            print(f"{self._clock:%m-%d %H:%M}  {step.tell}", flush=True)

    async def pace(self, player: Player) -> None:
        await player.play(pause=0.0 if self._headless else STEP_SECONDS)


def fresh(folder: Path) -> None:
    """An earlier demo's folder is replaced; anything else is left alone."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "bot.log").exists():
        raise ProcessError(f"{shown(folder)} is not a folder of the demo; choose another with --folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def sections(story: Story, player: Player) -> dict[str, Any]:
    operators = [player.cast.people[name] for name in story.operators]
    return {"operators": {"user_ids": operators}, "policy": dict(story.policy)}


async def check_books(story: Story, player: Player, bot: BotProcess) -> None:
    """Every figure the story names must stand in the books, person by person."""
    if not story.books:
        return
    books = await bot.books()
    for name, expected in story.books.items():
        seen = books["totals"] if name == "totals" else person(books, player.cast.people[name])
        wrong = {key: seen.get(key, 0) for key, value in expected.items() if seen.get(key, 0) != value}
        if wrong:
            raise Untrue(f"books of {name}: expected {dict(expected)}, found {wrong}")
        player.checked += len(expected)


def person(books: Mapping[str, Any], user_id: int) -> dict[str, Any]:
    return dict(next((m for m in books["members"] if m["user_id"] == user_id), {}))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


async def by_hand(url: str, player: Player) -> None:
    """The world stays up until Ctrl-C."""
    chat = next(iter(player.cast.chats.values()))
    say = json.dumps({"chat": chat, "user": next(iter(player.cast.people)), "text": "/help"})
    print("\nGo on by hand; everybody of the story is called by @username. Ctrl-C ends. For example:")
    print(f"  curl -s {url}/sandbox/post -d '{say}'")
    print(f"  curl -s '{url}/sandbox/transcript?chat={chat}'")
    print("All verbs stand in sandbox/README.md.")
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
