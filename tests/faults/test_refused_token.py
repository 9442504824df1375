"""A token that is missing, refused or taken back: the program ends with 78 and one line, and never shows it."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.processes import TOKEN, BotProcess, ProcessError
from tests.faults.process import INSULT, Camp, camp

CONFIGURATION = 78
REFUSED = "telegram.token: Telegram refuses this token; get a valid one from @BotFather"
SECRET = TOKEN.partition(":")[2]


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Camp]:
    async with camp(tmp_path, database_url) as made:
        yield made


def told(log: str) -> list[str]:
    """What is meant for the operator: all that is no line of the log."""
    lines = [line for line in log.splitlines() if not line.startswith("{")]
    assert "Traceback" not in log
    assert "traceback" not in {key for line in log.splitlines() if line not in lines for key in json.loads(line)}
    assert SECRET not in log
    return lines


async def refused_at_start(bot: BotProcess) -> list[str]:
    with pytest.raises(ProcessError):
        await bot.start()
    assert await bot.wait() == CONFIGURATION
    return told(bot.log.read_text())


async def test_without_a_token_it_does_not_start(tmp_path: Path, database_url: str) -> None:
    # I2
    async with camp(tmp_path, database_url) as stage:
        address = stage.people.url
        bare = BotProcess(tmp_path / "bare", address, database_url, {"telegram": {"api_base_url": address}})
        (line,) = await refused_at_start(bare)
        assert re.match(r"telegram\.token: missing; set it in config\.toml, in DENGTA__TELEGRAM__TOKEN", line)
        assert stage.calls("getMe") == []


async def test_a_token_that_telegram_refuses_ends_the_start(stage: Camp) -> None:
    # T5 I2
    stage.world.token = "424242:another"
    assert await refused_at_start(stage.bot) == [REFUSED]


async def test_a_token_that_is_taken_back_ends_the_program_and_nothing_is_lost(stage: Camp) -> None:
    # T5
    lin = await stage.member("林晓")
    await stage.start()
    await stage.say(lin, "早上好")
    await stage.settled()
    stage.world.token = "424242:another"
    await stage.say(lin, INSULT)
    assert await stage.bot.wait() == CONFIGURATION
    assert told(stage.bot.log.read_text()) == [REFUSED]
    stage.world.token = TOKEN
    await stage.start()
    await stage.settled()
    assert [each.rule for each in await stage.decided()] == ["insult"]
