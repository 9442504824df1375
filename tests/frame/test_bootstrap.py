"""scripts/bootstrap.sh: one .venv, re-used, repaired, and one clear line when it cannot be made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.frame.few_tools import program, with_tools

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "cat", "cmp", "rm", "id", "mkdir", "ln", "touch", "env")
MAKES_A_VENV = 'mkdir -p .venv/bin && ln -sf "$REAL_PYTHON" .venv/bin/python && echo made >>made.log'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the script alone and a PATH with nothing but the shell's tools."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "bootstrap.sh", tmp_path / "scripts")
    (tmp_path / "requirements-dev.txt").write_text("one==1\n")
    return with_tools(tmp_path, TOOLS)


def python_and_uv(checkout: Path) -> None:
    program(checkout, "python3", 'exec "$REAL_PYTHON" "$@"')
    program(checkout, "uv", f'[ "$1" = pip ] || {{ {MAKES_A_VENV}; }}')


def bootstrap(checkout: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(checkout / "bin"), "REAL_PYTHON": sys.executable} | environ
    command = ["sh", "scripts/bootstrap.sh"]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def times_made(checkout: Path) -> int:
    log = checkout / "made.log"
    return len(log.read_text().split()) if log.exists() else 0


def test_an_environment_is_made_once_while_the_requirements_stay_the_same(checkout: Path) -> None:
    python_and_uv(checkout)
    assert bootstrap(checkout).returncode == 0
    second = bootstrap(checkout)
    assert (second.returncode, second.stderr) == (0, "")
    assert times_made(checkout) == 1


def test_the_first_line_ever_seen_says_what_is_made_and_how_long_it_takes(checkout: Path) -> None:
    (checkout / "requirements-dev.txt").write_text("one==1\n" * 50_000)  # more than a pipe holds
    python_and_uv(checkout)
    making = "dengta: making .venv (once, until the requirements change); it takes about a minute\n"
    assert bootstrap(checkout).stderr == making


def test_an_environment_is_remade_when_the_requirements_change(checkout: Path) -> None:
    python_and_uv(checkout)
    bootstrap(checkout)
    (checkout / "requirements-dev.txt").write_text("one==2\n")
    assert bootstrap(checkout).returncode == 0
    assert times_made(checkout) == 2


def test_a_half_made_environment_is_removed_and_remade(checkout: Path) -> None:
    python_and_uv(checkout)
    (checkout / ".venv" / "lib" / "half").mkdir(parents=True)
    assert bootstrap(checkout).returncode == 0
    assert not (checkout / ".venv" / "lib").exists()


def test_an_environment_whose_python_is_gone_is_remade(checkout: Path) -> None:
    python_and_uv(checkout)
    bootstrap(checkout)
    (checkout / ".venv" / "bin" / "python").unlink()
    assert bootstrap(checkout).returncode == 0
    assert times_made(checkout) == 2


def test_a_moved_checkout_gets_an_environment_of_its_own(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    python_and_uv(checkout)
    bootstrap(checkout)
    moved = tmp_path_factory.mktemp("moved") / "elsewhere"
    shutil.copytree(checkout, moved, symlinks=True)
    assert bootstrap(moved).returncode == 0
    assert times_made(moved) == 2


def test_a_python_that_does_not_run_or_is_too_old_is_passed_over(checkout: Path) -> None:
    python_and_uv(checkout)
    program(checkout, "python3.13", "exit 127")
    program(checkout, "python3.12", "exit 1")
    assert bootstrap(checkout).returncode == 0


def test_without_a_python_one_line_says_so(checkout: Path) -> None:
    done = bootstrap(checkout)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "dengta: no Python 3.11 or newer on PATH"


def test_pip_without_ensurepip_fills_an_empty_environment(checkout: Path) -> None:
    program(
        checkout,
        "python3",
        'case "$*" in\n'
        '"-m venv .venv") mkdir -p .venv/half; exit 1;;\n'
        f'"-m venv --without-pip .venv") {MAKES_A_VENV};;\n'
        '"-m pip --version") ;;\n'
        '"-m pip --python .venv/bin/python install "*) touch .venv/installed;;\n'
        '*) exec "$REAL_PYTHON" "$@";;\nesac',
    )
    assert bootstrap(checkout).returncode == 0
    assert (checkout / ".venv" / "installed").exists()
    assert not (checkout / ".venv" / "half").exists()


def test_when_no_way_works_nothing_half_made_is_left_and_the_command_is_named(checkout: Path) -> None:
    program(
        checkout, "python3", 'case "$*" in *venv*|*pip*) mkdir -p .venv; exit 1;; *) exec "$REAL_PYTHON" "$@";; esac'
    )
    done = bootstrap(checkout)
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr.splitlines()[-1]
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    "script", [*sorted((ROOT / "scripts").glob("*.sh")), ROOT / ".ci" / "run"], ids=lambda path: path.name
)
def test_every_shell_script_has_no_mistake_of_syntax(script: Path) -> None:
    shell = "bash" if script.name == "run" else "sh"
    assert subprocess.run([shell, "-n", script], check=False, env=os.environ).returncode == 0
