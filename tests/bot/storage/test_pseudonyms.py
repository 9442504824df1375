"""A number in the books may become the pseudonym of somebody who is being forgotten, and nothing else (law 4)."""

import pytest
from sqlalchemy import Table, insert, select, update
from sqlalchemy.exc import DBAPIError

from bot.storage import Storage, books, merit
from bot.storage.groups import GroupRow
from bot.storage.tables import audit, decisions, entries, erasures, postings, transactions
from bot.storage.unit import Unit
from rules.conduct.effects import Entry
from rules.merit.transactions import award
from tests.bot.storage.making import AT, PERSON, case, decide, verdict

P = 1 << 60
PLACES = (
    (decisions, "user_id"), (decisions, "issuer_id"), (entries, "user_id"), (audit, "actor_id"), (audit, "target_id"),
    (transactions, "by"),
)  # fmt: skip
TEXTS = ((decisions, "key"), (transactions, "key"), (postings, "account"))

each_place = pytest.mark.parametrize(("table", "column"), PLACES, ids=lambda each: getattr(each, "name", each))
each_text = pytest.mark.parametrize(("table", "column"), TEXTS, ids=lambda each: getattr(each, "name", each))


async def written(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await decide(unit, group, f"name:{group.id}:{PERSON}:9", Entry("warning"))
        issue = books.Issue("person", PERSON, "by hand", "")
        await books.add_decision(unit, case(), verdict(), issue)
        await merit.post(
            unit, group.id, award(f"checkin:{group.id}:{PERSON}:d", "checkin", PERSON, 3), at=AT, by=PERSON
        )
        row = {"at": AT, "actor_kind": "person", "actor_id": PERSON, "action": "warn", "group_id": group.id}
        await unit.execute(insert(audit).values({**row, "target_id": PERSON, "before": "", "after": ""}))


async def registered(unit: Unit, pseudonym: int, finished: int = 0) -> None:
    row = {"user_id": PERSON, "asked_at": AT, "asked_by": PERSON, "finished_at": finished, "pseudonym": pseudonym}
    await unit.execute(insert(erasures).values(row))


async def changed(storage: Storage, table: Table, column: str, before: object, after: object) -> object:
    async with storage.unit() as unit:
        await unit.execute(update(table).where(table.c[column] == before).values({column: after}))
        return await unit.scalar(select(table.c[column]).where(table.c[column] == after))


@each_place
async def test_a_number_becomes_its_registered_pseudonym(
    storage: Storage, group: GroupRow, table: Table, column: str
) -> None:
    await written(storage, group)
    async with storage.unit() as unit:
        await registered(unit, P)
    assert await changed(storage, table, column, PERSON, P) == P


@each_place
@pytest.mark.parametrize("other", ["nobody asked", "another number", "a person's number", "long finished", "back"])
async def test_it_becomes_nothing_else(
    storage: Storage, group: GroupRow, table: Table, column: str, other: str
) -> None:
    await written(storage, group)
    pseudonym = 77 if other == "a person's number" else P
    async with storage.unit() as unit:
        if other != "nobody asked":
            await registered(unit, pseudonym, finished=AT if other == "long finished" else 0)
    after, before = (P + 1 if other == "another number" else pseudonym), PERSON
    if other == "back":
        await changed(storage, table, column, PERSON, P)
        before, after = P, PERSON
    with pytest.raises(DBAPIError, match="only grows"):
        await changed(storage, table, column, before, after)


@each_text
async def test_in_a_text_only_the_number_gives_way(
    storage: Storage, group: GroupRow, table: Table, column: str
) -> None:
    await written(storage, group)
    async with storage.unit() as unit:
        text = str(await unit.scalar(select(table.c[column]).where(table.c[column].contains(str(PERSON)))))
    after = text.replace(str(PERSON), str(P))
    with pytest.raises(DBAPIError, match="only grows"):
        await changed(storage, table, column, text, after)
    async with storage.unit() as unit:
        await registered(unit, P)
    with pytest.raises(DBAPIError, match="only grows"):
        await changed(storage, table, column, text, after + "0")
    assert await changed(storage, table, column, text, after) == after
