"""docs/guarantees.md: every promise stands there once, and what is said to hold names a test that exists."""

from collections import Counter
from collections.abc import Iterator

from scripts.promises import Promise, promises
from tests.frame.test_features import ROOT, functions

FAULTS = [f"{letter}{number}" for letter, numbers in {
    "C": range(1, 12), "P": (1, 2, 3, 6), "D": range(1, 9), "T": range(1, 10), "U": (1, 2, 3), "A": range(1, 7),
    "L": (1, 2), "S": (1, 2, 3, 4, 5, 6, 7, 8, 9), "I": (1, 2), "H": (1,), "X": (1,), "W": (1, 2, 3), "K": (1,),
    "M": (1,), "Q": (1, 2),
}.items() for number in numbers]  # fmt: skip
NUMBERED = {"Fairness": ("F", 12), "Bad input": ("I", 23)}
STATES = {"done", "partly", "not yet"}
DATABASES = {"both", "SQLite", "PostgreSQL", "–"}


def test_every_promise_is_listed_once() -> None:
    expected = [("Faults", each) for each in FAULTS]
    for section, (letter, count) in NUMBERED.items():
        expected += [(section, f"{letter}{number}") for number in range(1, count + 1)]
    assert Counter((promise.section, promise.id) for promise in promises()) == Counter(expected)


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
