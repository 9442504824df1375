"""Whoever asks is forgotten: names and texts at once, the number when nothing in force needs it."""

from sqlalchemy import BigInteger, insert, select, update

from bot.storage import Storage, acts, asides, books, erasures, holds, members, merit, personal, tickets, users
from bot.storage.groups import GroupRow
from bot.storage.tables import appeals, audit, decisions, entries, metadata
from rules.conduct.effects import Entry, Planned
from rules.conduct.standing import sum_up
from rules.merit.transactions import award
from tests.bot.storage.making import AT, DAY, NOTICE, PERSON, WORDS, decide, message
from tests.bot.storage.schema import everything

SECRETS = ("面膜", "老赵", "laozhao", "小赵", "请再看看")
ENDS = (
    "user_id",
    "_by",
    "owner_id",
    "actor_id",
    "target_id",
    "issuer_id",
    "adder_id",
    "carer_id",
    "reviewer_id",
    "backup_id",
)


def test_every_column_that_names_a_person_is_known() -> None:
    named = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, BigInteger) and (column.name.endswith(ENDS) or column.name in {"by", "author"})
    }
    known = {(name, column) for name, (columns, _) in personal.NUMBERS.items() for column in columns}
    known |= {(name, column) for name, columns in personal.GOES.items() for column in columns}
    assert named <= known


async def lived(storage: Storage, group: GroupRow, *put: Entry) -> int:
    async with storage.unit() as unit:
        await users.started(unit, PERSON, "老赵", "laozhao", "", AT)
        await members.set_status(unit, group.id, PERSON, "left", at=AT, name="老赵", username="laozhao", nick="小赵")
        number, _ = await decide(unit, group, f"name:{group.id}:{PERSON}:1", *put, planned=[Planned(NOTICE)])
        for row in await acts.of_decision(unit, number):
            await acts.settle(unit, row.id, "done", AT)
        await asides.put(unit, number, group.id, PERSON, message())
        ticket = await tickets.open_ticket(
            unit, group_id=group.id, kind="ad", decision_id=number, user_id=PERSON, words=WORDS, at=AT
        )
        await tickets.answer(unit, ticket, 5, AT, "ok")
        mine = {"decision_id": number, "group_id": group.id, "user_id": PERSON, "words": "请再看看", "state": "refused"}
        zero = {"opened_at": AT, "due_at": 0, "ticket_id": ticket, "reviewer_id": 5, "decided_at": AT, "reason": ""}
        await unit.execute(insert(appeals).values({**mine, **zero}))
        told = {"actor_kind": "person", "actor_id": 5, "action": "warn", "group_id": group.id, "target_id": PERSON}
        await unit.execute(insert(audit).values({**told, "at": AT, "before": "", "after": "老赵"}))
        await merit.checkin(unit, group.id, PERSON, "2025-03-03", AT)
        await merit.post(
            unit, group.id, award(f"checkin:{group.id}:{PERSON}:d", "checkin", PERSON, 3), at=AT, by=PERSON
        )
    return number


async def dumped(storage: Storage) -> str:
    async with storage.reading() as unit:
        return str(await everything(unit.connection))


async def test_names_and_texts_go_at_once_and_the_number_as_well_where_nothing_is_in_force(
    storage: Storage, group: GroupRow
) -> None:
    await lived(storage, group, Entry("nick_registered", note="小赵"))
    async with storage.unit() as unit:
        row = await erasures.ask(unit, PERSON, PERSON, AT + 1)
        await erasures.blank(unit, PERSON, AT + 1)
        assert await holds.of(unit, PERSON, AT + 1, AT + 1) == ()
        await erasures.finish(unit, row, AT + 1)
        assert await erasures.unfinished(unit) == []
    left = await dumped(storage)
    assert [secret for secret in SECRETS if secret in left] == []
    assert str(PERSON) not in left
    async with storage.reading() as unit:
        assert await merit.balances(unit, group.id, row.pseudonym) == {"points": 3}


async def test_what_is_in_force_keeps_the_number_and_nothing_else(storage: Storage, group: GroupRow) -> None:
    number = await lived(storage, group, Entry("warning", "insult", counted=True, valid_until=AT + DAY, note="小赵"))
    async with storage.unit() as unit:
        row = await erasures.ask(unit, PERSON, PERSON, AT + 1)
        await erasures.blank(unit, PERSON, AT + 1)
        assert await holds.of(unit, PERSON, AT + 1, AT + 1) == (holds.Hold("counted", group.id, AT + DAY),)
        before = await books.rows(unit, {(group.id, PERSON)}, 0)
        assert sum_up(before[group.id, PERSON], AT + 1).warnings == 1
    left = await dumped(storage)
    assert [secret for secret in SECRETS if secret in left] == []
    async with storage.unit() as unit:
        assert await holds.of(unit, PERSON, AT + DAY, AT + 1) == ()
        await erasures.finish(unit, row, AT + DAY)
        decision = await books.decision(unit, number)
        assert decision is not None
        assert (decision.user_id, decision.key) == (row.pseudonym, f"name:{group.id}:{row.pseudonym}:1")
    assert str(PERSON) not in await dumped(storage)


async def test_whoever_comes_back_is_a_newcomer_whose_new_days_are_their_own(storage: Storage, group: GroupRow) -> None:
    await lived(storage, group, Entry("warning", "insult", counted=True, valid_until=AT + DAY))
    async with storage.unit() as unit:
        row = await erasures.ask(unit, PERSON, PERSON, AT + 1)
        await erasures.blank(unit, PERSON, AT + 1)
        await merit.checkin(unit, group.id, PERSON, "2025-03-05", AT + 9)
        again, _ = await decide(
            unit, group, "again", Entry("warning", counted=True, valid_until=AT + 90 * DAY), at=AT + 9
        )
        assert await holds.of(unit, PERSON, AT + DAY, AT + 1) == ()
        await erasures.finish(unit, row, AT + DAY)
        assert await merit.checkins(unit, group.id, PERSON) == ["2025-03-05"]
        decision = await books.decision(unit, again)
        assert decision is not None
        assert decision.user_id == PERSON
        assert decision.case
        ((kept, _),) = (
            await unit.execute(select(entries.c.user_id, entries.c.id).where(entries.c.user_id == PERSON))
        ).all()
        assert kept == PERSON


async def test_what_a_leader_still_has_to_answer_is_kept_until_they_do(storage: Storage, group: GroupRow) -> None:
    number = await lived(storage, group)
    async with storage.unit() as unit:
        await unit.execute(update(decisions).where(decisions.c.id == number).values(state="held"))
        await erasures.ask(unit, PERSON, PERSON, AT + 1)
        await erasures.blank(unit, PERSON, AT + 1)
        assert [hold.kind for hold in await holds.of(unit, PERSON, AT + 1, AT + 1)] == ["held"]
        decision = await books.decision(unit, number)
        assert decision is not None
        assert decision.verdict


async def test_asked_twice_it_is_one_request(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        first = await erasures.ask(unit, PERSON, PERSON, AT)
        second = await erasures.ask(unit, PERSON, PERSON, AT + 5)
        assert second == first._replace(asked_at=AT + 5)
        assert await erasures.unfinished(unit) == [second]
