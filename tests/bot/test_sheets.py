"""Tables as CSV: what goes out comes back, no cell becomes a formula, and every problem is named with its line."""
# R12

import csv
import io
import pickle
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sheets
from bot.sheets import Column, Problem, calendar_day, positive_number

WHO = Column("user_id", names=("id", "用户"), required=True, unique=True, check=positive_number)
WHY = Column("reason", names=("原因",))
UNTIL = Column("expires", check=calendar_day)
COLUMNS = (WHO, WHY, UNTIL)
PLAIN = (Column("one"), Column("two"))

SIGNS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n")
CELLS = st.text(SIGNS, max_size=40).map(str.strip)
DANGEROUS = "=+-@＝＋－＠\t\r\n"


def problems(data: bytes | str) -> list[tuple[int, str, str]]:
    found = sheets.read(data.encode() if isinstance(data, str) else data, COLUMNS)
    assert not (found.rows and found.problems)
    return [(each.line, each.key, each.why) for each in found.problems]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_what_was_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    kept = [row for row in rows if any(row)]
    found = sheets.read(sheets.write(["one", "two"], rows).encode(), PLAIN)
    assert found.problems == ()
    assert [(row.cells["one"], row.cells["two"]) for row in found.rows] == kept


@given(st.text(st.sampled_from("'=+-@\t\r\nA1,\"＝＠ "), max_size=10))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    # As a program that shows tables would split it.
    ((written,),) = csv.reader(io.StringIO(sheets.write([cell], []), newline=""))
    assert not written or written[0] not in DANGEROUS
    assert sheets.plain(written) == cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_a_table_program_writes_is_read(encoding: str) -> None:
    found = sheets.read("用户,原因\r\n77001,发诈骗链接\r\n".encode(encoding), COLUMNS)
    assert found.rows[0].cells == {"user_id": "77001", "reason": "发诈骗链接", "expires": ""}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_cells_is_found_by_itself(sign: str) -> None:
    found = sheets.read(f"id{sign}reason\n77001{sign}ads\n\n".encode(), COLUMNS)
    assert [row.cells["reason"] for row in found.rows] == ["ads"]


def test_formula_cells_are_text() -> None:
    (row,) = sheets.read(b'user_id,reason\n77001,"=HYPERLINK(""http://x"",""y"")"\n', COLUMNS).rows
    assert row.cells["reason"] == '=HYPERLINK("http://x","y")'


def test_every_problem_is_named_with_its_line_and_column() -> None:
    text = "user_id,reason,expires\n77001,ok,\nx9,ok,\n,ok,2027-13-01\n\n77001,again,\n77002,ok,2027-01-31,more\n"
    assert problems(text) == [
        (3, "user_id", "not_a_number"), (4, "expires", "not_a_day"), (4, "user_id", "empty"),
        (6, "user_id", "doubled"), (7, "", "extra_cell"),
    ]  # fmt: skip


def test_a_line_is_counted_where_its_row_begins() -> None:
    assert problems('user_id,reason\n77001,"two\nlines"\nx,y\n') == [(4, "user_id", "not_a_number")]


def test_wrong_columns_are_named() -> None:
    assert problems("reason,Reason,colour\nads,ads,red\n") == [
        (1, "", "unknown_column"), (1, "reason", "column_twice"), (1, "user_id", "missing_column"),
    ]  # fmt: skip


def packed() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.csv", "user_id\n77001\n")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (packed(), "archive"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (pickle.dumps({"user_id": [77001]}), "binary"),
        (b"user_id\n77001\n\x00\x01\x02", "binary"),
        (b"\xff\xfeA", "encoding"),
        (b"user_id\n\xff\xff\xff\n", "encoding"),
        (b"", "nothing"),
        (b"\n \n", "nothing"),
        (b'user_id,reason\n77001,"never closed\n77002,x\n', "quotes"),
        (b"user_id\n" + b"1" * sheets.MOST_BYTES, "too_large"),
        (b"user_id\n" + b"".join(b"%d\n" % (n + 1) for n in range(sheets.MOST_ROWS + 1)), "too_many"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_whole(data: bytes, why: str) -> None:  # S9
    found = sheets.read(data, COLUMNS)
    assert found.rows == ()
    assert [each.why for each in found.problems] == [why]


@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange(data: bytes) -> None:  # S9
    found = sheets.read(data, COLUMNS)
    assert not (found.rows and found.problems)
    assert all(isinstance(each, Problem) for each in found.problems)


def test_a_line_that_never_ends_is_not_half_a_million_problems() -> None:  # S9
    long = "a," * 400_000
    assert problems(f"user_id\n7\n{long}") == [(3, "", "extra_cell"), (3, "user_id", "not_a_number")]
    assert len(problems(f"{long}\n7")) == sheets.MOST_UNKNOWN + 1
