"""Reads configuration from a TOML file, a secrets directory and the environment, and remembers where each value stood.

Standard library only; it knows no key and judges no value.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

PREFIX = "DENGTA__"
SECRETS_DIRECTORY = "DENGTA_SECRETS_DIR"
DEFAULT_FILE = "config.toml"
DEFAULT_SECRETS = "/run/secrets"

TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
ASSIGNMENT = re.compile(r"\s*([\w.\"'-]+)\s*=")
TOML_POSITION = re.compile(r"\s*\(at line (\d+), column \d+\)")


class Problem(NamedTuple):
    """One mistake in a configuration; `value` is empty where it must not be shown."""

    key: str
    where: str
    wrong: str
    value: str = ""
    meant: str = ""

    def __str__(self) -> str:
        shown = f" = {self.value}" if self.value else ""
        place = f" ({self.where})" if self.where else ""
        hint = f"; did you mean {self.meant}?" if self.meant else ""
        return f"{self.key}{shown}{place}: {self.wrong}{hint}"


class ConfigError(Exception):
    """Every mistake of a configuration at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Sources(NamedTuple):
    """All values as one tree, the place each key came from, and what could not be read at all."""

    tree: dict[str, Any]
    origins: dict[str, str]
    problems: tuple[Problem, ...]

    def origin(self, key: str) -> str:
        """Where this key was set; of a missing key, where the table around it was."""
        while key and key not in self.origins:
            key = key.rpartition(".")[0]
        return self.origins.get(key, "")


def read(path: Path | None, environ: Mapping[str, str]) -> Sources:
    """`path` None means config.toml if it is there. The environment outranks secrets, and secrets the file."""
    tree, origins, problems = read_file(path)
    secrets, unreadable = read_secrets(environ)
    problems += unreadable
    for key, value, origin in (*secrets, *read_environment(environ)):
        if not put(tree, key.split("."), value):
            problems.append(Problem(key, origin, "lies below a key that is a single value"))
        origins[key] = origin
    return Sources(tree, origins, tuple(problems))


def read_file(path: Path | None) -> tuple[dict[str, Any], dict[str, str], list[Problem]]:
    file = path or Path(DEFAULT_FILE)
    if path is None and not file.exists():
        return {}, {}, []
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text), {key: f"{file}:{line}" for key, line in lines_of(text).items()}, []
    except tomllib.TOMLDecodeError as error:
        position = TOML_POSITION.search(str(error))
        where = f"{file}:{position[1]}" if position else str(file)
        return {}, {}, [Problem("configuration file", where, f"not TOML: {TOML_POSITION.sub('', str(error))}")]
    except UnicodeDecodeError:
        return {}, {}, [Problem("configuration file", str(file), "not UTF-8")]
    except OSError as error:
        return {}, {}, [Problem("configuration file", str(file), f"cannot be read: {error.strerror}")]


def lines_of(text: str) -> dict[str, int]:
    """The line of each key and table, as far as it can be told without a parser that keeps positions."""
    found: dict[str, int] = {}
    table, within_text = "", False
    for number, line in enumerate(text.splitlines(), 1):
        if not within_text:
            if header := TABLE.match(line):
                table = plain(header[1])
                found.setdefault(table, number)
            elif assignment := ASSIGNMENT.match(line):
                found.setdefault(f"{table}.{plain(assignment[1])}".lstrip("."), number)
        if (line.count('"""') + line.count("'''")) % 2:
            within_text = not within_text
    return found


def plain(key: str) -> str:
    return re.sub(r"[\"'\s]", "", key)


def read_secrets(environ: Mapping[str, str]) -> tuple[list[tuple[str, Any, str]], list[Problem]]:
    """Files named like environment variables; other files of the directory are somebody else's."""
    folder = Path(environ.get(SECRETS_DIRECTORY, DEFAULT_SECRETS))
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    found: list[tuple[str, Any, str]] = []
    problems = []
    if SECRETS_DIRECTORY in environ and not folder.is_dir():
        problems.append(Problem(SECRETS_DIRECTORY, "environment", "not a directory", repr(str(folder))))
    for file in files:
        if not file.name.upper().startswith(PREFIX):
            continue
        key = key_of(file.name)
        try:
            found.append((key, typed(key, file.read_text(encoding="utf-8").strip()), str(file)))
        except UnicodeDecodeError:
            problems.append(Problem(key, str(file), "cannot be read as a text file"))
        except PermissionError:
            problems.append(Problem(key, str(file), f"user {os.getuid()} may not read it: chmod 644 it where it lies"))
        except OSError as error:
            problems.append(Problem(key, str(file), f"cannot be read: {error.strerror}"))
    return found, problems


def read_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Any, str]]:
    for name, value in sorted(environ.items()):
        if name.upper().startswith(PREFIX):
            yield key_of(name), typed(key_of(name), value), name


def key_of(name: str) -> str:
    return name[len(PREFIX) :].lower().replace("__", ".")


def environment_name(key: str) -> str:
    return PREFIX + key.upper().replace(".", "__")


def typed(key: str, value: str) -> Any:
    """Lists and tables are JSON, and in the policy, whose types the rules know, every value that can be."""
    if value.startswith(("[", "{")) or key.startswith("policy."):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def put(tree: dict[str, Any], path: list[str], value: object) -> bool:
    """False when a part of the path is taken by a single value."""
    for part in path[:-1]:
        below = tree.setdefault(part, {})
        if not isinstance(below, dict):
            return False
        tree = below
    tree[path[-1]] = value
    return True
