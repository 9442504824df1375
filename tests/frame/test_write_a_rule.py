"""A rule stands everywhere it has to, and whoever forgot a place is told which; the guide works as it is written."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from bot.texts import Texts
from rules.conduct import impersonation
from rules.conduct.checks import CHECKS
from rules.conduct.decide import CONSEQUENCES
from rules.conduct.policy_layers import types
from rules.conduct.policy_ranges import RANGES
from rules.conduct.policy_rules import Rules
from tests.frame.guide import GUIDE, ROOT, follow, steps

COPIED = ("bot", "rules", "handlers", "locales", "scripts", "tests", "docs", "sandbox")
MOST_LINES = 80
ITSELF = "tests/frame/test_write_a_rule.py::test_whoever_follows_the_guide_has_a_rule_that_stands"


def names_of_files() -> set[str]:
    found = (ROOT / "rules" / "conduct" / "checks").glob("*.py")
    return {path.stem for path in found if "\ndef check(" in path.read_text(encoding="utf-8")}


@cache
def places() -> Mapping[str, set[str]]:
    """Where a rule has to be named: the place, and the rules that are named there."""
    example = tomllib.loads((ROOT / "config.example.toml").read_text(encoding="utf-8"))
    texts = Texts.load(ROOT / "locales")
    named = {
        "rules/conduct/checks/NAME.py": names_of_files(),
        "CHECKS in rules/conduct/checks/__init__.py": {name for name, _ in CHECKS},
        "tests/rule_names.txt": set((ROOT / "tests" / "rule_names.txt").read_text(encoding="utf-8").split()),
        "Rules in rules/conduct/policy_rules.py": {each.name for each in fields(Rules)},
        "CONSEQUENCES in rules/conduct/decide.py": {*CONSEQUENCES, impersonation.RULE},
        "[policy.NAME] in config.example.toml": {name for name in example["policy"] if hasattr(Rules, name)},
    }
    for language in texts.languages:
        way = "`make texts` writes" if language == "zh_Hant" else "msgid"
        for key, to_nobody in (("talk.rule_", ""), ("conduct.rule_", impersonation.RULE)):
            said = {found.removeprefix(key) for found in texts.keys(language) if found.startswith(key)}
            named[f"{way} {key}NAME in locales/{language}/{key.partition('.')[0]}.po"] = said | {to_nobody}
    return named


def rules_of_this_tree() -> set[str]:
    """Everything that is a rule by one of the places where nothing else stands."""
    return set().union(
        *(names for place, names in places().items() if place.startswith(("rules/", "tests/", "CHECKS")))
    )


def without_a_range(rule: str) -> set[str]:
    """Its numbers and texts of which nobody says what they may be, and the ranges of settings that it has not."""
    known = {key: kind for key, kind in types().items() if key.startswith(f"{rule}.")}
    of_it = {key for key in RANGES if key.startswith(f"{rule}.")}
    return of_it ^ {key for key, kind in known.items() if kind in (int, str)}


def missing(rule: str) -> Iterator[str]:
    yield from (f"RANGES in rules/conduct/policy_ranges.py, {key}" for key in sorted(without_a_range(rule)))
    yield from (place.replace("NAME", rule) for place, names in places().items() if rule not in names)


@pytest.mark.parametrize("rule", sorted(rules_of_this_tree()))
def test_a_rule_stands_everywhere_it_has_to(rule: str) -> None:
    forgotten = list(missing(rule))
    assert not forgotten, f"{rule} is missing in: {'; '.join(forgotten)} (docs/write-a-rule.md)"


def test_a_range_that_was_forgotten_or_misspelt_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RANGES, "flooding.mesages", RANGES["flooding.messages"])
    monkeypatch.delitem(RANGES, "flooding.messages")
    place = "RANGES in rules/conduct/policy_ranges.py"
    assert list(missing("flooding")) == [f"{place}, flooding.mesages", f"{place}, flooding.messages"]


def test_the_guide_is_short() -> None:
    assert sum(len(step.written) for step in steps()) < MOST_LINES


def test_whoever_follows_the_guide_has_a_rule_that_stands(tmp_path: Path) -> None:
    unfinished = [rule for rule in rules_of_this_tree() if any(missing(rule))]
    assert not unfinished, "this tree has a rule that does not stand yet, see the other failures"
    for folder in COPIED:
        copytree(ROOT / folder, tmp_path / folder, ignore=ignore_patterns("__pycache__", "pictures", "*.png"))
    for file in ("pyproject.toml", "config.example.toml"):
        copy(ROOT / file, tmp_path / file)
    for step in steps():
        follow(step, tmp_path)
    run(tmp_path, "scripts.traditional")
    run(tmp_path, "ruff", "check", "--no-cache", "--ignore", "I001", "rules", "tests/rules", "tests/cases")
    run(tmp_path, "ruff", "format", "--no-cache", "--check", "rules", "tests/rules", "tests/cases")
    run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", "--deselect", ITSELF, *first_tests())


def first_tests() -> list[str]:
    """Those that the guide names."""
    told = re.search(r'^make test ARGS="([^"]+)"$', GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert told is not None
    return told[1].split()


def run(tree: Path, *command: str) -> None:
    # How many tests must have met PostgreSQL is asked of the whole run, not of these few.
    few = {**os.environ, "EXPECT_MIN_PG": "0"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=tree, capture_output=True, text=True, check=False, env=few
    )
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout[-3000:]}{done.stderr[-1000:]}"
