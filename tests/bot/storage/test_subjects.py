"""The smaller tables: what each promises to whoever asks."""

import asyncio

import pytest

from bot.storage import (
    Storage,
    groups,
    merit,
    occurrences,
    policies,
    recent,
    roles,
    seen,
    tickets,
    undecided,
    welcomes,
)
from bot.storage.groups import GroupRow
from bot.storage.recent import RecentRow
from tests.bot.storage.making import AT, CHAT, LEADER, NOTICE, PERSON, WORDS, plan


async def test_an_update_is_new_once_for_each_bot(storage: Storage) -> None:
    # U1
    async with storage.unit() as unit:
        assert await seen.mark(unit, 1, [5, 3, 5, 4], AT) == {3, 4, 5}
        assert await seen.mark(unit, 1, [4, 5, 6], AT) == {6}
        assert await seen.mark(unit, 2, [4], AT) == {4}
        assert await seen.mark(unit, 1, [], AT) == set()


async def test_of_two_who_take_the_same_updates_each_gets_its_own(storage: Storage) -> None:
    async def take(first: int) -> set[int]:
        return await storage.write(lambda unit: seen.mark(unit, 1, range(first, first + 60), AT))

    taken = await asyncio.gather(*(take(first) for first in (0, 30, 10, 20)))
    assert sorted(update for each in taken for update in each) == list(range(90))


async def test_what_could_not_be_decided_waits_with_its_raw_text(storage: Storage) -> None:
    # T8
    async with storage.unit() as unit:
        await undecided.add(unit, 1, 7, "KeyError", '{"update_id":7}', AT)
        await undecided.add(unit, 1, 7, "KeyError", '{"update_id":7}', AT)
        await undecided.add(unit, 1, 8, "KeyError", '{"update_id":8}', AT)
        first, second = await undecided.pending(unit, 10)
        assert (first.raw, second.update_id) == ('{"update_id":7}', 8)
        await undecided.resolve(unit, first.id, AT)
        assert [row.update_id for row in await undecided.pending(unit, 10)] == [8]


async def test_a_group_is_made_once_and_changed_by_name(storage: Storage) -> None:
    async with storage.unit() as unit:
        made = await groups.ensure(unit, CHAT, title="07营", kind="group", owner_id=1, at=AT)
        assert await groups.ensure(unit, CHAT, title="other", kind="group", owner_id=2, at=AT + 1) == made
        rights = frozenset({"can_pin_messages"})
        await groups.update(unit, made.id, title="07营·一", bot_rights=rights, rule_began={"flooding": AT})
        found = (await groups.by_chats(unit, [CHAT, -99]))[CHAT]
        assert (found.title, found.bot_rights, found.rule_began) == ("07营·一", rights, {"flooding": AT})
        assert await groups.all_active(unit) == [found]
        await groups.update(unit, made.id, state="inactive")
        assert await groups.all_active(unit) == []
        for wrong in ({"chat_id": 5}, {"titel": "x"}):
            with pytest.raises(TypeError):
                await groups.update(unit, made.id, **wrong)


