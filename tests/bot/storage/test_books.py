"""The books: what was decided and written once, ended once, taken back once, and summed up without a cache."""

import asyncio

import pytest

from bot.storage import AlreadyReversed, AlreadySettled, Storage, Unit, acts, asides, books, checking, codec, merit
from bot.storage.groups import GroupRow
from rules.conduct.effects import Entry, Planned
from rules.merit.transactions import ISSUED, Posting, Transaction, Unbalanced, member
from tests.bot.storage.making import AT, DELETE, FINE, LEADER, NOTICE, PERSON, case, decide, message, plan, verdict


async def test_a_decision_is_written_once_however_often_it_is_told(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, entries = await decide(unit, group, "update:1", FINE)
        again = await decide(unit, group, "update:1", FINE)
        assert again == (number, [])
        assert len(await books.rows_of(unit, number)) == len(entries) == 1


async def test_a_decision_keeps_everything_that_explains_it(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "update:1", FINE, planned=[Planned(DELETE)])
        row = await books.decision(unit, number)
        assert row is not None
        assert codec.decode_case(row.case) == case()
        assert codec.decode_verdict(row.verdict) == verdict(FINE, planned=[Planned(DELETE)])
        assert codec.decode_findings(row.findings) == verdict().findings
        assert await books.decision_about(unit, group.id, 1) == row
        assert await books.decisions_of(unit, group.id, PERSON) == [row]
        assert await books.decision(unit, number + 1) is None


async def test_a_state_changes_for_the_first_who_asks(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "update:1", held="leader")

    async def release() -> bool:
        return await storage.write(lambda unit: books.set_state(unit, number, "held", "standing"))

    assert sorted(await asyncio.gather(release(), release(), release())) == [False, False, True]


async def test_a_fine_is_open_until_it_ends_and_ends_once(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, [fine] = await decide(unit, group, "update:1", FINE)
        [row] = await books.open_fines(unit, group.id, PERSON)
        assert (row.entry_id, row.decision_id, row.amount, row.shares, row.settled) == (fine, number, 200, 100, "")
        await decide(unit, group, "overdue", Entry("fine_overdue", ref=fine))
        assert [each.overdue for each in await books.open_fines(unit, group.id)] == [True]
        await decide(unit, group, "paid", Entry("fine_paid", ref=fine))
        ended = await books.fine(unit, fine)
        assert ended is not None
        assert (ended.settled, ended.voided) == ("fine_paid", False)
        assert await books.open_fines(unit, group.id) == []
        with pytest.raises(AlreadySettled):
            await decide(unit, group, "waived", Entry("fine_waived", ref=fine))


async def test_of_two_who_end_a_fine_at_once_one_is_told_that_it_is_ended(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        _, [fine] = await decide(unit, group, "update:1", FINE)

    async def end(kind: str) -> str:
        async def work(unit: Unit) -> str:
            entry = Entry("fine_paid" if kind == "paid" else "fine_withdrawn", ref=fine)
            await decide(unit, group, kind, entry)
            await asyncio.sleep(0.02)
            return "ended"

        try:
            return await storage.write(work)
        except AlreadySettled:
            return "too late"

    assert sorted(await asyncio.gather(end("paid"), end("withdrawn"))) == ["ended", "too late"]
    async with storage.reading() as unit:
        assert len(await books.decisions_of(unit, group.id, PERSON)) == 2
        assert await checking.check(unit) == []


async def test_of_two_who_take_a_decision_back_at_once_one_is_told_that_it_is_taken_back(
    storage: Storage, group: GroupRow
) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "update:1", FINE)

    async def undo(key: str) -> str:
        async def work(unit: Unit) -> str:
            await decide(unit, group, key, Entry("void", ref=number), reverses=number)
            await asyncio.sleep(0.02)
            return "taken back"

        try:
            return await storage.write(work)
        except AlreadyReversed:
            return "too late"

    assert sorted(await asyncio.gather(undo("a"), undo("b"))) == ["taken back", "too late"]
    async with storage.reading() as unit:
        back = await books.reversed_by(unit, number)
        assert back is not None
        assert back.reverses == number


async def test_an_end_that_was_taken_back_lets_the_fine_end_again(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        _, [fine] = await decide(unit, group, "update:1", FINE)
        paid, _ = await decide(unit, group, "paid", Entry("fine_paid", ref=fine))
        await decide(unit, group, "undo", Entry("void", ref=paid), reverses=paid)
        assert [each.entry_id for each in await books.open_fines(unit, group.id)] == [fine]
        await decide(unit, group, "withdrawn", Entry("fine_withdrawn", ref=fine))
        assert await books.open_fines(unit, group.id) == []


async def test_a_fine_whose_decision_was_taken_back_is_not_open(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, [fine] = await decide(unit, group, "update:1", FINE)
        await decide(unit, group, "undo", Entry("void", ref=number), reverses=number)
        assert await books.open_fines(unit, group.id) == []
        row = await books.fine(unit, fine)
        assert row is not None
        assert row.voided


async def test_rows_tell_whether_the_notice_was_delivered(storage: Storage, group: GroupRow) -> None:
    key = (group.id, PERSON)
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "a", Entry("reminder", "flooding"), planned=[Planned(NOTICE)])
        await decide(unit, group, "b", Entry("violation", "flooding", counted=True), at=AT + 5)
        silent, told = sorted((await books.rows(unit, [key], 0))[key], key=lambda row: row.noticed)
        assert (silent.noticed, silent.notice_at) == (False, None)
        assert (told.noticed, told.notice_at) == (True, None)
        [act] = await acts.of_decision(unit, number)
        await acts.settle(unit, act.id, "done", AT + 9, result={"message_id": 3})
        assert {row.notice_at for row in (await books.rows(unit, [key], 0))[key]} == {None, AT + 9}
        assert [row.at for row in (await books.rows(unit, [key], AT + 1))[key]] == [AT + 5]


async def test_rows_tell_what_was_taken_back_and_what_waits(storage: Storage, group: GroupRow) -> None:
    key = (group.id, PERSON)
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "a", Entry("violation", "flooding"))
        back, _ = await decide(unit, group, "b", Entry("void", ref=number), reverses=number)
        held, _ = await decide(unit, group, "c", held="leader")
        braked, _ = await decide(unit, group, "d", held="brake")
        rows = (await books.rows(unit, [key], 0))[key]
        assert {(row.decision_id, row.kind, row.voided) for row in rows} == {
            (number, "violation", True), (back, "void", False), (held, "held", False), (braked, "braked", False),
        }  # fmt: skip
        await books.set_state(unit, held, "held", "dismissed")
        assert "held" not in {row.kind for row in (await books.rows(unit, [key], 0))[key]}


async def test_rows_are_of_that_group_and_that_person_alone(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await decide(unit, group, "a", Entry("violation", "flooding"))
        await decide(unit, group, "b", Entry("violation", "flooding"), user_id=LEADER)
        found = await books.rows(unit, [(group.id, PERSON), (group.id, 5), (group.id + 1, LEADER)], 0)
        assert {key: len(rows) for key, rows in found.items()} == {(group.id, PERSON): 1}
        assert await books.rows(unit, [], 0) == {}


async def test_a_message_that_was_set_aside_can_be_shown_again_until_it_is_erased(
    storage: Storage, group: GroupRow
) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "a", FINE)
        await asides.put(unit, number, group.id, PERSON, message())
        row = await asides.get(unit, number)
        assert row is not None
        assert (row.text, row.entities, row.media) == (message().text, message().entities, message().media)
        assert await asides.erase(unit, AT) == 0
        assert await asides.erase(unit, AT + 1) == 1
        assert await asides.get(unit, number) is None


async def test_transactions_that_do_not_sum_to_zero_are_refused(storage: Storage, group: GroupRow) -> None:
    crooked = ((Posting(member(1), 5), Posting(ISSUED, -4)), (Posting(member(1), 5, "CNY"), Posting(ISSUED, -5)), ())
    async with storage.unit() as unit:
        for postings in crooked:
            with pytest.raises(Unbalanced):
                await merit.post(unit, group.id, Transaction("k", "x", postings), at=AT, by=0)
        assert await checking.check(unit) == []


async def test_the_check_of_the_books_finds_what_is_wrong(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "a", Entry("violation", "flooding"))
        await books.add_entries(unit, number, group.id, LEADER, AT, [Entry("violation")])
        await books.set_state(unit, number, "standing", "reversed")
        await plan(unit, group, "k", DELETE)
        found = await checking.check(unit)
    assert len(found) == 2
    assert any("another person" in line for line in found)
    assert any("nothing took it back" in line for line in found)
