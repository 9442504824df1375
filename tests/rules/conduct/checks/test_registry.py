"""The registry of checks: permanent names, an answer for everything, no work where there is nothing to see."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.conduct.case import Case, Recent, Signal, TextView
from rules.conduct.checks import CHECKS
from rules.conduct.policy import DEFAULTS
from tests.rules.conduct.checks.make import GROUP, MEMBER, NOON, case

NAMES = Path(__file__).parents[3] / "rule_names.txt"


def test_names_of_rules_are_permanent() -> None:
    """Decisions name their rule: taking a name away needs a migration, a new one is added to the file."""
    assert [name for name, _ in CHECKS if name not in NAMES.read_text().split()] == []
    assert set(NAMES.read_text().split()) == {name for name, _ in CHECKS}


def test_every_rule_has_its_part_of_the_policy() -> None:
    for name, _ in CHECKS:
        assert getattr(DEFAULTS, name).mode in ("off", "observe", "enforce")


@pytest.mark.parametrize("kind", ["message", "edit", "join", "leave", "checkin"])
def test_every_check_answers_in_its_own_name_for_a_miss_too(kind: str) -> None:
    for name, check in CHECKS:
        finding = check(case(kind=kind), DEFAULTS)
        assert (finding.rule, finding.hit) == (name, False)


def test_six_checks_of_a_plain_message_cost_no_more_than_a_few_microseconds() -> None:
    plain = case(TextView("大家早上好", 12345), member={"recent": (Recent(499, NOON - 60, 1),)})
    rounds = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(500):
            for _, check in CHECKS:
                check(plain, DEFAULTS)
        rounds.append(time.process_time() - began)
    assert min(rounds) / 500 < 60e-6


SIGNALS = st.builds(Signal, st.sampled_from(["a.b", "c.d", "e.f"]), st.text(max_size=4), st.booleans(), st.booleans())
VIEWS = st.builds(
    TextView,
    folded=st.text(max_size=8),
    fold_hash=st.integers(0, 3),
    signals=st.lists(SIGNALS, max_size=4, unique_by=lambda signal: signal.id).map(tuple),
    lists=st.lists(st.tuples(st.sampled_from(["insult", "insult.aimed", "insult.quoted", "blocked"]), st.text())).map(
        tuple
    ),
    patterns=st.lists(st.tuples(st.text(), st.text()), max_size=2).map(tuple),
    names=st.sampled_from([(), (("老赵", True),), (("老赵", False), ("07营-a-bb", True))]),
)
RECENT = st.lists(
    st.builds(Recent, st.integers(1, 99), st.integers(NOON - 90, NOON), st.integers(0, 3), st.sampled_from(["", "a"])),
    max_size=12,
).map(tuple)


@given(VIEWS, RECENT, st.sampled_from(["message", "edit", "join"]), st.sampled_from([0, 77, 400]))
def test_the_same_case_always_gets_the_same_answer(
    view: TextView, recent: tuple[Recent, ...], kind: str, reply: int
) -> None:
    facts = case(kind=kind, reply_to=reply).facts
    judged = Case(facts, view, MEMBER._replace(recent=recent), GROUP)
    for _, check in CHECKS:
        finding = check(judged, DEFAULTS)
        assert finding == check(judged, DEFAULTS)
        assert all(isinstance(name, str) for name, _ in finding.seen)
        assert finding.seen or not finding.hit
