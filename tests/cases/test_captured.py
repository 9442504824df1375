"""Decisions of a real run, captured without personal data, come out today as they came out then; so does what was
written by hand: texts of an ordinary member under a policy.
"""

import json
from pathlib import Path

import pytest

from bot.conduct.capturing import Captured, outcome, read, replayed
from bot.textscan import Scanner
from rules.conduct.checks import CHECKS
from rules.conduct.policy_layers import load
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import case

CASES = sorted(Path(__file__).parent.glob("*.json"))
SCANNER = Scanner.build()
NOTHING_DONE = outcome(Verdict())


def captured(path: Path) -> list[Captured]:
    """What a file holds: one captured case, or one for each text of `said` and of `let_be`."""
    told = json.loads(path.read_text(encoding="utf-8"))
    if "said" not in told:
        return [read(path.read_text(encoding="utf-8"))]
    loaded = load([(path.name, told["policy"])])
    assert not loaded.problems, "; ".join(map(str, loaded.problems))
    said = [Captured(case(text), loaded.policy, told["expected"]) for text in told["said"]]
    return [*said, *(Captured(case(text), loaded.policy, NOTHING_DONE) for text in told["let_be"])]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_captured_case_comes_out_as_it_did(path: Path) -> None:
    came = [(each, replayed(each, SCANNER)) for each in captured(path)]
    other = [
        f"{each.case.facts.text!r} came out as {json.dumps(done, ensure_ascii=False)}"
        for each, done in came
        if done != each.expected
    ]
    assert not other, "\n".join(other)


def test_every_rule_has_a_captured_case() -> None:
    rules = {each.expected["rule"] for path in CASES for each in captured(path)} - {""}
    assert rules == {name for name, _ in CHECKS}, "each rule has a file here (docs/write-a-rule.md, step 4)"
