"""The command line: what it offers, what it refuses, with which exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAHcanaryCANARYcanaryCANARYcanary_-9"


def bot(*arguments: str, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *arguments]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DENGTA_")}
    environment = clean | {"PYTHONPATH": str(ROOT)} | environ
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_help_lists_the_commands_there_are() -> None:
    done = bot("--help")
    assert done.returncode == 0
    for module in (ROOT / "bot" / "cli").glob("[a-z]*.py"):
        assert f"\n  {module.stem} " in done.stdout


def test_whoever_names_no_command_is_shown_them_all() -> None:
    assert bot().stderr == bot("--help").stdout


@pytest.mark.parametrize("arguments", [(), ("helth",), ("check", "--nonsense")])
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    done = bot(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage:" in done.stderr


def test_a_wrong_configuration_ends_with_78_and_one_line_a_mistake(tmp_path: Path) -> None:
    # K1
    config = tmp_path / "c.toml"
    config.write_text(f'[telegram]\ntoken = "{TOKEN}!"\ntokn = "{TOKEN}"\nproxy = "{TOKEN}"\n')
    done = bot("check", "--config", str(config), DENGTA__WEB__LISTEN=TOKEN, DENGTA__WEB__PORT="-1")
    assert done.returncode == 78
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 5
    assert "canary" not in done.stderr.lower()  # S7


def test_check_says_what_the_configuration_means_without_a_secret(tmp_path: Path) -> None:
    done = bot("check", cwd=tmp_path, DENGTA__TELEGRAM__TOKEN=TOKEN, DENGTA__STORAGE__URL="postgresql://u:canary@h/d")
    assert done.returncode == 0
    assert "canary" not in done.stdout.lower()  # S7
    assert "DENGTA__TELEGRAM__TOKEN" in done.stdout
    assert "Updates come by polling from https://api.telegram.org." in done.stdout
    assert "PostgreSQL database postgresql://u:***@h/d" in done.stdout


def test_check_says_who_calls_whom_by_webhook(tmp_path: Path) -> None:
    given = {"PUBLIC_URL": "https://bot.example.org", "SECRET": "canary-canary-canary"}
    environ = {f"DENGTA__WEBHOOK__{key}": value for key, value in given.items()}
    done = bot("check", cwd=tmp_path, DENGTA__TELEGRAM__TOKEN=TOKEN, DENGTA__TELEGRAM__INTAKE="webhook", **environ)
    assert done.returncode == 0
    assert "canary" not in done.stdout.lower()  # S7
    assert (
        "Updates come by webhook: https://api.telegram.org calls https://bot.example.org/telegram,"
        " and a proxy there hands it on to 127.0.0.1:8081, where we listen."
    ) in done.stdout


def test_check_warns_of_health_that_other_machines_can_read(tmp_path: Path) -> None:
    assert "Careful" not in bot("check", cwd=tmp_path).stdout
    said = bot("check", cwd=tmp_path, DENGTA__WEB__LISTEN="0.0.0.0:8080").stdout
    assert "Careful: health and metrics can be read by other machines" in said


def test_check_warns_of_a_webhook_that_other_machines_reach_in_plain_http(tmp_path: Path) -> None:
    given = {
        "TELEGRAM__INTAKE": "webhook", "WEBHOOK__PUBLIC_URL": "https://bot.example.org",
        "WEBHOOK__SECRET": "canary-canary-canary", "WEBHOOK__LISTEN": "0.0.0.0:8081",
    }  # fmt: skip
    said = bot("check", cwd=tmp_path, **{f"DENGTA__{key}": value for key, value in given.items()}).stdout
    assert "Careful: webhook.listen is plain HTTP that other machines can reach" in said
    assert "webhook.listen = 0.0.0.0:8081" in said


def test_check_says_when_it_is_not_ready_to_run(tmp_path: Path) -> None:
    done = bot("check", cwd=tmp_path)
    last = done.stdout.splitlines()[-1]
    assert done.returncode == 0, "what is there may be looked at without a token"
    assert last.startswith("Not ready to run: telegram.token is missing. With --ready this is refused")


def test_migrate_brings_an_empty_database_to_the_newest_schema_once(empty_database_url: str, tmp_path: Path) -> None:
    first = bot("migrate", cwd=tmp_path, DENGTA__STORAGE__URL=empty_database_url)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("The database has the newest schema now: empty → ")
    second = bot("migrate", cwd=tmp_path, DENGTA__STORAGE__URL=empty_database_url)
    assert second.stdout.startswith("The database has the newest schema, ")


def test_migrate_says_in_one_line_what_is_wrong_with_a_database(tmp_path: Path) -> None:
    (tmp_path / "t.db").write_text("not a database, but a file of somebody else" * 50)
    done = bot("migrate", cwd=tmp_path, DENGTA__STORAGE__URL="sqlite:///t.db")
    assert done.returncode == 1
    assert done.stderr.startswith("storage.url: ")
    assert "Traceback" not in done.stderr
