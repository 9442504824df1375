"""What must still be known is not forgotten a second too soon: seven days of updates, two days of messages."""

import pytest

from bot.storage import Storage, joinrequests, recent, retention, seen, undecided
from bot.storage.groups import GroupRow
from bot.storage.joinrequests import RequestRow
from bot.storage.recent import RecentRow
from rules.conduct.joining import Answers
from tests.bot.storage.making import AT, DAY, PERSON

TEXT_DAYS = 30


async def test_an_update_is_known_for_seven_days(storage: Storage) -> None:
    async with storage.unit() as unit:
        await seen.mark(unit, 1, [1], AT)
    await retention.sweep(storage, AT + 7 * DAY, TEXT_DAYS)
    async with storage.unit() as unit:
        assert await seen.mark(unit, 1, [1], AT) == set()
    await retention.sweep(storage, AT + 7 * DAY + 1, TEXT_DAYS)
    async with storage.unit() as unit:
        assert await seen.mark(unit, 1, [1], AT) == {1}


async def test_what_could_not_be_decided_waits_seven_days_for_the_mended_program(storage: Storage) -> None:
    async with storage.unit() as unit:
        await undecided.add(unit, 1, 1, "KeyError", "{}", AT)
    for at, left in ((AT + 7 * DAY, 1), (AT + 7 * DAY + 1, 0)):
        await retention.sweep(storage, at, TEXT_DAYS)
        async with storage.reading() as unit:
            assert len(await undecided.pending(unit, 5)) == left


async def test_who_wrote_when_is_known_for_two_days(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await recent.add(unit, [RecentRow(group.id, PERSON, 1, AT, 0, 0, "")])
    for at, left in ((AT + 2 * DAY, 1), (AT + 2 * DAY + 1, 0)):
        await retention.sweep(storage, at, TEXT_DAYS)
        async with storage.reading() as unit:
            assert len(await recent.since(unit, 0)) == left


async def test_a_request_to_join_is_forgotten_thirty_days_after_it_was_decided(
    storage: Storage, group: GroupRow
) -> None:
    answers = Answers(told=(("职业？", "老师"),))
    row = RequestRow(0, group.id, PERSON, "王敏", "", PERSON, "", "asking", answers, 0, 0, 0, AT, 0, 0, "")
    async with storage.unit() as unit:
        decided = await joinrequests.begin(unit, row)
        assert await joinrequests.decide(unit, decided, "declined", 1, AT, "desk")
        still_open = await joinrequests.begin(unit, row)
    for at, left in ((AT + 30 * DAY, {decided, still_open}), (AT + 30 * DAY + 1, {still_open})):
        await retention.sweep(storage, at, TEXT_DAYS)
        async with storage.reading() as unit:
            assert {each.id for each in await joinrequests.of_groups(unit, [group.id], PERSON)} == left


async def taken_and_lost(storage: Storage) -> None:
    async with storage.unit() as unit:
        assert await seen.mark(unit, 1, [1], AT) == {1}
        raise ZeroDivisionError


async def test_what_a_unit_had_taken_that_failed_is_new_again(storage: Storage) -> None:
    """Nothing but the database says what was taken: an update whose Unit fails comes again and must count."""
    with pytest.raises(ZeroDivisionError):
        await taken_and_lost(storage)
    async with storage.unit() as unit:
        assert await seen.mark(unit, 1, [1], AT) == {1}
