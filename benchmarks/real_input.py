"""`make real-input`: real chat and real ads through sandbox and bot over HTTP, every rule enforced; what came of it."""

import argparse
import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.machine import described
from sandbox.client import SandboxClient
from sandbox.processes import BotProcess, SandboxProcess

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "real-input.md"
START = "2025-03-03T08:00:00+08:00"
CHAT_SETS = ("tg-zh", "chat-tencent-zh", "forum-egret-zh", "danmu-zh", "taobao-review-zh", "tg-zh-misc")
UNRELIABLE = frozenset({"tg-zh-misc"})
WRONG_AT_MOST, FOUND_AT_LEAST = 0.002, 0.40
GROUPS, MEMBERS = 6, 200
WAVE, WAVE_SECONDS = 60, 1800


@dataclass
class Sent:
    """What was posted, by (chat, message): `chat` is ordinary talk, `ad` a labelled ad, `control` a scripted one."""

    kinds: dict[tuple[int, int], str] = field(default_factory=dict)
    sources: dict[tuple[int, int], str] = field(default_factory=dict)


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


Row = tuple[str, str]


def samples(folder: Path, chat: int, ads: int, chance: random.Random) -> tuple[list[Row], list[Row]]:
    """(set, text) pairs: ordinary chat from every set alike, ads of real Telegram groups."""
    talk: list[Row] = []
    for name in CHAT_SETS:
        if name not in UNRELIABLE:
            texts = [r["text"] for r in rows(folder, name) if r["label"] == "ham" and r["text"].strip()]
            talk += [(name, t) for t in chance.sample(texts, min(len(texts), chat // (len(CHAT_SETS) - 1)))]
    adverts = [r["text"] for r in rows(folder, "tg-zh") if r["label"] == "spam" and r["text"].strip()]
    return talk, [("tg-zh", t) for t in chance.sample(adverts, min(len(adverts), ads))]


@dataclass(frozen=True)
class Result:
    table: str
    failures: tuple[str, ...]


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


POLICY: dict[str, Any] = {
    "nickname_format": {"mode": "enforce"},
    "ad_without_red_packet": {"mode": "enforce", "fines": True},
    "flooding": {"mode": "enforce"},
    "insult": {"mode": "enforce"},
    "blocked_text": {"mode": "enforce", "words": ["禁词控制样本"]},
    "scam_newcomer": {"mode": "enforce"},
    "ladder": {"highest": "remove"},
}

CONTROLS = {
    "nickname_format": "join",
    "ad_without_red_packet": "亲们,自家面膜特价99元一盒,加微信 mianmo_2025 下单包邮",
    "flooding": "flood",
    "insult": "你这个傻逼,滚出去",
    "blocked_text": "这里有禁词控制样本",
    "scam_newcomer": "USDT稳赚项目,带单老师一对一,日赚3000,拉人返佣,点 https://t.me/+AbCdEf123 进群",
}


class Stage:
    """Groups and people of the sandbox, and what they were made to say."""

    def __init__(self, url: str, chance: random.Random) -> None:
        self._telegram = SandboxClient(url)
        self._chance = chance
        self.groups: list[int] = []
        self.people: list[list[int]] = []
        self.sent = Sent()

    async def close(self) -> None:
        await self._telegram.http.aclose()

    async def set(self) -> None:
        await self._telegram.do("user_create", id=1001, first_name="苏禾", username="suhe")
        for n in range(GROUPS):
            made = await self._telegram.do("chat_create", kind="supergroup", title=f"{n + 1:02}营", owner=1001)
            self.groups.append(made["id"])

    async def fill(self) -> None:
        """The bot is added first, so that everybody is new to it; names are as agreed but for one in fifty."""
        await self._telegram.do("start", user=1001)
        for group in self.groups:
            await self._telegram.do("add_bot", chat=group, by=1001, admin="all")
        await self.caught_up()
        for n, group in enumerate(self.groups):
            people = []
            for m in range(MEMBERS):
                user = 200_000 + n * MEMBERS + m
                name = f"学员{m}" if m % 50 == 49 else f"{n + 1:02}营-学员{m}-上海"
                await self._telegram.do("user_create", id=user, first_name=name)
                await self._telegram.do("join", chat=group, user=user)
                people.append(user)
            self.people.append(people)
            await self.caught_up()

    async def feed(self, chat: list[Row], ads: list[Row]) -> None:
        """Waves of mixed messages, half an hour of the sandbox's clock apart, so that brakes count by the hour."""
        mixed = [("chat", row) for row in chat] + [("ad", row) for row in ads]
        self._chance.shuffle(mixed)
        await self.controls()
        for first in range(0, len(mixed), WAVE * GROUPS):
            await self.wave(mixed[first : first + WAVE * GROUPS])
            await self._telegram.do("clock", jump_seconds=WAVE_SECONDS)

    async def wave(self, part: Sequence[tuple[str, Row]]) -> None:
        """One message of each person at the most; whoever may not write has lost the turn."""
        for n, group in enumerate(self.groups):
            mine = part[n::GROUPS]
            authors = self._chance.sample(self.people[n], len(mine))
            posts = [
                {"chat": group, "user": u, "text": text[:4096]} for u, (_, (_, text)) in zip(authors, mine, strict=True)
            ]
            answers = await self._telegram.do("post_many", posts=posts)
            for answer, (kind, (source, _)) in zip(answers, mine, strict=True):
                if "message_id" in answer:
                    self.sent.kinds[group, answer["message_id"]] = kind
                    self.sent.sources[group, answer["message_id"]] = source
        await self.caught_up()

    async def controls(self) -> None:
        """Each rule gets something it must answer; a newcomer each, so that one control does not hide another."""
        group = self.groups[0]
        for n, (rule, text) in enumerate(CONTROLS.items()):
            user = 300_000 + n
            name = "随便起的名字" if rule == "nickname_format" else f"01营-样本{n}-上海"
            await self._telegram.do("user_create", id=user, first_name=name)
            await self._telegram.do("join", chat=group, user=user)
            if rule == "flooding":
                posts = [{"chat": group, "user": user, "text": f"刷{i}"} for i in range(12)]
            else:
                posts = [{"chat": group, "user": user, "text": text if text != "join" else "大家好"}]
            for answer in await self._telegram.do("post_many", posts=posts):
                if "message_id" in answer:
                    self.sent.kinds[group, answer["message_id"]] = "control"
            await self.caught_up()
            await self._telegram.do("clock", jump_seconds=3600)

    async def caught_up(self) -> None:
        """Until the bot has confirmed every update."""
        deadline = time.monotonic() + 120
        while True:
            state = await self._telegram.get("waiting")
            if not state["waiting"]:
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"the bot does not catch up: {state}")
            await asyncio.sleep(0.02)

    async def settle(self) -> None:
        """Time for the last acts: they are settled or expire."""
        await self._telegram.do("clock", jump_seconds=600)
        await asyncio.sleep(3)


def judged(sent: Sent, books: Any, seconds: float, seed: int) -> Result:
    kinds = Counter(sent.kinds.values())
    by_rule: Counter[str] = Counter()
    rules_of: dict[tuple[int, int], str] = {}
    for decision in books["decisions"]:
        key = (decision["chat_id"], decision["message_id"])
        if decision["issuer"] == "rule":
            by_rule[decision["rule"]] += 1
            rules_of.setdefault(key, decision["rule"])
    wrong = [
        k for k, kind in sent.kinds.items() if kind == "chat" and k in rules_of and rules_of[k] != "nickname_format"
    ]
    found = [k for k, kind in sent.kinds.items() if kind == "ad" and k in rules_of and rules_of[k] != "nickname_format"]
    failures = []
    if len(wrong) > WRONG_AT_MOST * kinds["chat"]:
        failures.append(
            f"{len(wrong)} of {kinds['chat']} ordinary messages measured, at most {WRONG_AT_MOST:.1%} allowed"
        )
    if len(found) < FOUND_AT_LEAST * kinds["ad"]:
        failures.append(f"{len(found)} of {kinds['ad']} ads found, at least {FOUND_AT_LEAST:.0%} wanted")
    failures += [f"{rule} never fired" for rule in CONTROLS if not by_rule[rule]]
    if kinds["chat"] < 5000 or kinds["ad"] < 500:
        failures.append(f"only {kinds['chat']} messages of chat and {kinds['ad']} ads were posted")
    if books["totals"]["undecided"]:
        failures.append(f"{books['totals']['undecided']} updates were left undecided")
    return Result(report(sent, kinds, by_rule, rules_of, wrong, found, books, seconds, seed), tuple(failures))


def report(
    sent: Sent, kinds: Counter[str], by_rule: Counter[str], rules_of: dict[tuple[int, int], str],
    wrong: list[tuple[int, int]], found: list[tuple[int, int]], books: Any, seconds: float, seed: int,
) -> str:  # fmt: skip
    wrong_rules = Counter(rules_of[k] for k in wrong)
    sets = Counter(sent.sources[k] for k, kind in sent.kinds.items() if kind == "chat")
    wrong_sets = Counter(sent.sources[k] for k in wrong)
    total = sum(kinds.values())
    lines = [
        "# Real input", "",
        "Real messages through the sandbox and the bot over HTTP, every rule enforced; written by `make real-input`.",
        f"Seed {seed}; {GROUPS} groups of {MEMBERS} members, all new to the bot; {described()}.", "",
        "| what | figure |", "|---|---|",
        f"| messages | {total} ({kinds['chat']} ordinary chat, {kinds['ad']} ads, {kinds['control']} controls) |",
        f"| time | {seconds:.1f} s, {total / seconds:.0f} messages a second through HTTP both ways |",
        f"| ordinary chat measured wrongly | {share(len(wrong), kinds['chat'])} |",
        f"| ads found | {share(len(found), kinds['ad'])} |",
        *(f"| acts {state} | {count} |" for state, count in sorted(books["acts"].items())),
        "", "| rule | decisions | of them on ordinary chat |", "|---|---|---|",
        *(f"| {rule} | {by_rule[rule]} | {wrong_rules[rule]} |" for rule in CONTROLS),
        "", "| set of ordinary chat | messages | measured wrongly |", "|---|---|---|",
        *(f"| {name} | {count} | {wrong_sets[name]} |" for name, count in sorted(sets.items())),
        "", "An ad held by a brake or for a leader counts as found.",
        "Each rule has a scripted control, so one that never fires fails.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / max(1, whole):.2%})"


if __name__ == "__main__":
    print(f"started {datetime.fromisoformat(START):%Y-%m-%d}")
    sys.exit(main())
