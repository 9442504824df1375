"""What is no longer needed goes; what the books say stays."""

from collections.abc import Awaitable, Callable

import pytest

from bot.storage import (
    Storage,
    Unit,
    acts,
    asides,
    books,
    codec,
    members,
    recent,
    retention,
    roles,
    seen,
    tickets,
    undecided,
    welcomes,
)
from bot.storage.groups import GroupRow
from bot.storage.recent import RecentRow
from bot.storage.retention import Swept, erasures, removals, sweep
from rules.conduct.effects import Entry, Mention, Phrase, Planned, Repost, Say
from tests.bot.storage.making import AT, DAY, DELETE, FINE, NOTICE, PERSON, WORDS, decide, message, plan
from tests.bot.storage.schema import everything

SECRET = "面膜"
REPOST = Repost(author=Mention(PERSON, "老赵"), label=Phrase("conduct.ad"), language="en", text=f"{SECRET},加微信")
DAYS = 30


async def once(unit: Unit, now: int, text_days: int) -> Swept:
    """All of it in one Unit."""
    removed = [await part(unit) for part in removals(now, text_days)]
    return Swept(sum(removed), sum([await part(unit) for part in erasures(now, text_days)]))


async def dumped(storage: Storage) -> str:
    async with storage.reading() as unit:
        return str(await everything(unit.connection))


async def test_texts_go_after_their_days_and_the_books_stay(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k", FINE, Entry("warning"), planned=[Planned(NOTICE), Planned(REPOST)])
        await asides.put(unit, number, group.id, PERSON, message())
        ticket = await tickets.open_ticket(
            unit, group_id=group.id, kind="ad", decision_id=number, user_id=PERSON, words=WORDS, at=AT
        )
        await tickets.answer(unit, ticket, 5, AT, "ok")
        for row in await acts.of_decision(unit, number):
            await acts.settle(unit, row.id, "done", AT)
        before = await books.rows_of(unit, number)
        assert (await once(unit, AT + DAYS * DAY, DAYS)).erased == 0
    assert SECRET in await dumped(storage)
    async with storage.unit() as unit:
        assert await once(unit, AT + DAYS * DAY + 1, DAYS) == Swept(removed=1, erased=4)
        assert await books.rows_of(unit, number) == before
        decision = await books.decision(unit, number)
        assert decision is not None
        assert (decision.rule, decision.case, decision.verdict) == ("ad_without_red_packet", "", "")
        post, again = await acts.of_decision(unit, number)
        assert isinstance(post.act, Say)
        assert (post.act.words, post.state) == ((), "done")
        assert isinstance(again.act, Repost)
        assert again.act.text == ""
        assert await once(unit, AT + DAYS * DAY + 1, DAYS) == Swept(0, 0)
    everything_left = await dumped(storage)
    assert SECRET not in everything_left
    assert "老赵" not in everything_left


async def test_what_still_waits_is_kept_whole(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(
            unit, group, "k", held="leader", planned=[Planned(NOTICE, held="leader"), Planned(DELETE)]
        )
        await tickets.open_ticket(
            unit, group_id=group.id, kind="ad", decision_id=number, user_id=PERSON, words=WORDS, at=AT
        )
        assert await once(unit, AT + 400 * DAY, DAYS) == Swept(0, 0)
        row = await books.decision(unit, number)
        assert row is not None
        assert codec.decode_verdict(row.verdict).acts
        assert (await tickets.pending(unit, [group.id]))[0].words == WORDS


async def test_traces_go_when_their_use_is_over(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1], AT)
        await undecided.add(unit, 1, 1, "KeyError", "{}", AT)
        await recent.add(unit, [RecentRow(group.id, PERSON, 1, AT, 0, 0, "")])
        await roles.grant(unit, group.id, PERSON, "officer", 1, AT, until=AT + DAY)
        await roles.grant(unit, group.id, PERSON, "reviewer", 1, AT)
        await welcomes.add(unit, group.id, PERSON, "老赵", AT)
        [waiting] = await welcomes.waiting(unit, group.id)
        answers = await plan(unit, group, "answer", Planned(DELETE, simulated=True), NOTICE)
        await welcomes.greeted(unit, group.id, [waiting.id], answers[0], AT)
        assert (await once(unit, AT + 2 * DAY, DAYS)).removed == 1
        assert (await once(unit, AT + 2 * DAY + 1, DAYS)).removed == 1
        assert await roles.of(unit, PERSON, group.id, AT) == {"reviewer"}
        assert await seen.mark(unit, 1, [1], AT) == set()
        assert (await once(unit, AT + 7 * DAY + 1, DAYS)).removed == 3
        assert await seen.mark(unit, 1, [1], AT + 7 * DAY) == {1}
        assert (await once(unit, AT + DAYS * DAY + 1, DAYS)).removed >= 1
        assert [await acts.get(unit, each) is None for each in answers] == [True, False]
        assert await members.count(unit, group.id) == 0


async def test_a_long_sweep_leaves_room_for_others_and_ends_with_nothing_old(
    storage: Storage, group: GroupRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 10)
    async with storage.unit() as unit:
        await seen.mark(unit, 1, range(35), AT)
        await seen.mark(unit, 1, [99], AT + DAYS * DAY)
        await recent.add(unit, [RecentRow(group.id, PERSON, number, AT, 0, 0, "") for number in range(1, 26)])
    written, write = 0, Storage.write

    async def counted(self: Storage, work: Callable[[Unit], Awaitable[int]]) -> int:
        nonlocal written
        written += 1
        return await write(self, work)

    monkeypatch.setattr(Storage, "write", counted)
    assert await sweep(storage, AT + DAYS * DAY, DAYS) == Swept(60, 0)
    assert written > 11
    async with storage.unit() as unit:
        assert await seen.mark(unit, 1, [*range(35), 99], AT) == set(range(35))
