"""Arguments that make no sense are refused before anything is opened, so no bot and no database stand behind this."""

import pytest

from bot.settings import Settings
from tests.cli.command import bot


@pytest.mark.parametrize(
    "arguments",
    [
        "why", "why x", "capture", "capture 1.5", "replay --days 0", "replay x",
        "redecide x", "redecide 1 --all", "redecide 1 2", "redecide --every",
    ],
)  # fmt: skip
async def test_wrong_arguments_are_answered_in_one_line(arguments: str) -> None:
    ran = await bot(Settings(), *arguments.split())
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
