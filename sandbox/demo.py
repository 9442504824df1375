"""`make demo`: a sandbox, the bot against it, and a story that is told, played and checked to its last line."""

import argparse
import asyncio
import signal
import socket
import sys
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from sandbox.byhand import address
from sandbox.client import SandboxClient
from sandbox.folder import taken
from sandbox.gate import Open, Paced
from sandbox.player import Player
from sandbox.processes import ROOT, BotProcess, ProcessError, SandboxProcess
from sandbox.reader import BookReader
from sandbox.screen import Screen
from sandbox.seeing import Untrue
from sandbox.show import Show, claim_word, start_bot
from sandbox.story import Story, StoryError, load
from sandbox.teller import SETTLE_SECONDS, Teller

STORIES = Path(__file__).parent / "stories"
USAGE, INTERRUPTED = 2, 130
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    args = arguments().parse_args()
    try:
        story = load(args.story)
        free(args.listen)
        return asyncio.run(until_told(run(story, args)))
    except (Untrue, ProcessError, StoryError, OSError) as error:
        print(f"\n✘ {error}", file=sys.stderr)
        return 1


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"demo: {message}\n")


def arguments() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m bot demo", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "--story", default="one_day", type=known, help=f"{', '.join(stories())}, or a .toml file (default: one_day)"
    )
    parser.add_argument(
        "--headless", action="store_true", help="as fast as it goes, check the final state, exit 0 or 1"
    )
    parser.add_argument("--pace", type=paced, default=1.0, help="2 is twice as fast, 0.5 half (0.25 to 8)")
    parser.add_argument("--paused", action="store_true", help="wait for the first key, or for the page")
    parser.add_argument(
        "--database", type=database, help="sqlite:///… or postgresql://… (default: a fresh SQLite file)"
    )
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo", help="configuration, log and database go here")
    parser.add_argument("--listen", type=own, default="127.0.0.1:0", help="where the page is (default: any free port)")
    return parser


def known(name: str) -> Path:
    """A story that comes with the program by its name, or one of one's own by its file."""
    path = Path(name) if name.endswith(".toml") else STORIES / f"{name}.toml"
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no story {name!r}; there is {', '.join(stories())}")
    return path


def stories() -> list[str]:
    return sorted(path.stem for path in STORIES.glob("*.toml"))


def paced(text: str) -> float:
    try:
        pace = float(text)
    except ValueError:
        pace = 0.0
    if not 0.25 <= pace <= 8:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0.25 to 8")
    return pace


def database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise argparse.ArgumentTypeError(f"{url!r} is neither sqlite:///FILE nor postgresql://USER@HOST/NAME")
    return url


def own(listen: str) -> str:
    host, _, port = listen.rpartition(":")
    if host not in ("127.0.0.1", "localhost", "") or not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{listen!r}: give 127.0.0.1:PORT; the page is for this machine alone")
    return listen


def free(listen: str) -> None:
    """Raises ProcessError where the address cannot be had."""
    port = listen.rpartition(":")[2]
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            reason = f"{listen} cannot be used ({error.strerror}); choose another port, or leave --listen out"
            raise ProcessError(reason) from error


async def until_told(work: Coroutine[Any, Any, int]) -> int:
    """Ctrl-C, SIGTERM and a closed terminal end the demo with its sandbox and its bot; once is enough."""
    playing = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()

    def end() -> None:
        for each in ENDING_SIGNALS:
            loop.add_signal_handler(each, lambda: None)
        playing.cancel()

    for each in ENDING_SIGNALS:
        loop.add_signal_handler(each, end)
    try:
        return await playing
    except asyncio.CancelledError:
        print("\nStopped before the end of the story. Bot and sandbox are stopped.", flush=True)
        return INTERRUPTED


async def run(story: Story, args: argparse.Namespace) -> int:
    async with AsyncExitStack() as stack:
        stack.enter_context(taken(args.folder))
        sandbox = SandboxProcess(story.start.isoformat(), listen=args.listen)
        stack.push_async_callback(sandbox.stop)
        telegram = await stack.enter_async_context(SandboxClient(await sandbox.start()))
        own: dict[str, Any] = {}
        player = Player(telegram.url, story, own)
        stack.push_async_callback(player.close)
        await player.set_stage()
        print(f"{story.title}\n\nWatch it here: {address(telegram.url, story, player)}", flush=True)
        print("The bot is being started …", flush=True)
        database = args.database or f"sqlite:///{args.folder / 'dengta.db'}"
        bot = BotProcess(args.folder, telegram.url, database, sections(story, player))
        own.update(
            kill_bot=bot.kill, start_bot=partial(start_bot, bot), stop_bot=bot.stop, claim=partial(claim_word, bot)
        )
        stack.push_async_callback(bot.stop)
        await start_bot(bot)
        reader = BookReader(bot.config)
        stack.push_async_callback(reader.stop)
        await reader.start()
        gate, settle = (Open(), 0.0) if args.headless else (Paced(telegram), SETTLE_SECONDS)
        teller = Teller(telegram, story, player, reader, gate, Screen(), settle)
        show = Show(story, args, telegram, player, teller, sandbox, bot)
        return await show.go()


def sections(story: Story, player: Player) -> dict[str, Any]:
    operators = [player.cast.people[name] for name in story.operators]
    return {"operators": {"user_ids": operators, "who_may_add": story.who_may_add}, "policy": dict(story.policy)}


if __name__ == "__main__":
    sys.exit(main())
