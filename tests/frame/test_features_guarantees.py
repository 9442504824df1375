"""docs/guarantees.md: every promise stands there once, and what is said to hold names a test that exists."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tests.frame.test_features import ROOT, functions

FAULTS = [f"{letter}{number}" for letter, numbers in {
    "C": range(1, 10), "D": (3, 4, 6, 7), "T": (1, 2, 3, 5, 7, 8), "U": (1, 2, 3), "A": range(1, 7),
    "S": (1, 2, 5, 7, 8), "K": (1,), "M": (1,), "Q": (1, 2),
}.items() for number in numbers]  # fmt: skip
NUMBERED = {"F": 12, "I": 10, "L": 8}
STATES = {"done", "partly", "not yet"}
DATABASES = {"both", "SQLite", "PostgreSQL", "–"}


class Promise(NamedTuple):
    id: str
    words: str
    databases: str
    state: str
    tests: tuple[str, ...]


def promises() -> list[Promise]:
    found = []
    for line in (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8").splitlines():
        if re.match(r"\| [A-Z]\d+ \|", line):
            number, words, databases, state, tests = (cell.strip() for cell in line.strip("|").split("|"))
            found.append(Promise(number, words, databases, state, tuple(re.findall(r"`([^`]+)`", tests))))
    return found


def test_every_promise_is_listed_once() -> None:
    numbered = [f"{letter}{number}" for letter, count in NUMBERED.items() for number in range(1, count + 1)]
    assert Counter(promise.id for promise in promises()) == Counter([*FAULTS, *numbered])


def test_what_is_promised_names_a_test_that_exists() -> None:
    assert [mistake for promise in promises() for mistake in mistakes(promise)] == []


def mistakes(promise: Promise) -> Iterator[str]:
    if promise.state not in STATES or promise.databases not in DATABASES:
        yield f"{promise.id}: {promise.state} on {promise.databases} is nothing that can be said"
    if bool(promise.tests) != (promise.state != "not yet"):
        yield f"{promise.id}: a test is named exactly where something holds"
    for test in promise.tests:
        file, _, function = test.partition("::")
        if not (ROOT / file).is_file() or function not in functions(ROOT / file):
            yield f"{promise.id}: there is no {test}"
