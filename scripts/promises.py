"""Reads the promises of docs/guarantees.md: what holds, on which databases, and which tests show it."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
GUARANTEES = ROOT / "docs" / "guarantees.md"


class Promise(NamedTuple):
    """`section` is its heading: the same id means something else under another one."""

    section: str
    id: str
    words: str
    databases: str
    state: str
    tests: tuple[str, ...]


def promises() -> list[Promise]:
    found, section = [], ""
    for line in GUARANTEES.read_text(encoding="utf-8").splitlines():
        section = line.removeprefix("## ") if line.startswith("## ") else section
        if re.match(r"\| [A-Z]\d+ \|", line):
            number, words, databases, state, tests = (cell.strip() for cell in line.strip("|").split("|"))
            found.append(Promise(section, number, words, databases, state, tuple(re.findall(r"`([^`]+)`", tests))))
    return found


def faults() -> list[Promise]:
    return [promise for promise in promises() if promise.section == "Faults"]
