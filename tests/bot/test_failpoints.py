"""Failpoints: silent unless asked, exact when asked, and refused when misspelt."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.failpoints import FAILPOINTS, Failpoint, armed, failpoint, parse

HIT_TWICE = (
    "from bot.failpoints import failpoint\nfor n in (1, 2):\n    failpoint('outbox.sending')\n    print(n, flush=True)"
)


def run(spec: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DENGTA_FAILPOINT": spec}
    return subprocess.run(
        [sys.executable, "-c", HIT_TWICE], env=environment, capture_output=True, text=True, check=False
    )


def test_a_failpoint_that_is_not_armed_does_nothing() -> None:
    for name in FAILPOINTS:
        failpoint(name)


def test_an_armed_failpoint_strikes_at_the_hit_it_was_told_and_only_there() -> None:
    with armed("outbox.sending:raise@3") as trap:
        failpoint("outbox.claimed")
        failpoint("outbox.sending")
        failpoint("outbox.sending")
        with pytest.raises(Failpoint):
            failpoint("outbox.sending")
        failpoint("outbox.sending")
    assert trap.hits == 4
    failpoint("outbox.sending")


def test_no_ordinary_except_heals_a_failpoint() -> None:
    assert not issubclass(Failpoint, Exception)


def test_the_environment_kills_a_process_at_the_second_hit() -> None:
    done = run("outbox.sending:kill@2")
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "1\n")


@pytest.mark.parametrize(
    "spec", ["outbox.sendin:kill", "outbox.sending", "outbox.sending:stop", "outbox.sending:kill@0"]
)
def test_a_misspelt_failpoint_is_refused_with_what_is_allowed(spec: str) -> None:
    with pytest.raises(ValueError, match=r"outbox\.claimed"):
        parse(spec)
    assert run(spec).returncode == 1


def test_a_failpoint_may_hang_until_it_is_killed() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(
            [sys.executable, "-c", HIT_TWICE],
            env={**os.environ, "DENGTA_FAILPOINT": "outbox.sending:hang"},
            capture_output=True,
            check=False,
            timeout=1.0,
        )


def test_every_listed_failpoint_stands_somewhere_in_the_program_and_no_other() -> None:
    root = Path(__file__).parents[2]
    sources = [path.read_text(encoding="utf-8") for name in ("bot", "handlers") for path in (root / name).rglob("*.py")]
    placed = {name for source in sources for name in re.findall(r'\bfailpoint\("([a-z._]+)"\)', source)}
    assert placed == set(FAILPOINTS)