async def test_a_policy_is_what_all_its_versions_leave(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await policies.put(unit, "installation", 0, {"flooding": {"mode": "observe", "messages": 8}}, LEADER, AT)
        first = await policies.put(unit, "group", group.id, {"flooding": {"mode": "enforce"}, "words": ["a"]}, 1, AT)
        last = await policies.put(unit, "group", group.id, {"flooding": {"messages": 5}, "words": ["b"]}, 1, AT)
        await policies.put(unit, "group", group.id + 1, {"flooding": {"messages": 99}}, 1, AT)
        layers = await policies.current(unit, group.id)
        assert layers.installation == {"flooding": {"mode": "observe", "messages": 8}}
        assert layers.group == {"flooding": {"mode": "enforce", "messages": 5}, "words": ["b"]}
        assert layers.version == last > first
        assert (await groups.by_ids(unit, [group.id]))[group.id].policy_version == last
        back = await policies.put(unit, "group", group.id, {"flooding": None}, 1, AT)
        assert (await policies.current(unit, group.id)).group == {"words": ["b"]}
        assert [row.id for row in await policies.history(unit, "group", group.id)] == [back, last, first]


async def test_changes_made_at_once_are_both_kept(storage: Storage, group: GroupRow) -> None:
    async def put(key: str) -> int:
        return await storage.write(lambda unit: policies.put(unit, "group", group.id, {key: 1}, 1, AT))

    await asyncio.gather(*(put(f"k{number}") for number in range(8)))
    async with storage.reading() as unit:
        assert len((await policies.current(unit, group.id)).group) == 8


async def test_roles_are_of_one_group_or_of_the_installation(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await roles.grant(unit, group.id, PERSON, "officer", LEADER, AT)
        await roles.grant(unit, group.id, PERSON, "officer", LEADER, AT + 1)
        await roles.grant(unit, 0, LEADER, "operator", 0, AT)
        assert await roles.of(unit, PERSON, group.id, AT) == {"officer"}
        assert await roles.of(unit, PERSON, group.id + 1, AT) == frozenset()
        assert await roles.operators(unit) == {LEADER}
        assert [await roles.revoke(unit, group.id, PERSON, "officer") for _ in range(2)] == [True, False]


async def test_a_question_is_answered_by_the_first_who_does(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number = await tickets.open_ticket(
            unit, group_id=group.id, kind="ad", decision_id=None, user_id=PERSON, words=WORDS, at=AT
        )
        assert [row.words for row in await tickets.pending(unit, [group.id])] == [WORDS]

    async def answer(by: int) -> bool:
        return await storage.write(lambda unit: tickets.answer(unit, number, by, AT + by, "ok"))

    assert sorted(await asyncio.gather(*(answer(by) for by in (1, 2, 3)))) == [False, False, True]
    async with storage.unit() as unit:
        row = await tickets.get(unit, number)
        assert row is not None
        assert (row.state, row.answer) == ("answered", "ok")
        assert await tickets.pending(unit, [group.id]) == []


async def test_an_occurrence_is_claimed_once(storage: Storage, group: GroupRow) -> None:
    async def claim() -> bool:
        return await storage.write(lambda unit: occurrences.claim(unit, "07:1:3:morning", group.id, AT, AT))

    assert sorted(await asyncio.gather(claim(), claim(), claim())) == [False, False, True]


async def test_a_day_is_checked_in_once(storage: Storage, group: GroupRow) -> None:
    async def press() -> bool:
        return await storage.write(lambda unit: merit.checkin(unit, group.id, PERSON, "2025-03-03", AT))

    assert sorted(await asyncio.gather(*(press() for _ in range(5)))) == [False] * 4 + [True]


async def test_who_joined_is_greeted_once_by_one_post(storage: Storage, group: GroupRow) -> None:
    # J01
    async with storage.unit() as unit:
        for user in (1, 2, 2, 3):
            await welcomes.add(unit, group.id, user, f"u{user}", AT)
        await welcomes.remove(unit, group.id, 3)
        waiting = await welcomes.waiting(unit, group.id)
        assert [row.user_id for row in waiting] == [1, 2]
        assert await welcomes.last_post(unit, group.id) == (0, 0)
        [act] = await plan(unit, group, "w", NOTICE)
        await welcomes.greeted(unit, group.id, [row.id for row in waiting], act, AT + 5)
        assert await welcomes.waiting(unit, group.id) == []
        await welcomes.add(unit, group.id, 1, "u1", AT + 9)
        assert len(await welcomes.waiting(unit, group.id)) == 1
        assert await welcomes.last_post(unit, group.id) == (AT + 5, 0)


async def test_messages_are_remembered_without_their_text(storage: Storage, group: GroupRow) -> None:
    first = RecentRow(group.id, PERSON, 1, AT, -(2**63), 2**63 - 1, "album")
    async with storage.unit() as unit:
        await recent.add(unit, [first, first._replace(message_id=2, at=AT + 5, user_id=LEADER)])
        await recent.add(unit, [first._replace(fold_hash=7, at=AT + 50)])
        await recent.add(unit, [])
        kept = await recent.since(unit, AT)
        assert [row for row in kept if row.user_id == PERSON] == [first._replace(fold_hash=7)]
        assert [row.message_id for row in kept] == [1, 2]
        assert await recent.trim(unit, AT + 1, 9) == 1
