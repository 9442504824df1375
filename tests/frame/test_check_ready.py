"""`check --ready`: what a container asks before the bot starts."""

import asyncio
from pathlib import Path
from subprocess import CompletedProcess

from sandbox.processes import TOKEN
from sandbox.serve import serve
from sandbox.world import World
from tests.frame.test_command_line import bot

NOBODY = "http://127.0.0.1:9"


async def ready(folder: Path, token: str, telegram: str = NOBODY, **more: str) -> CompletedProcess[str]:
    given = more | ({"DENGTA__TELEGRAM__TOKEN": token} if token else {})
    return await asyncio.to_thread(
        bot, "check", "--ready", cwd=folder, DENGTA__TELEGRAM__API_BASE_URL=telegram, **given
    )


async def test_a_missing_token_is_told_in_one_line(tmp_path: Path) -> None:
    # X1
    done = await ready(tmp_path, "")
    assert (done.returncode, done.stdout) == (78, "")
    assert len(done.stderr.splitlines()) == 1
    assert "telegram.token: missing" in done.stderr


async def test_a_token_that_telegram_refuses_is_told_in_one_line_without_the_token(tmp_path: Path) -> None:
    # X1, T5
    async with serve(World(token=TOKEN)) as telegram:
        done = await ready(tmp_path, "100001:somebody-elses", telegram)
    assert (done.returncode, done.stdout) == (78, "")
    (line,) = done.stderr.splitlines()
    assert "telegram.token (DENGTA__TELEGRAM__TOKEN): Telegram refuses this token" in line
    assert "somebody" not in line


async def test_a_token_that_telegram_knows_is_well(tmp_path: Path) -> None:
    # X1
    async with serve(World(token=TOKEN)) as telegram:
        done = await ready(tmp_path, TOKEN, telegram)
    assert done.returncode == 0
    assert "Telegram knows this token: it is @dengta_bot." in done.stdout


async def test_that_telegram_is_away_is_no_mistake(tmp_path: Path) -> None:
    # X1
    done = await ready(tmp_path, TOKEN)
    assert done.returncode == 0
    assert "the bot will wait for it" in done.stdout
