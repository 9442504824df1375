"""Numbers of messages start anew in a supergroup: nothing that is kept of the old chat may name a message there."""

import pytest

from bot.storage import Storage, acts, books, groups, lookups, welcomes
from bot.storage.groups import GroupRow
from rules.conduct.effects import Act, Delete, Edit, Free, Pin, Planned, React, Say, Unpin
from tests.bot.storage.making import AT, CHAT, MUTE, PERSON, SUPERGROUP, WORDS, decide, plan

POST = Say(words=WORDS, language="en", purpose="prompt", reply_to=57)
NAMING: tuple[Act, ...] = (
    Delete(message_ids=(57,)), Edit(words=WORDS, language="en", message_id=57), React(message_id=57, emoji="👀"),
    Pin(message_id=57), Unpin(message_id=57),
)  # fmt: skip


@pytest.mark.parametrize("act", NAMING, ids=lambda act: type(act).__name__)
@pytest.mark.parametrize("held", ["", "inactive", "leader"])
async def test_acts_that_name_a_message_end_with_the_old_chat(
    storage: Storage, group: GroupRow, act: Act, held: str
) -> None:  # A4
    async with storage.unit() as unit:
        [number] = await plan(unit, group, "k", Planned(act, held=held, not_before=AT + 99))
        await groups.migrate(unit, CHAT, SUPERGROUP)
        row = await acts.get(unit, number)
        assert row is not None
        assert (row.state, row.reason) == ("refused", "migrated")


async def test_what_names_no_message_goes_on_and_answers_none(storage: Storage, group: GroupRow) -> None:  # A4
    async with storage.unit() as unit:
        ids = await plan(unit, group, "k", MUTE, Free(user_id=PERSON), POST)
        await groups.migrate(unit, CHAT, SUPERGROUP)
        rows = await acts.by_ids(unit, ids)
    assert [(row.state, row.chat_id) for row in rows] == [("pending", SUPERGROUP)] * 3
    assert isinstance(rows[2].act, Say)
    assert rows[2].act.reply_to == 0


async def test_a_message_of_the_supergroup_is_never_taken_for_an_old_one(
    storage: Storage, group: GroupRow
) -> None:  # A4
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k", planned=[Planned(POST)])
        [told] = await acts.of_decision(unit, number)
        await acts.settle(unit, told.id, "done", AT, result={"message_id": 58})
        await welcomes.greeted(unit, group.id, [], told.id, AT)
        assert await lookups.decision_of_post(unit, group.id, CHAT, 58) == number
        await groups.migrate(unit, CHAT, SUPERGROUP)
        assert await books.decision_about(unit, group.id, 1) is None
        assert await lookups.decision_of_post(unit, group.id, SUPERGROUP, 58) is None
        assert await acts.message_ids(unit, "prompt", group.id) == []
        assert await welcomes.last_post(unit, group.id) == (AT, 0)


async def test_what_the_supergroup_had_before_we_heard_keeps_its_messages(
    storage: Storage, group: GroupRow
) -> None:  # A4
    async with storage.unit() as unit:
        new = await groups.ensure(unit, SUPERGROUP, title="07营", kind="supergroup", owner_id=1, at=AT)
        number, _ = await decide(unit, new, "k")
        [deletion] = await plan(unit, new, "d", Delete(message_ids=(57,)))
        await groups.migrate(unit, CHAT, SUPERGROUP)
        row, act = await books.decision_about(unit, group.id, 1), await acts.get(unit, deletion)
        assert row is not None
        assert act is not None
        assert (row.id, act.state, act.group_id) == (number, "pending", group.id)


async def test_a_post_elsewhere_is_not_the_message_of_that_number_in_the_group(
    storage: Storage, group: GroupRow
) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k", planned=[Planned(Say(words=WORDS, language="en", to_chat=-5))])
        [card] = await acts.of_decision(unit, number)
        await acts.settle(unit, card.id, "done", AT, result={"message_id": 58})
        assert await lookups.decision_of_post(unit, group.id, CHAT, 58) is None
        assert await lookups.decision_of_post(unit, group.id, -5, 58) == number
