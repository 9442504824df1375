"""Says what is wrong with a configuration in one line an operator can act on; knows the model, no particular key."""

import difflib
import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.configuration.source import PREFIX, Problem, Sources, environment_name

HIDDEN = "(not shown)"


def all_keys(model: type[BaseModel]) -> Iterator[str]:
    """Every section.key of the sections that have fixed keys."""
    for name, field in model.model_fields.items():
        if (section := section_of(field)) is not None:
            yield from (f"{name}.{key}" for key in section.model_fields)


def field_of(model: type[BaseModel], path: list[str]) -> FieldInfo:
    field = model.model_fields[path[0]]
    section = section_of(field)
    return field if section is None or len(path) == 1 else section.model_fields[path[1]]


def section_of(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def problem_of(model: type[BaseModel], detail: ErrorDetails, sources: Sources) -> Problem:
    path = [str(part) for part in detail["loc"] if not isinstance(part, int)]
    key = ".".join(path)
    where = sources.origin(key)
    if detail["type"] == "extra_forbidden":
        meant = nearest_key(model, path)
        return Problem(key, where, "unknown key", meant=named_as_in(where, meant))
    field = field_of(model, path)
    allowed = field.description or f"a table [{key}]"
    value = repr(detail["input"])[:100] if field.repr else HIDDEN
    return Problem(key, where, f"must be {allowed}", value, nearest_value(detail))


def named_as_in(where: str, key: str) -> str:
    """A suggestion in the spelling of the place it is for: a key of the file or a name of the environment."""
    return environment_name(key) if key and where.upper().startswith(PREFIX) else key


def nearest_key(model: type[BaseModel], path: list[str]) -> str:
    """The known key that was most likely meant: a sibling first, then the same name in another section."""
    if len(path) == 1:
        return first(difflib.get_close_matches(path[0], model.model_fields)) or first(
            key for key in all_keys(model) if key.endswith(f".{path[0]}")
        )
    keys = list(all_keys(model))
    siblings = [key.partition(".")[2] for key in keys if key.startswith(f"{path[0]}.")]
    if close := difflib.get_close_matches(path[-1], siblings):
        return f"{path[0]}.{close[0]}"
    elsewhere = [key for key in keys if key.endswith(f".{path[-1]}")]
    return first(elsewhere or difflib.get_close_matches(".".join(path), keys))


def nearest_value(detail: ErrorDetails) -> str:
    if detail["type"] != "literal_error":
        return ""
    choices = re.findall(r"'([^']+)'", str(detail.get("ctx", {}).get("expected", "")))
    return first(f'"{choice}"' for choice in difflib.get_close_matches(str(detail["input"]).lower(), choices))


def first(candidates: Iterator[str] | list[str]) -> str:
    return next(iter(candidates), "")


def misspelt_names(model: type[BaseModel], environ: Mapping[str, str]) -> Iterator[Problem]:
    """DENGTA_TELEGRAM_TOKEN with single underscores would be passed over in silence."""
    known = {environment_name(key).replace("__", "_"): environment_name(key) for key in all_keys(model)}
    for name in sorted(environ):
        if not name.upper().startswith(PREFIX) and (meant := known.get(name.upper().replace("__", "_"))):
            yield Problem(name, "environment", "unknown name", meant=meant)
