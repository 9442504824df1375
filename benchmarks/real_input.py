"""`make real-input`: real chat and real ads through sandbox and bot over HTTP, every rule enforced; what came of it."""

import argparse
import asyncio
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.real_report import Result, judged
from benchmarks.real_stage import Row, Stage
from sandbox.processes import BotProcess, SandboxProcess

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "real-input.md"
START = "2025-03-03T08:00:00+08:00"
CHAT_SETS = ("tg-zh", "chat-tencent-zh", "forum-egret-zh", "danmu-zh", "taobao-review-zh", "tg-zh-misc")
UNRELIABLE = frozenset({"tg-zh-misc"})

POLICY: dict[str, Any] = {
    "nickname_format": {"mode": "enforce"},
    "ad_without_red_packet": {"mode": "enforce", "fines": True},
    "flooding": {"mode": "enforce"},
    "insult": {"mode": "enforce"},
    "blocked_text": {"mode": "enforce", "words": ["禁词控制样本"]},
    "scam_newcomer": {"mode": "enforce"},
    "ladder": {"highest": "remove"},
}


def main() -> int:
    args = arguments().parse_args()
    folder = data_folder()
    if folder is None:
        print("real input: NOT RUN (no data: set DENGTA_REAL_DATA to a folder of labelled messages)")
        return 0
    chat, ads = samples(folder, args.chat, args.ads, random.Random(args.seed))
    print(f"real input: {len(chat)} messages of ordinary chat, {len(ads)} ads, seed {args.seed}")
    result = asyncio.run(run(chat, ads, args))
    print(result.table)
    REPORT.write_text(result.table, encoding="utf-8")
    for failure in result.failures:
        print(f"real input: FAILED: {failure}", file=sys.stderr)
    return 1 if result.failures else 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_input", description=__doc__)
    parser.add_argument("--chat", type=int, default=5400, help="messages of ordinary chat")
    parser.add_argument("--ads", type=int, default=600, help="ads")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=ROOT / ".real-input")
    return parser


def data_folder() -> Path | None:
    named = os.environ.get("DENGTA_REAL_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    path = folder / name / "data.jsonl"
    if path.exists():
        yield from (msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip())


def samples(folder: Path, chat: int, ads: int, chance: random.Random) -> tuple[list[Row], list[Row]]:
    """(set, text) pairs: ordinary chat from every set alike, ads of real Telegram groups."""
    talk: list[Row] = []
    for name in CHAT_SETS:
        if name not in UNRELIABLE:
            texts = [r["text"] for r in rows(folder, name) if r["label"] == "ham" and r["text"].strip()]
            talk += [(name, t) for t in chance.sample(texts, min(len(texts), chat // (len(CHAT_SETS) - 1)))]
    adverts = [r["text"] for r in rows(folder, "tg-zh") if r["label"] == "spam" and r["text"].strip()]
    return talk, [("tg-zh", t) for t in chance.sample(adverts, min(len(adverts), ads))]


async def run(chat: list[Row], ads: list[Row], args: argparse.Namespace) -> Result:
    sandbox = SandboxProcess(START, seed=args.seed)
    url = await sandbox.start()
    args.folder.mkdir(parents=True, exist_ok=True)
    database = args.folder / "dengta.db"
    for old in args.folder.glob("dengta.db*"):
        old.unlink()
    bot = BotProcess(args.folder, url, f"sqlite:///{database}", {"policy": POLICY, "operators": {"user_ids": [1001]}})
    stage = Stage(url, random.Random(args.seed))
    try:
        await stage.set()
        await bot.start()
        await stage.fill()
        started = time.monotonic()
        await stage.feed(chat, ads)
        await stage.settle()
        seconds = time.monotonic() - started
        books = await bot.books("--decisions")
    finally:
        await stage.close()
        await bot.stop()
        await sandbox.stop()
    return judged(stage.sent, books, seconds, args.seed)


if __name__ == "__main__":
    sys.exit(main())
