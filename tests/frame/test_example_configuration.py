"""config.example.toml documents every key, and its values are the defaults."""

import tomllib
from pathlib import Path

import pytest

from bot.configsource import lines_of
from bot.mistakes import all_keys
from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_is_equal_to_the_defaults() -> None:
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    example.pop("policy", None)
    assert Settings.model_validate(example) == Settings()


@pytest.mark.parametrize("key", sorted(all_keys(Settings)))
def test_the_example_holds_and_explains_every_key(key: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    line = lines_of(text).get(key)
    assert line is not None, f"{key} is missing"
    assert "# " in text.splitlines()[line - 1], f"{key} has no comment"
