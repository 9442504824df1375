"""Renders docs/quiet.md from the figures that a counted week left behind; `make quiet` takes over the newest ones."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from scripts.promises import ROOT

MEASURED = ROOT / ".reliability"
FIGURES = ROOT / "docs" / "quiet.json"
PAGE = ROOT / "docs" / "quiet.md"
WORDS = ROOT / "docs" / "quiet.head.md"
COLUMNS = ("planned", "unplanned", "answers", "deletions", "edits", "private")
MOST = 8
HAPPENED = (
    ("messages", "ordinary messages"), ("ad", "advertisements"), ("flood", "floods"), ("insult", "insults"),
    ("question", "questions"), ("ask", "commands of members"), ("order", "commands of leaders"), ("press", "presses"),
    ("join", "joins"), ("leave", "leaves"), ("mend", "names put right"),
)  # fmt: skip

Week = Mapping[str, Any]


def main() -> int:
    newest = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(MEASURED.glob("quiet_*.json"))]
    if newest:
        FIGURES.write_text(json.dumps(newest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    elif not FIGURES.exists():
        print("no week was counted yet: run make test-long first")
        return 1
    weeks = recorded()
    PAGE.write_text(page(weeks), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: at most {most(weeks)} unplanned posts a day")
    return 0


def recorded() -> list[Week]:
    weeks: list[Week] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return weeks


def most(weeks: list[Week]) -> int:
    """The most posts of a day that nobody planned."""
    return max(int(day["unplanned"]) for week in weeks for day in week["days"].values())


def page(weeks: list[Week]) -> str:
    return WORDS.read_text(encoding="utf-8") + "".join(section(week) for week in weeks)


def section(week: Week) -> str:
    told = ", ".join(f"{words} {week['happened'].get(name, 0):,}" for name, words in HAPPENED)
    head = f"\n### On {week['database']}\n\nIn the week, beside {week['people']} joins on the first day: {told}. "
    table = f"| day | {' | '.join(COLUMNS)} |\n|---|{'---|' * len(COLUMNS)}\n"
    rows = "".join(row(day, figures) for day, figures in week["days"].items() if any(figures.values()))
    return f"{head}Processor time {week['cpu_s']} s.\n\n{table}{rows}"


def row(day: str, figures: Mapping[str, int]) -> str:
    return f"| {day} | {' | '.join(str(figures[name]) for name in COLUMNS)} |\n"


if __name__ == "__main__":
    sys.exit(main())
