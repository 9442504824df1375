"""config.example.toml documents every key, and its values are the defaults."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path

from bot.configuration.mistakes import all_keys
from bot.configuration.source import lines_of
from bot.settings import Settings, load
from rules.conduct.policy import DEFAULTS

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def policy_keys() -> Iterator[str]:
    for field in fields(DEFAULTS):
        value = getattr(DEFAULTS, field.name)
        inner = [f".{each.name}" for each in fields(value)] if is_dataclass(value) else [""]
        yield from (f"policy.{field.name}{name}" for name in inner)


def test_the_example_is_equal_to_the_defaults() -> None:
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    policy = example.pop("policy")
    assert Settings.model_validate(example) == Settings()
    assert policy == json.loads(json.dumps(asdict(DEFAULTS)))


def test_the_example_is_a_configuration_without_a_mistake() -> None:
    assert load(EXAMPLE, {}).telegram == Settings().telegram


def test_the_example_holds_and_explains_every_key() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    places = lines_of(text)
    for key in (*all_keys(Settings), *policy_keys()):
        assert key in places, f"{key} is missing"
        assert " # " in text.splitlines()[places[key] - 1], f"{key} has no comment"
