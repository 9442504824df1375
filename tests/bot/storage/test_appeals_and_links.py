"""Appeals and links: one open at a time, ended once, whoever asks at the same moment."""

import asyncio

from bot.conduct import links as made_links
from bot.storage import Storage, Unit, acts, appeals, links
from bot.storage.groups import GroupRow
from rules.conduct.effects import DAY, CreateLink, RevokeLink
from tests.bot.storage.making import AT, PERSON, decide


async def begun(unit: Unit, group: GroupRow, number: int) -> int | None:
    return await appeals.begin(
        unit, decision_id=number, group_id=group.id, user_id=PERSON, words="", at=AT, due_at=AT + DAY
    )


async def test_one_appeal_about_a_decision_is_open_at_a_time(storage: Storage, group: GroupRow) -> None:  # R23
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "update:1")
    asked = await asyncio.gather(*(storage.write(lambda unit: begun(unit, group, number)) for _ in range(3)))
    first = [each for each in asked if each is not None]
    assert len(first) == 1
    async with storage.unit() as unit:
        assert await appeals.end(unit, first[0], "refused", 1, AT + 1, "看过了")
        assert not await appeals.end(unit, first[0], "accepted", 2, AT + 2)
        assert await appeals.open_of(unit, number) is None
        assert [each.state for each in await appeals.of_decision(unit, number)] == ["refused"]
        assert await begun(unit, group, number) is not None


async def test_a_promise_is_overdue_only_while_nobody_has_answered(storage: Storage, group: GroupRow) -> None:  # F10
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "update:1")
        appeal_id = await begun(unit, group, number) or 0
        assert await appeals.overdue(unit, group.id, PERSON, AT + DAY - 1) == []
        assert [each.id for each in await appeals.overdue(unit, group.id, PERSON, AT + DAY)] == [appeal_id]
        await appeals.change(unit, appeal_id, due_at=AT + 2 * DAY)
        assert await appeals.overdue(unit, group.id, PERSON, AT + DAY) == []
        await appeals.end(unit, appeal_id, "lifted", 0, AT + 2 * DAY)
        assert await appeals.overdue(unit, group.id, PERSON, AT + 3 * DAY) == []


async def make(unit: Unit, group: GroupRow, key: str = "undo:1") -> made_links.Made:
    return await made_links.make(unit, group, user_id=PERSON, purpose="readmit", key=key, at=AT, lasts=3 * DAY)


async def kinds(unit: Unit, group: GroupRow) -> list[str]:
    return [type(each.act).__name__ for each in await acts.pending_of_group(unit, group.id)]


async def test_a_link_is_made_once_for_one_person(storage: Storage, group: GroupRow) -> None:  # R23
    async with storage.unit() as unit:
        made = await make(unit, group)
        assert await make(unit, group) == made
        row = await acts.get(unit, made.act_id)
        assert row is not None
        assert row.act == CreateLink(name="readmit", uses=1, expires_at=AT + 3 * DAY)


async def test_whoever_came_in_has_used_their_link_and_it_is_revoked(storage: Storage, group: GroupRow) -> None:  # R23
    async with storage.unit() as unit:
        made = await make(unit, group)
        assert await made_links.joined(unit, group, PERSON + 1, AT + 1) == []
        assert [each.id for each in await made_links.joined(unit, group, PERSON, AT + 2)] == [made.link_id]
        assert await made_links.joined(unit, group, PERSON, AT + 3) == []
        assert await kinds(unit, group) == ["CreateLink", "RevokeLink"]
        (_, revoking) = await acts.pending_of_group(unit, group.id)
        assert (revoking.act, revoking.after_id) == (RevokeLink(), made.act_id)


async def test_a_link_that_is_taken_back_lets_nobody_in(storage: Storage, group: GroupRow) -> None:  # R23
    async with storage.unit() as unit:
        made = await make(unit, group)
        await made_links.close(unit, group, PERSON, AT + 5)
        row = await links.get(unit, made.link_id)
        assert row is not None
        assert (row.revoked_at, row.used_at) == (AT + 5, 0)


async def test_the_act_that_made_a_link_is_kept_as_long_as_the_link(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        made = await make(unit, group)
        await acts.settle(unit, made.act_id, "done", AT + 1, result={"invite_link": "https://t.me/+abc"})
        await acts.trim(unit, AT + 100)
        assert await acts.results(unit, [made.act_id]) == {made.act_id: {"invite_link": "https://t.me/+abc"}}
