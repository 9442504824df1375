"""How often real advertisements are found and honest talk is taken for one: reads public sets, copies nothing.

Run: `python -m benchmarks.textscan_quality [--misses SET N]`. A set is a folder with a `data.jsonl` (label, text),
in the folder named by DENGTA_REAL_DATA, else in `../shared/data`.
"""

import argparse
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

from bot.textscan import CompiledLists, Scanner
from rules.conduct.case import Case, GroupView, MemberView, TextView
from rules.conduct.checks import CHECKS
from rules.conduct.facts import Facts
from rules.conduct.policy import DEFAULTS

# What people say to each other; the other sets hold reviews of abuse, letters, or labels that mean something else.
ORDINARY = ("tg-zh", "chat-tencent-zh", "forum-egret-zh", "danmu-zh", "taobao-review-zh")
NOW = 1_741_060_800
GROUP = GroupView(1, -100, 1, "group", UTC, "UTC", bot_joined_at=NOW - 86_400)
NEWCOMER = MemberView(7, joined_at=NOW - 60)


def rules_hit(scanner: Scanner, lists: CompiledLists, text: str) -> tuple[set[str], TextView]:
    """What a newcomer's first message with this text would be taken for."""
    facts = Facts(1, "message", -100, 7, NOW, 1, text=text)
    case = Case(facts, scanner.scan(facts, lists), NEWCOMER, GROUP)
    return {name for name, check in CHECKS if check(case, DEFAULTS).hit}, case.view


def folder() -> Path:
    return Path(os.environ.get("DENGTA_REAL_DATA", "../shared/data"))


def texts(name: str, label: str) -> list[str]:
    rows = map(json.loads, (folder() / name / "data.jsonl").read_text("utf-8").splitlines())
    return [row["text"] for row in rows if row["label"] == label]


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.2f} %"


def measure(scanner: Scanner, lists: CompiledLists, said: Iterable[str]) -> Counter[str]:
    count: Counter[str] = Counter()
    for text in said:
        found, _ = rules_hit(scanner, lists, text)
        count.update(found)
        count["any"] += bool(found)
        count["n"] += 1
    return count


def table(scanner: Scanner, lists: CompiledLists) -> Counter[str]:
    """One line a set and label; returns the sum over ordinary talk."""
    shown = ("any", "ad_without_red_packet", "scam_newcomer", "insult")
    print(f"{'set':18} {'label':6} {'texts':>7} " + " ".join(f"{name:>22}" for name in shown))
    ordinary: Counter[str] = Counter()
    for name in sorted(path.parent.name for path in folder().glob("*/data.jsonl")):
        for label in ("spam", "ham"):
            count = measure(scanner, lists, texts(name, label))
            if count["n"]:
                cells = " ".join(f"{count[rule]:>13} {percent(count[rule], count['n'])}" for rule in shown)
                print(f"{name:18} {label:6} {count['n']:>7} {cells}")
            if label == "ham" and name in ORDINARY:
                ordinary += count
    return ordinary


def show_misses(scanner: Scanner, lists: CompiledLists, name: str, number: int) -> None:
    """Some advertisements that were not found, and all honest texts that were taken for something."""
    missed = [text for text in texts(name, "spam") if "ad_without_red_packet" not in rules_hit(scanner, lists, text)[0]]
    wrong = [text for text in texts(name, "ham") if rules_hit(scanner, lists, text)[0]]
    for title, found in (("missed", missed), ("wrong", wrong)):
        for text in random.Random(1).sample(found, min(number, len(found))):
            seen = [f"{signal.id}: {signal.word}" for signal in rules_hit(scanner, lists, text)[1].signals]
            print(f"{title}: {text[:200]!r} {seen}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", nargs=2, metavar=("SET", "N"))
    chosen = parser.parse_args()
    if not folder().is_dir():
        print("real input: NOT RUN (set DENGTA_REAL_DATA)")
        return 0
    scanner = Scanner.build()
    lists = scanner.compile_lists(DEFAULTS)
    if chosen.misses:
        show_misses(scanner, lists, chosen.misses[0], int(chosen.misses[1]))
        return 0
    ordinary = table(scanner, lists)
    wrong = 100 * ordinary["any"] / max(ordinary["n"], 1)
    print(f"\nordinary talk measured wrongly: {ordinary['any']} of {ordinary['n']} ({wrong:.3f} %, allowed 0.2 %)")
    return int(wrong > 0.2)


if __name__ == "__main__":
    sys.exit(main())
