"""How a command ends is told by its exit code: 0 ok, 1 failed, 2 usage, 78 configuration or token."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest

import bot.cli.health
from bot.__main__ import main
from bot.configuration.source import ConfigError, Problem


def raising(error: BaseException) -> Callable[..., NoReturn]:
    def command(*_: Any) -> NoReturn:
        raise error

    return command


ENDS = (
    (ZeroDivisionError("a mistake of ours"), 1),
    (KeyboardInterrupt(), 1),
    (ConfigError(Problem("web.listen", "config.toml:3", "no address")), 78),
)


@pytest.mark.parametrize(("error", "code"), ENDS, ids=lambda given: type(given).__name__)
def test_whatever_ends_a_command_has_its_code(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bot.cli.health, "main", raising(error))
    assert main(["health"]) == code
    assert ("web.listen (config.toml:3): no address" in capsys.readouterr().err) == (code == 78)


def test_a_command_says_itself_how_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in (0, 1):
        monkeypatch.setattr(bot.cli.health, "main", lambda *_, code=code: code)
        assert main(["health"]) == code
