"""Checks values against the official description of the Bot API (schema-10.0.json); reports, never raises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

SCHEMA = json.loads(Path(__file__).with_name("schema-10.0.json").read_text())
TYPES, METHODS = SCHEMA["types"], SCHEMA["methods"]
PLAIN: dict[str, tuple[type, ...]] = {"Integer": (int,), "String": (str,), "Boolean": (bool,), "Float": (int, float)}
ARRAY = "Array of "


def problems(value: Any, kind: str, at: str) -> Iterator[str]:
    """Everything that is wrong with a value of that type, with the path to it."""
    if kind.startswith(ARRAY):
        yield from of_array(value, kind.removeprefix(ARRAY), at)
    elif kind in PLAIN:
        if not isinstance(value, PLAIN[kind]) or (kind in ("Integer", "Float") and isinstance(value, bool)):
            yield f"{at}: {value!r} is no {kind}"
    elif not isinstance(value, dict):
        yield f"{at}: {value!r} is no {kind}"
    elif "subtypes" in TYPES[kind]:
        yield from of_union(value, kind, at)
    else:
        yield from of_object(value, kind, at)


def of_array(value: Any, kind: str, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{at}: {value!r} is no array"
        return
    for number, item in enumerate(value):
        yield from problems(item, kind, f"{at}[{number}]")


def of_object(value: dict[str, Any], kind: str, at: str) -> Iterator[str]:
    known = fields(kind)
    for name, field in known.items():
        if field["required"] and name not in value:
            yield f"{at}: {kind} without {name}"
    for name, item in value.items():
        if name not in known:
            yield f"{at}: {kind} has no {name}"
        elif known[name].get("const", item) != item:
            yield f"{at}.{name}: {item!r} where {known[name]['const']!r} must be"
        else:
            yield from any_of(item, known[name]["types"], f"{at}.{name}")


def of_union(value: dict[str, Any], kind: str, at: str) -> Iterator[str]:
    """The member that the discriminating constants choose; without constants, any member that fits."""
    chosen = [one for one in members(kind) if constants_fit(value, one)]
    if not chosen:
        yield f"{at}: {value!r} is no member of {kind}"
    else:
        yield from any_of(value, chosen, at)


def any_of(value: Any, kinds: list[str], at: str) -> Iterator[str]:
    found = [list(problems(value, kind, at)) for kind in kinds]
    if all(found):
        yield from min(found, key=len)


@cache
def fields(kind: str) -> dict[str, Any]:
    return {field["name"]: field for field in TYPES[kind].get("fields", ())}


def members(kind: str) -> list[str]:
    return [leaf for one in TYPES[kind]["subtypes"] for leaf in (members(one) if "subtypes" in TYPES[one] else [one])]


def constants_fit(value: dict[str, Any], kind: str) -> bool:
    return all(value.get(name) == field["const"] for name, field in fields(kind).items() if "const" in field)


def answer_problems(method: str, result: Any) -> list[str]:
    return list(any_of(result, METHODS[method]["returns"], method))


def update_problems(update: Any) -> list[str]:
    return list(problems(update, "Update", "update"))
