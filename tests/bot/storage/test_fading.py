"""What a fair procedure wrote down fades in its time; what is open or in force does not."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.storage import Storage, fading, kept, retention
from bot.storage.groups import GroupRow
from bot.storage.tables import (
    appeals,
    audit,
    confirmations,
    links,
    metadata,
    quarrel_messages,
    quarrels,
    roster,
)
from tests.bot.storage.making import AT, DAY, PERSON, decide
from tests.bot.storage.schema import is_text

DAYS = 30
PAGE = Path(__file__).parents[3] / "docs" / "privacy.md"
UNUSED = {"created_at": AT, "used_at": 0, "revoked_at": 0, "expires_at": AT + 400 * DAY}
# What is closed and old, and the columns that are empty afterwards.
CLOSED: tuple[tuple[Any, dict[str, Any], dict[str, Any], tuple[str, ...]], ...] = (
    (appeals, {"state": "refused", "decided_at": AT}, {"state": "open"}, ("words", "reason")),
    (roster, {"used_at": AT}, {"used_at": 0}, ("name", "note")),
    (links, {"created_at": AT, "used_at": AT}, UNUSED, ("url",)),
    (audit, {"at": AT, "after": '{"reason":"x"}'}, {"at": AT, "after": '{"reason":""}'}, ("after",)),
)


def row_of(table: Any, group: GroupRow, decision: int, **given: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        column.name: "words" if is_text(column) else 1 for column in table.c if column.name != "id"
    }
    known = {"group_id": group.id, "decision_id": decision, "act_id": None, "quarrel_id": 1, "user_id": PERSON}
    return plain | {name: value for name, value in known.items() if name in plain} | given


@pytest.mark.parametrize(("table", "closed", "still", "words"), CLOSED, ids=[each[0].name for each in CLOSED])
async def test_words_fade_once_the_matter_is_closed_and_never_before(
    storage: Storage, group: GroupRow, table: Any, closed: dict[str, Any], still: dict[str, Any], words: tuple[str, ...]
) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k")
        for given in (closed, still):
            other = {"user_id": PERSON + 1} if given is still and "user_id" in table.c else {}
            await unit.execute(insert(table).values(row_of(table, group, number, **given, **other)))
    at = AT + DAYS * DAY
    await retention.sweep(storage, at - DAY if table is not links else AT, DAYS)
    for now, left in ((at, [True, True] if table is not links else [False, True]), (at + 1, [False, True])):
        await retention.sweep(storage, now, DAYS)
        async with storage.reading() as unit:
            found = (await unit.execute(select(table).order_by(table.c.id))).mappings().all()
        assert [all(row[name] for name in words) for row in found] == left


async def test_links_confirmations_and_what_was_said_in_a_quarrel_go_whole(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k")
        closed = row_of(quarrels, group, number, id=1, state="closed", closed_at=AT)
        await unit.execute(insert(quarrels).values(closed))
        for table in (links, confirmations, quarrel_messages):
            await unit.execute(insert(table).values(row_of(table, group, number, **times(table))))
    for now, left in ((AT + 7 * DAY, 3), (AT + 7 * DAY + 1, 2), (AT + DAYS * DAY + 1, 1), (AT + 90 * DAY + 1, 0)):
        await retention.sweep(storage, now, DAYS)
        async with storage.reading() as unit:
            tables = (links, confirmations, quarrel_messages)
            found = [len((await unit.execute(select(table))).all()) for table in tables]
        assert sum(found) == left


def times(table: Any) -> dict[str, Any]:
    return {"created_at": AT, "used_at": AT} if table is links else {"at": AT}


def test_every_table_says_how_long_it_keeps_what_it_holds_and_the_page_says_the_same() -> None:
    assert kept.KEPT.keys() == metadata.tables.keys()
    said = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert said == kept.KEPT


def test_the_chinese_page_has_a_row_for_every_table_and_the_same_numbers() -> None:
    page = (PAGE.parent / "zh" / PAGE.name).read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", page, re.MULTILINE))
    assert said.keys() == kept.KEPT.keys()
    numbers = {name: set(re.findall(r"\d+", words)) for name, words in kept.KEPT.items()}
    assert {name: set(re.findall(r"\d+", words)) for name, words in said.items()} == numbers
    assert fading.LINK_DAYS == 90
