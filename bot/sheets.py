"""Tables as CSV, out and in: a cell never becomes a formula, and what cannot be read is named by line and column."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

MOST_BYTES, MOST_ROWS, LONGEST_CELL = 1024 * 1024, 5_000, 1_000
# A line of nothing but commas is wrong in one way, not in half a million.
MOST_UNKNOWN = 20
# Programs that show tables run a cell that begins so, some also in full width (OWASP, "CSV injection").
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
DELIMITERS = ",;\t"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
ARCHIVES = (b"PK", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!")
BIGGEST_NUMBER = 2**52


class Column(NamedTuple):
    """`names` are what it may be called besides its key; `check` says what is wrong with a cell that is not empty."""

    key: str
    names: tuple[str, ...] = ()
    required: bool = False
    unique: bool = False
    check: Callable[[str], str] | None = None


class Problem(NamedTuple):
    """`line` 0: the file as a whole; `why` is a permanent name of a sentence; `cell` is what stands there."""

    line: int
    key: str
    why: str
    cell: str = ""


class Row(NamedTuple):
    line: int
    cells: Mapping[str, str]


class Sheet(NamedTuple):
    """`rows` is empty where there are problems: nothing is half imported."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


class Unreadable(Exception):
    """The file as a whole is of no use."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.why)
        self.problem = problem


def write(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow([safe(name) for name in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return made.getvalue()


def safe(cell: object) -> str:
    """As text, which no program takes for a formula; a number stays one."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and FORMULA.match(text) else text


def plain(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def read(data: bytes, columns: Sequence[Column]) -> Sheet:
    """Every row by the keys of the columns, or every problem there is; a cell is text, whatever it looks like."""
    try:
        numbered = records(text_of(data), columns)
        line, header = next(numbered, (0, []))
        keys, wrong = headed(line, header, columns)
        if wrong:
            return Sheet(problems=wrong)
        rows = [(line, row) for line, row in numbered if any(cell.strip() for cell in row)]
    except Unreadable as error:
        return Sheet(problems=(error.problem,))
    if len(rows) > MOST_ROWS:
        return Sheet(problems=(Problem(rows[MOST_ROWS][0], "", "too_many", str(MOST_ROWS)),))
    problems = [problem for line, row in rows for problem in wrong_in(line, row, keys, columns)]
    found = tuple(Row(line, cells_of(row, keys, columns)) for line, row in rows)
    problems += doubled(found, columns)
    return Sheet(problems=tuple(sorted(problems))) if problems else Sheet(found)


def text_of(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable(Problem(0, "", "too_large"))
    if data.startswith(ARCHIVES):
        raise Unreadable(Problem(0, "", "archive"))
    text = decoded(data)
    for number, line in enumerate(text.split("\n"), 1):
        if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r" for sign in line):
            raise Unreadable(Problem(number, "", "binary"))
    if not text.strip():
        raise Unreadable(Problem(0, "", "nothing"))
    return text


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else what a Chinese Windows writes."""
    if b"\0" in data and not data.startswith(UTF16):
        raise Unreadable(Problem(data.count(b"\n", 0, data.index(b"\0")) + 1, "", "binary"))
    encodings = ("utf-16",) if data.startswith(UTF16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
    raise Unreadable(Problem(line, "", "encoding"))


def records(text: str, columns: Sequence[Column]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text, columns), strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable(Problem(line, "", "quotes")) from None


def delimiter(text: str, columns: Sequence[Column]) -> str:
    """The sign that makes most of the first line into names of columns."""
    known, first = names_of(columns), text.lstrip("\r\n").splitlines()[0]
    return max(DELIMITERS, key=lambda sign: sum(named(cell.strip('"')) in known for cell in first.split(sign)))


def names_of(columns: Sequence[Column]) -> dict[str, str]:
    return {named(name): column.key for column in columns for name in (column.key, *column.names)}


def named(cell: str) -> str:
    return unicodedata.normalize("NFKC", plain(cell)).strip().casefold().replace(" ", "_")


def headed(line: int, header: Sequence[str], columns: Sequence[Column]) -> tuple[list[str], tuple[Problem, ...]]:
    known = names_of(columns)
    keys = [known.get(named(cell), "") for cell in header]
    while keys and not keys[-1] and not header[len(keys) - 1].strip():
        keys.pop()
    strange = [cell for key, cell in zip(keys, header, strict=False) if not key]
    unknown = [not_known(line, cell, known) for cell in strange[:MOST_UNKNOWN]]
    again = [Problem(line, key, "column_twice") for key in dict.fromkeys(keys) if key and keys.count(key) > 1]
    missing = [Problem(line, each.key, "missing_column") for each in columns if each.required and each.key not in keys]
    return keys, tuple(sorted((*unknown, *again, *missing)))


def not_known(line: int, cell: str, known: Mapping[str, str]) -> Problem:
    """With the column that is nearest to it, where one is."""
    near = get_close_matches(named(cell)[:LONGEST_CELL], known, 1)
    return Problem(line, known[near[0]] if near else "", "column_near" if near else "unknown_column", shown(cell))


def cells_of(row: Sequence[str], keys: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    given = dict(zip(keys, row, strict=False))
    return {column.key: plain(given.get(column.key, "").strip()) for column in columns}


def wrong_in(line: int, row: Sequence[str], keys: Sequence[str], columns: Sequence[Column]) -> Iterator[Problem]:
    cells = cells_of(row, keys, columns)
    extra = next((cell for cell in row[len(keys) :] if cell.strip()), None)
    if extra is not None:
        yield Problem(line, "", "extra_cell", shown(extra))
    for column in columns:
        why = wrong(column, cells[column.key])
        if why:
            yield Problem(line, column.key, why, shown(cells[column.key]))


def wrong(column: Column, cell: str) -> str:
    if not cell:
        return "empty" if column.required else ""
    if len(cell) > LONGEST_CELL:
        return "too_long"
    return column.check(cell) if column.check else ""


def doubled(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[Problem]:
    for column in columns:
        first: dict[str, int] = {}
        for row in rows if column.unique else ():
            cell = row.cells[column.key].casefold()
            if cell and first.setdefault(cell, row.line) != row.line:
                yield Problem(row.line, column.key, "doubled", str(first[cell]))


def shown(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:39]}…"


def positive_number(cell: str) -> str:
    """For `Column.check`: a whole number above 0, such as somebody's id."""
    fits = cell.isascii() and cell.isdigit() and len(cell) < 20 and 0 < int(cell) < BIGGEST_NUMBER
    return "" if fits else "not_a_number"


def calendar_day(cell: str) -> str:
    """For `Column.check`: a day as 2027-01-31."""
    return "" if day_of(cell) is not None else "not_a_day"


def day_of(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if len(cell) == 10 else None
    except ValueError:
        return None
