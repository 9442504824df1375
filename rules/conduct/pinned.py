"""The settings a group began with beside those of this program: what stays as it was, and what is offered as new."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rules.conduct.policy import DEFAULTS
from rules.conduct.policy_layers import DEFAULTS_LAYER, Loaded, dump, fits, keys, types, value_of

OFF = "off"


class Difference(NamedTuple):
    """A setting that this program would begin with otherwise; `before` is what holds in the group."""

    key: str
    before: object
    after: object


@cache
def of_program() -> Mapping[str, object]:
    """All that a group begins with today."""
    return dump(DEFAULTS)


def mark(settings: Mapping[str, object]) -> str:
    """The same for the same settings, in every process and version."""
    content = json.dumps(settings, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@cache
def mark_of_program() -> str:
    return mark(of_program())


def layer(began: Mapping[str, object]) -> dict[str, object]:
    """The lowest layer of a group that began with these settings: a rule they did not know is off, any other setting
    they did not know is the program's, and what the program no longer knows is left out."""
    if not began:
        return {}
    unknown = [key for key in keys() if key not in began]
    new_rules = {key: OFF for key in unknown if key.endswith(".mode") and fits(types()[key], OFF)}
    return {key: began[key] for key in keys() if key in began} | new_rules


def differences(loaded: Loaded) -> tuple[Difference, ...]:
    """What would become otherwise with the program's defaults: only what nobody has set."""
    found = (
        Difference(key, value_of(loaded.policy, key), value_of(DEFAULTS, key))
        for key in keys()
        if loaded.origin.get(key, DEFAULTS_LAYER) == DEFAULTS_LAYER
    )
    return tuple(each for each in found if each.before != each.after)


def begins(changes: tuple[Difference, ...]) -> tuple[str, ...]:
    """The rules that are enforced from now on and were not before."""
    return tuple(
        each.key.removesuffix(".mode")
        for each in changes
        if each.key.endswith(".mode") and each.after == "enforce" and each.before != "enforce"
    )
