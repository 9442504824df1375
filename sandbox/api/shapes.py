"""Fits a JSON parameter to its official type; unknown fields are dropped, wrong ones refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sandbox.world.records import Json

DESCRIPTION = json.loads(Path(__file__).with_name("description.json").read_text())
FIELDS: dict[str, dict[str, str]] = DESCRIPTION["methods"]
TYPES: dict[str, Any] = DESCRIPTION["types"]
PLAIN = frozenset({"Integer", "String", "Boolean", "Float", "InputFile"})
ARRAY = "Array of "


class Misfit(Exception):
    """What does not fit, in the real server's manner."""


def fit(value: Any, kinds: str, name: str) -> Any:
    """The value as one of the `|`-separated kinds; the complaint is the last kind's."""
    complaint = Misfit(f'Field "{name}" is wrong')
    for kind in kinds.split("|"):
        try:
            return fit_one(value, kind, name)
        except Misfit as misfit:
            complaint = misfit
    raise complaint


def fit_one(value: Any, kind: str, name: str) -> Any:
    if kind.startswith(ARRAY):
        if not isinstance(value, list):
            raise Misfit(f'Field "{name}" must be of type Array')
        return [fit_one(item, kind.removeprefix(ARRAY), name) for item in value]
    if kind in PLAIN:
        return fit_plain(value, kind, name)
    if not isinstance(value, dict):
        raise Misfit(f'Field "{name}" must be of type Object')
    shape = TYPES[kind]
    return fit_union(value, shape, name) if isinstance(shape, list) else fit_object(value, shape)


def fit_plain(value: Any, kind: str, name: str) -> Any:
    """Numbers may come as text; nothing else is bent."""
    if kind == "Boolean" and isinstance(value, bool):
        return value
    if kind in ("String", "InputFile") and isinstance(value, str):
        return value
    if kind in ("Integer", "Float") and not isinstance(value, bool):
        try:
            return int(value) if kind == "Integer" and not isinstance(value, float) else float(value)
        except (TypeError, ValueError):
            pass
    raise Misfit(f'Field "{name}" must be of type {kind}')


def fit_union(value: Json, members: list[str], name: str) -> Json:
    for member in leaves(members):
        shape = TYPES[member]
        marks = {field: kind.partition("=")[2] for field, kind in shape.items() if "=" in kind}
        if all(value.get(field) == mark for field, mark in marks.items()):
            return fit_object(value, shape)
    raise Misfit(f'unsupported type of field "{name}" specified')


def leaves(members: list[str]) -> list[str]:
    return [one for m in members for one in (leaves(TYPES[m]) if isinstance(TYPES[m], list) else [m])]


def fit_object(value: Json, shape: dict[str, str]) -> Json:
    fitted: Json = {}
    for name, kind in shape.items():
        item = value.get(name)
        if item is not None:
            fitted[name] = fit(item, kind.lstrip("!").partition("=")[0], name)
        elif kind.startswith("!"):
            raise Misfit(f'Can\'t find field "{name}"')
    return fitted
