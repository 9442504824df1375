"""`python -m benchmarks` measures what is claimed of speed and memory, and writes docs/benchmarks.md."""

import argparse
import asyncio
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import burst, health, machine, side_by_side, starting
from benchmarks.databases import ENGINES, fresh
from benchmarks.side_by_side import Compared

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
RATIO = {"sqlite": 0.6, "postgres": 0.7}
BURST_SECONDS, RESIDENT_MIB, START_SECONDS, HEALTH_MS = 2.0, 150.0, 1.5, 10.0


class Line(NamedTuple):
    """One figure and what it may be at most."""

    what: str
    figure: str
    limit: str
    good: bool


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is over its limit")
    parser.add_argument("--no-page", action="store_true", help="print only")
    args = parser.parse_args()
    compared = {engine: side_by_side.compare(engine) for engine in ENGINES}
    lines = [*ratios(compared), *bursts(), *answers(), *memory(), *starts()]
    text = page(compared, lines)
    print(text)
    if not args.no_page:
        PAGE.write_text(text, encoding="utf-8")
    return 0 if all(line.good for line in lines) or not args.check else 1


def ratios(compared: dict[str, Compared]) -> Iterator[Line]:
    for engine, found in compared.items():
        limit = RATIO[engine]
        what = f"a whole moderated message beside the floor, {NAMES[engine]}"
        yield Line(what, f"{found.ratio:.2f} ×", f"{limit} ×", found.ratio <= limit)


def bursts() -> Iterator[Line]:
    for engine in ENGINES:
        with fresh(engine) as url:
            seen = asyncio.run(burst.burst(url))
        what = f"{seen.decided} messages at once through polling: all decided and written, {NAMES[engine]}"
        figure = f"{seen.seconds:.2f} s after the last ({seen.decisions} decisions, {seen.acts} acts)"
        yield Line(what, figure, f"{BURST_SECONDS:.0f} s", seen.seconds <= BURST_SECONDS)


def answers() -> Iterator[Line]:
    """The limit holds for what the bot adds: a busy machine lets a process wait that does nothing, too."""
    for engine in ENGINES:
        with fresh(engine) as url:
            seen = min((asyncio.run(health.during_a_burst(url)) for _ in range(3)), key=lambda each: each.bot.p99)
        bot, idle = seen
        what = f"/healthz while 2000 messages are taken in (an idle process beside it), {NAMES[engine]}"
        figure = f"median {bot.median:.1f} ms ({idle.median:.1f}), p99 {bot.p99:.1f} ms ({idle.p99:.1f})"
        good = bot.median < HEALTH_MS and bot.p99 - idle.p99 < HEALTH_MS
        yield Line(what, figure, f"{HEALTH_MS:.0f} ms more", good)


def memory() -> Iterator[Line]:
    for engine in ENGINES:
        with fresh(engine) as url:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.resident", url], cwd=ROOT, capture_output=True, text=True, check=True
            )
        mib, messages = map(int, done.stdout.split())
        what = f"resident memory after 12,000 members wrote {messages} messages, {NAMES[engine]}"
        yield Line(what, f"{mib} MiB", f"{RESIDENT_MIB:.0f} MiB", mib < RESIDENT_MIB)


def starts() -> Iterator[Line]:
    for engine in ENGINES:
        with fresh(engine) as url:
            seconds = statistics.median(asyncio.run(starting.seconds_to_ready(url)))
        what = f"from the start of the process to the first question for updates, {NAMES[engine]}"
        yield Line(what, f"{seconds:.2f} s", f"{START_SECONDS} s", seconds < START_SECONDS)


ONE_MESSAGE = (
    "Microseconds, in the least disturbed of 30 rounds in turns, and the median of all. The floor is "
    "python-telegram-bot alone: json → `Update` → `process_update` with ten handlers, the one that fits does nothing. "
    "The whole message is decoded, scanned, judged by all six rules and recorded, in batches of at most 100 with one "
    "transaction each. Processor time is that of the bot's process with all its threads; PostgreSQL's own is not in it."
)


def page(compared: dict[str, Compared], lines: list[Line]) -> str:
    parts = [
        "# What things cost",
        "Written by `make bench`; the figures are of this machine and this Python, the ratios travel better.",
        table(("", ""), machine.facts()),
        "## At most",
        table(("what", "measured", "limit", ""), [(*line[:3], "ok" if line.good else "**over**") for line in lines]),
        "## One message",
        ONE_MESSAGE,
        table(("", "processor", "median", "wall", "median"), messages(compared)),
        "SQLite runs with WAL and `synchronous=FULL`. PostgreSQL is the tests' own server, with `fsync` off.",
    ]
    return "\n\n".join(parts) + "\n"


def messages(compared: dict[str, Compared]) -> Iterator[tuple[str, ...]]:
    for engine, found in compared.items():
        for what, least, middle in (
            (f"floor, beside {NAMES[engine]}", found.floor, found.floor_median),
            (f"whole message, {NAMES[engine]}", found.whole, found.whole_median),
        ):
            yield what, f"{least.cpu:.0f}", f"{middle.cpu:.0f}", f"{least.wall:.0f}", f"{middle.wall:.0f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = "|".join("---" for _ in head)
    return "\n".join([f"| {' | '.join(head)} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows)])


if __name__ == "__main__":
    sys.exit(main())
