"""A policy as a TOML file and back: every mistake with its line; it opens no other file and keeps nothing."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Literal, NamedTuple

from rules.conduct.policy_layers import Problem, keys, read

MOST_BYTES = 1024 * 1024
ROOT = "policy"
Kind = Literal["encoding", "syntax", "deep", "unknown", "value", "empty"]

# What TOML says is no key: strings over one line or several, and comments. One that never ends goes to the end, and
# nothing is given back once it was taken: a file must not keep the program busy.
UNKEYED = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:"{3,5}+)?|\'\'\'(?:[^\']|\'(?!\'\'))*+(?:\'{3,5}+)?'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?|#[^\n]*+',
    re.DOTALL,
)
# The parser takes half a minute for a key of fifty thousand parts.
DEEP = re.compile(r"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){6}")
MOST_TABLES = 500
TABLE = re.compile(r"[ \t]*+\[([^\[\]\n]++)\]")
KEY = re.compile(r"([\w.\"' \t-]++)=")
AT_LINE = re.compile(r"at line (\d+)")
# Telegram's own file of a policy is UTF-8; spreadsheets and old editors write these.
WITH_MARK = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class Mistake(NamedTuple):
    line: int
    kind: Kind
    problem: Problem | None = None


class Read(NamedTuple):
    """Values by dotted key, or everything that is wrong; with a mistake there are no values."""

    values: dict[str, object]
    mistakes: tuple[Mistake, ...] = ()


def parse(data: bytes) -> Read:
    encoding = next((name for mark, name in WITH_MARK if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Read({}, (Mistake(data.count(b"\n", 0, error.start) + 1, "encoding"),))
    bare = UNKEYED.sub(lambda found: "q" + "\n" * found[0].count("\n"), text)
    if (line := too_deep(bare)) is not None:
        return Read({}, (Mistake(line, "deep"),))
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        named = AT_LINE.search(str(error))
        return Read({}, (Mistake(int(named[1]) if named else text.count("\n") + 1, "syntax"),))
    except RecursionError:
        return Read({}, (Mistake(1, "deep"),))
    return checked(table, lines_of(text))


def too_deep(bare: str) -> int | None:
    """The line of a key with more parts, or of more tables, than any policy has."""
    found = DEEP.search(bare)
    if found is not None:
        return bare.count("\n", 0, found.start()) + 1
    return 1 if bare.count("[") + bare.count("{") > MOST_TABLES else None


def checked(table: dict[str, object], lines: Mapping[str, int]) -> Read:
    """With and without the name of the section that config.toml has."""
    inner = table.pop(ROOT, None)
    whole: dict[str, object] = {**table, **inner} if isinstance(inner, dict) else table
    accepted, problems = read("import", whole)
    if problems:
        return Read({}, tuple(sorted((mistake(each, lines) for each in problems), key=lambda each: each.line)))
    return Read({key: accepted[key] for key in keys() if key in accepted}, () if accepted else (Mistake(1, "empty"),))


def mistake(problem: Problem, lines: Mapping[str, int]) -> Mistake:
    section = problem.key.partition(".")[0]
    return Mistake(
        lines.get(problem.key) or lines.get(section) or 1, "value" if problem.key in keys() else "unknown", problem
    )


def lines_of(text: str) -> dict[str, int]:
    """Where each key stands; of a key within a text that looks like one the first line counts."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if (table := TABLE.match(line)) is not None:
            section = plain(table[1])
            found.setdefault(section, number)
        elif (key := KEY.match(line)) is not None:
            found.setdefault(plain(f"{section}.{key[1]}"), number)
    return found


def plain(name: str) -> str:
    parts = [part.strip(" \t\"'") for part in name.split(".")]
    return ".".join(part for part in (parts[1:] if parts[0] == ROOT else parts) if part)


def written(values: Mapping[str, object], head: str, comments: Mapping[str, str]) -> str:
    """Tables in the order of the settings; `load` of it gives the values back."""
    lines, section = [f"# {' '.join(head.split())}"], None
    # What stands in no table comes first, or it would belong to the last.
    for key in sorted((key for key in keys() if key in values), key=lambda key: "." in key):
        table, _, field = key.rpartition(".")
        if table != section:
            section = table
            lines += ["", f"[{ROOT}.{table}]" if table else f"[{ROOT}]"]
        lines += [f"# {' '.join(comments[key].split())}"] if key in comments else []
        lines.append(f"{field} = {as_toml(values[key])}")
    return "\n".join(lines) + "\n"


def as_toml(value: object) -> str:
    """JSON writes strings, numbers, lists and truth as TOML does, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
