"""The laws of the files that make a container, held without an engine; that they work is shown in tests/container."""

import re
from pathlib import Path

import pytest

from bot import VERSION

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
OURS = ("bot", "handlers", "rules", "locales", "migrations")
KEPT_OUT = (
    ".git",
    "tests",
    "sandbox",
    ".venv",
    ".demo",
    "secrets",
    "data",
    "config.toml",
    ".env",
    "benchmarks",
    "docs",
    ".ci",
)


def test_the_image_needs_no_other_front_end_and_its_base_can_be_pinned() -> None:
    # X1
    assert "syntax=" not in DOCKERFILE
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["${PYTHON_IMAGE}", "${PYTHON_IMAGE}"]
    assert re.search(r"^ARG PYTHON_IMAGE=python:3\.\d+-slim", DOCKERFILE, re.MULTILINE)


def test_packages_are_installed_by_their_hashes_and_ready_made() -> None:
    # X1
    installs = re.findall(r"pip install.*", DOCKERFILE)
    assert installs
    assert all("--require-hashes" in line and "--only-binary=:all:" in line for line in installs)


@pytest.mark.parametrize(
    "line",
    [
        "USER 10001:10001",
        "STOPSIGNAL SIGTERM",
        'CMD ["python", "-m", "bot", "health"]',
        'ENTRYPOINT ["python", "-m", "bot"]',
        "SQLITE_TMPDIR=/data",
        f"ARG VERSION={VERSION}",
    ],
)
def test_the_image_says(line: str) -> None:
    # X1
    assert line in DOCKERFILE


def test_the_image_carries_no_settings_of_one_machine() -> None:
    # X1
    said = DOCKERFILE.replace("sqlite://", "").replace("\nARG PIP_INDEX_URL\n", "\n")
    assert not re.search(r"PIP_|CERT|PROXY|index-url|trusted-host|://(?!/)", said, re.IGNORECASE)


def test_an_index_of_ones_own_is_known_to_the_stage_that_is_thrown_away_and_to_no_other() -> None:
    # X1
    _, thrown_away, kept = re.split(r"^FROM .*$", DOCKERFILE, flags=re.MULTILINE)
    assert "\nARG PIP_INDEX_URL\n" in thrown_away
    assert "PIP_INDEX_URL" not in kept
    assert "COPY --from=build /venv /venv" in kept


def test_only_what_runs_is_handed_to_the_build() -> None:
    # X1
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    let_in = {rule[1:] for rule in rules if rule.startswith("!")}
    assert rules[0] == "*"
    assert let_in == {*OURS, "requirements.txt"}
    assert let_in.isdisjoint(KEPT_OUT)
    assert set(re.findall(r"^COPY (\w+) ", DOCKERFILE, re.MULTILINE)) == set(OURS)


@pytest.mark.parametrize(
    "law",
    [
        "cap_drop: [ALL]", "no-new-privileges:true", "read_only: true", "pids_limit: 256", "mem_limit: 512m",
        "stop_grace_period: 30s", "restart: unless-stopped", "max-size: 10m", 'max-file: "3"',
        "target: dengta__telegram__token", "profiles: [postgres]", "interval: 5s",
    ],
)  # fmt: skip
def test_compose_keeps(law: str) -> None:
    # X1
    assert law in COMPOSE


def test_compose_opens_no_port_and_demands_no_setting() -> None:
    # X1
    assert "ports:" not in COMPOSE
    assert ":?" not in COMPOSE  # demanded of those too who never use the profile
    assert set(re.findall(r"\$\{(\w+)", COMPOSE)) == {
        "DENGTA_IMAGE",
        "DENGTA_DATABASE",
        "DENGTA_CONFIG",
        "POSTGRES_PASSWORD",
    }


def test_nothing_of_an_operator_can_be_committed_by_mistake() -> None:
    # X1
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {"/secrets/", "/config.toml", "/.env", "/data/"} <= set(ignored)
