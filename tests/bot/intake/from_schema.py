"""Updates made up from the official description, true to it or bent, the same for the same seed."""

import json
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

TYPES = json.loads((Path(__file__).parents[2] / "sandbox" / "schema-10.0.json").read_text())["types"]
TEXTS = ("", "大家好", "/warn", "警告", "<b>x</b>", "a" * 4096, "\u202e\u200b反", "👨‍👩‍👧", "{user.__class__}")
BROKEN_TEXTS = ("\ud800", "\0", "x\udfff\0y")
NUMBERS = (0, 1, -1, 30, 2**31, -1001234567890, 2**52)
BROKEN_NUMBERS = (2**63, -(2**63) - 1, 1.5)
BROKEN: tuple[Any, ...] = (*BROKEN_TEXTS, *BROKEN_NUMBERS, {}, [], "x", 7, True, None, [None], {"a": {}})


class Bends(NamedTuple):
    """How often (0 to 1) an optional field is sent as null, an unknown one is added, and the description is broken."""

    null: float = 0.0
    unknown: float = 0.0
    broken: float = 0.0


TRUE = Bends()


def update(seed: int, bends: Bends = TRUE) -> dict[str, Any]:
    random = Random(seed)
    kinds = [field for field in TYPES["Update"]["fields"] if field["name"] != "update_id"]
    likely = [field for field in kinds if field["name"] in {"message", "edited_message", "chat_member"}]
    field = random.choice(likely if random.random() < 0.7 else kinds)
    return {"update_id": seed, field["name"]: value(field["types"][0], random, bends, depth=0)}


def value(name: str, random: Random, bends: Bends, depth: int) -> Any:
    if bends.broken and random.random() < bends.broken:
        return random.choice(BROKEN)
    if name.startswith("Array of "):
        return [value(name[9:], random, bends, depth + 1) for _ in range(random.choice((0, 1, 2)))]
    match name:
        case "Integer":
            return random.choice(NUMBERS)
        case "String":
            return random.choice(TEXTS)
        case "Boolean":
            return random.random() < 0.5
        case "Float":
            return random.random()
        case "True":
            return True
    return struct(TYPES[name], random, bends, depth)


def struct(described: dict[str, Any], random: Random, bends: Bends, depth: int) -> Any:
    if subtypes := described.get("subtypes"):
        return value(random.choice(subtypes), random, bends, depth)
    made: dict[str, Any] = {}
    for field in described.get("fields", ()):
        if field["required"]:
            made[field["name"]] = constant_or_value(field, random, bends, depth)
        elif bends.null and random.random() < bends.null:
            made[field["name"]] = None
        elif random.random() < (0.25, 0.15, 0.05)[min(depth, 2)] and depth < 6:
            made[field["name"]] = constant_or_value(field, random, bends, depth)
    if bends.unknown and random.random() < bends.unknown:
        made["a_field_of_tomorrow"] = {"type": "future", "list": [1, None]}
    if bends.broken and made and random.random() < bends.broken:
        del made[random.choice(sorted(made))]
    return made


def constant_or_value(field: dict[str, Any], random: Random, bends: Bends, depth: int) -> Any:
    if "const" in field:
        return field["const"]
    if field["name"] == "type" and depth == 1:
        return random.choice(("group", "supergroup", "private", "channel"))
    return value(random.choice(field["types"]), random, bends, depth + 1)
