"""Whatever the description allows, and much that it does not, is read or set aside, and never stops the intake."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.intake import wire
from rules.conduct.facts import Facts
from tests.bot.intake.from_schema import Bends, update

seeds = st.integers(1, 2**31)


def body(*updates: Any) -> bytes:
    return json.dumps({"ok": True, "result": updates}).encode()


@settings(max_examples=2000, deadline=None)
@given(seeds)
def test_every_update_true_to_the_description_is_read(seed: int) -> None:  # T7
    (incoming,) = wire.decode_batch(body(update(seed, Bends(null=0.1, unknown=0.1))))
    assert incoming.update_id == seed
    assert incoming.kind != "undecided", incoming.reason


@settings(max_examples=2000, deadline=None)
@given(seeds)
def test_a_broken_update_harms_neither_its_neighbours_nor_the_books(seed: int) -> None:  # T7
    bent, sound = update(seed, Bends(null=0.05, unknown=0.05, broken=0.03)), update(seed + 1)
    first, second, third = wire.decode_batch(body(sound, bent, sound))
    assert first == second._replace(**first._asdict()) == third
    for facts in (second.facts, *second.also):
        if facts is not None:
            assert_storable(facts)


@given(st.binary(max_size=200))
@example(b"")
@example(b"<html>502</html>")
@example(b"[]")
@example(b"null")
@example(b'{"ok":true}')
@example(b'{"ok":true,"result":null}')
@example(b'{"ok":false,"error_code":409,"description":"Conflict"}')
def test_an_answer_that_is_none_is_refused_by_name(noise: bytes) -> None:  # T2
    with contextlib.suppress(wire.BadBody):
        assert wire.decode_batch(noise) == []


@pytest.mark.parametrize("depth", [500, 5_000, 100_000])
def test_a_bottomless_answer_is_refused_by_name(depth: int) -> None:  # T2
    with pytest.raises(wire.BadBody):
        wire.decode_batch(b'{"ok":true,"result":' + b"[" * depth)


def assert_storable(facts: Facts) -> None:
    for value in flat(facts):
        if isinstance(value, str):
            assert "\0" not in value
            value.encode()
        elif isinstance(value, int):
            assert -(2**63) <= value < 2**63


def flat(value: object) -> list[object]:
    return [leaf for each in value for leaf in flat(each)] if isinstance(value, tuple) else [value]
