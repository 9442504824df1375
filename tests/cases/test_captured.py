"""Decisions of a real run, captured without personal data, come out today as they came out then."""

from pathlib import Path

import pytest

from bot.conduct.capturing import read, replayed
from bot.textscan import Scanner
from rules.conduct.checks import CHECKS

CASES = sorted(Path(__file__).parent.glob("*.json"))
SCANNER = Scanner.build()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_captured_case_comes_out_as_it_did(path: Path) -> None:
    captured = read(path.read_text(encoding="utf-8"))
    assert replayed(captured, SCANNER) == captured.expected


def test_every_rule_has_a_captured_case() -> None:
    rules = {read(path.read_text(encoding="utf-8")).expected["rule"] for path in CASES}
    assert rules == {name for name, _ in CHECKS}
