"""The page that says who may do what is what the table of powers says."""

import tomllib

import pytest

from bot.powers import ASKED
from scripts import roles


def test_the_page_says_what_the_table_says(capsys: pytest.CaptureFixture[str]) -> None:  # S8, N05
    assert roles.main(["--check"]) == 0, capsys.readouterr().err


def test_every_command_and_every_family_of_buttons_has_words_in_both_languages() -> None:
    words = tomllib.loads(roles.WORDS.read_text("utf-8"))
    families = {action.split(".")[1] for action in ASKED if action.startswith("press.")}
    assert families <= set(words["press"])
    assert all(all(pair) for kind in ("command", "press") for pair in words[kind].values())


def test_an_action_without_words_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "ASKED", {"command.dance": ASKED["command.warn"]})
    assert roles.main(["--check"]) == 1
    assert "command.dance" in capsys.readouterr().err
