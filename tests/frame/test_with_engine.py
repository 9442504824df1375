"""scripts/with_engine.sh: the machine's engine if there is one, and one clear line where there can be none."""

import subprocess
from pathlib import Path

import pytest

from tests.frame.few_tools import program, with_tools

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "date", "mktemp", "mkdir", "rm", "id", "uname", "env", "sed", "tail", "chmod")
ANSWERS = 'echo "$*" >>"$LOG"'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with a few tools and no engine."""
    return with_tools(tmp_path, TOOLS)


def with_engine(machine: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(machine / "bin"), "TMPDIR": str(machine), "LOG": str(machine / "log")} | {
        "POLICY": str(machine / "policy")
    }
    return subprocess.run(
        ["sh", str(ROOT / "scripts" / "with_engine.sh"), *command],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def left_over(machine: Path) -> list[str]:
    return [path.name for path in machine.iterdir() if path.name.startswith("dengta-engine")]


def test_the_engine_of_the_machine_is_used_and_its_image_is_removed_afterwards(machine: Path) -> None:
    # X1
    program(machine, "docker", ANSWERS)
    done = with_engine(machine, "sh", "-c", 'echo "with $TEST_IMAGE"; exit 3')
    assert done.returncode == 3
    assert done.stdout.startswith("with dengta-test:")
    calls = (machine / "log").read_text().splitlines()
    assert any(call.startswith("buildx build") for call in calls)
    assert calls[-1].startswith("image rm --force dengta-test:")
    assert left_over(machine) == []


def test_an_image_that_does_not_build_is_a_failure(machine: Path) -> None:
    # X1
    program(machine, "docker", 'case "$*" in "buildx build "*) exit 1;; esac')
    done = with_engine(machine, "sh", "-c", "echo never")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the image does not build" in done.stderr


@pytest.mark.parametrize("lacking", ["root", "Debian"])
def test_where_there_can_be_no_engine_it_fails_and_says_so(machine: Path, lacking: str) -> None:
    # X1
    program(machine, "id", "echo 1000" if lacking == "root" else "echo 0")
    if lacking == "root":
        program(machine, "apt-get", "exit 0")
    done = with_engine(machine, "sh", "-c", "echo never")
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs root on a Debian: nothing was shown" in done.stderr
    assert left_over(machine) == []


def test_an_engine_that_cannot_be_installed_is_a_failure(machine: Path) -> None:
    # X1
    program(machine, "id", "echo 0")
    program(machine, "uname", "echo Linux")
    program(machine, "apt-get", "echo no such package; exit 100")
    done = with_engine(machine, "sh", "-c", "echo never")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no such package" in done.stderr
    assert "the engine could not be installed from Debian" in done.stderr
    assert left_over(machine) == []
    assert not (machine / "policy").exists()
