"""`python -m bot health`: one line and 0 or 1, without the weight of the bot, at the address the bot itself reads."""

import asyncio
import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.health import DEFAULT, address
from bot.settings import Settings, load
from bot.web import Health
from tests.cli.command import ROOT

ANY = "127.0.0.1:0"
CANARY = "123456789:AAHcanaryCANARYcanaryCANARYcanary_-9"


def health(*options: str, cwd: Path, **environ: str) -> tuple[int, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DENGTA")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "health", *options], cwd=cwd, capture_output=True, text=True, check=False,
        env=clean | {"PYTHONPATH": str(ROOT)} | environ,
    )  # fmt: skip
    lines = (done.stdout + done.stderr).splitlines()
    assert len(lines) == 1, lines
    return done.returncode, lines[0]


async def fine() -> str:
    return ""


async def asked(listener: Health, tmp_path: Path, *options: str) -> tuple[int, str]:
    listen = {"DENGTA__WEB__LISTEN": f"127.0.0.1:{listener.port}"}
    return await asyncio.to_thread(lambda: health(*options, cwd=tmp_path, **listen))


async def test_it_says_whether_the_bot_lives_and_whether_it_is_ready(tmp_path: Path) -> None:
    # H1
    async with Health(ANY) as listener:
        assert await asked(listener, tmp_path) == (0, "health: ok")
        for name in ("schema", "lease", "telegram", "work"):
            listener.readiness.set(name, fine)
        listener.readiness.set("database", "the disk is full: free some space")
        assert await asked(listener, tmp_path, "--ready") == (1, "health: database: the disk is full: free some space")
        listener.readiness.set("database", fine)
        assert await asked(listener, tmp_path, "--ready") == (0, "health: ready")


@pytest.mark.parametrize(
    ("listen", "line"),
    [
        ("127.0.0.1:1", "health: nobody answers at 127.0.0.1:1 (Connection refused)"),
        (ANY, "health: web.listen has port 0, so nobody can know where the bot listens; give it a number"),
        (CANARY, "health: web.listen must be host:port"),  # S7
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(tmp_path: Path, listen: str, line: str) -> None:
    assert health(cwd=tmp_path, DENGTA__WEB__LISTEN=listen) == (1, line)


def test_a_configuration_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[web\n")
    code, line = health("--config", str(broken), cwd=tmp_path)
    assert code == 1
    assert line.startswith("health: configuration file")


@pytest.mark.parametrize(
    ("file", "environ", "secret"),
    [
        ("", {}, ""),
        ('[web]\nlisten = "127.0.0.1:7001"', {}, ""),
        ('[web]\nlisten = "127.0.0.1:7001"', {"DENGTA__WEB__LISTEN": "[::1]:7002"}, ""),
        ('[web]\nlisten = "127.0.0.1:7001"', {}, "0.0.0.0:7003"),
        ("", {"DENGTA__WEB__LISTEN": "127.0.0.1:7004"}, "127.0.0.1:7005"),
    ],
)
def test_it_asks_where_the_bot_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, environ: Mapping[str, str], secret: str
) -> None:
    config, secrets = tmp_path / "config.toml", tmp_path / "secrets"
    config.write_text(file)
    secrets.mkdir()
    if secret:
        (secrets / "dengta__web__listen").write_text(secret)
    given = {"DENGTA_SECRETS_DIR": str(secrets), **environ}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert address(Namespace(config=config)) == load(config, given).web.listen


def test_the_default_is_the_bots_default() -> None:
    assert Settings().web.listen == DEFAULT


def test_it_loads_nothing_but_the_standard_library_and_is_quick(tmp_path: Path) -> None:
    # H1
    probe = (
        "import sys; from bot.__main__ import main; code = main(['health']);"
        "heavy = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names) - set(before);"
        "print(sorted(heavy - {'bot'}), code)"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DENGTA__WEB__LISTEN": "127.0.0.1:1"}
    command = [sys.executable, "-c", f"import sys; before = {{n.partition('.')[0] for n in sys.modules}}; {probe}"]
    took = []
    for _ in range(3):
        began = time.perf_counter()
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True)
        took.append(time.perf_counter() - began)
    assert done.stdout == "[] 1\n"
    assert min(took) < 0.5
