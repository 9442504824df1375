"""The image holds what runs and nothing else, and says what is wrong with its configuration."""

import json
import os
import subprocess
from typing import Any

import pytest

from tests.figures import Figures

FIND = "find / -xdev \\( -path /proc -o -path /sys \\) -prune -o"
TOO_MUCH = {
    "a repository": "-name .git -print",
    "tests or the sandbox": "-path '/app/*' \\( -name 'test*' -o -name sandbox \\) -print",
    "an installer of packages": "-path '/venv/*' \\( -name pip -o -name setuptools -o -name wheel \\) -print",
    "files that were only needed to build": "\\( -name '*.whl' -path '/venv/*' -o -name requirements.txt \\) -print",
    "secrets": "-path '/app/*' \\( -name 'config.toml' -o -name '.env' -o -name 'secrets' \\) -print",
    "programs with rights of their own": "-path '/app/*' -perm /6000 -print",
    "files that the bot could change": "\\( -path '/app/*' -o -path '/venv/*' \\) -user 10001 -print",
}
MOST_OF_OURS = 130 << 20


def image() -> dict[str, Any]:
    done = subprocess.run(
        ["docker", "image", "inspect", os.environ["TEST_IMAGE"]], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)[0]
    return found


def run(*arguments: str, entrypoint: str = "", environment: str = "") -> subprocess.CompletedProcess[str]:
    options = [f"--entrypoint={entrypoint}"] * bool(entrypoint) + [f"--env={environment}"] * bool(environment)
    command = ["docker", "run", "--rm", "--read-only", "--network=none", *options, os.environ["TEST_IMAGE"], *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def layers() -> list[int]:
    command = ["docker", "history", "--human=false", "--format={{.Size}} {{.CreatedBy}}", os.environ["TEST_IMAGE"]]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    ours = next(number for number, line in enumerate(told) if "LABEL org.opencontainers" in line)
    return [int(line.split()[0]) for line in told[: ours + 1]]


def test_the_image_runs_as_nobody_in_particular_and_tells_its_health(figures: Figures) -> None:
    # X1
    made = image()
    assert made["Config"]["User"] == "10001:10001"
    assert made["Config"]["Healthcheck"]["Test"] == ["CMD", "python", "-m", "bot", "health"]
    assert made["Config"]["StopSignal"] == "SIGTERM"
    assert made["Config"]["Labels"]["org.opencontainers.image.licenses"] == "MIT"
    assert sum(layers()) < MOST_OF_OURS
    figures("X1", image_mb=round(made["Size"] / 1e6), of_which_ours_mb=round(sum(layers()) / 1e6))


@pytest.mark.parametrize("what", TOO_MUCH)
def test_nothing_is_in_the_image_that_does_not_run(what: str) -> None:
    # X1
    done = run("-c", f"{FIND} {TOO_MUCH[what]}", entrypoint="sh")
    assert done.stdout == ""


def test_every_module_is_compiled_ahead() -> None:
    # X1
    uncompiled = (
        "import pathlib as p; print([str(f) for f in p.Path('/app').rglob('*.py') "
        "if not list((f.parent / '__pycache__').glob(f.stem + '.*.pyc'))])"
    )
    assert run("-c", uncompiled, entrypoint="python").stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["run", "check --ready"])
def test_without_a_token_one_line_says_so(command: str) -> None:
    # X1
    done = run(*command.split())
    assert done.returncode == 78
    assert len((done.stdout + done.stderr).splitlines()) == 1
    assert "telegram.token: missing" in done.stderr


def test_a_mistake_in_the_configuration_is_told_in_one_line() -> None:
    # X1
    done = run("run", environment="DENGTA__TELEGRAM__TOKN=1:a")
    assert done.returncode == 78
    assert (done.stdout + done.stderr).splitlines() == [
        "telegram.tokn (DENGTA__TELEGRAM__TOKN): unknown key; did you mean DENGTA__TELEGRAM__TOKEN?"
    ]
