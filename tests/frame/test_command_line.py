"""The command line: what it offers, what it refuses, with which exit code."""

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
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


def test_check_says_when_it_is_not_ready_to_run(tmp_path: Path) -> None:
    assert "telegram.token is missing" in bot("check", cwd=tmp_path).stdout


@pytest.fixture
def health_server() -> Iterator[str]:
    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/healthz" else 503)
            self.end_headers()
            self.wfile.write(self.path.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_health_asks_the_running_bot(health_server: str, tmp_path: Path) -> None:
    alive = bot("health", cwd=tmp_path, DENGTA__WEB__LISTEN=health_server)
    assert (alive.returncode, alive.stdout) == (0, "/healthz\n")
    ready = bot("health", "--ready", cwd=tmp_path, DENGTA__WEB__LISTEN=health_server)
    assert (ready.returncode, ready.stdout) == (1, "/readyz\n")


def test_health_fails_when_nobody_answers(tmp_path: Path) -> None:
    done = bot("health", cwd=tmp_path, DENGTA__WEB__LISTEN="127.0.0.1:1")
    assert done.returncode == 1
    assert "nobody answers at 127.0.0.1:1" in done.stderr


def test_health_imports_nothing_but_the_standard_library() -> None:
    script = (
        "import sys; before = set(sys.modules); from bot.__main__ import main; main(['health'])\n"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(loaded - sys.stdlib_module_names - {'bot'}))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


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
