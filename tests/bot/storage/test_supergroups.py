"""A group becomes a supergroup: one transaction, everything follows, nothing is doubled, in whichever order."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import func, select

from bot.storage import (
    Storage,
    Unit,
    acts,
    books,
    buttons,
    cares,
    deadlines,
    groups,
    members,
    merit,
    occurrences,
    policies,
    quiet,
    recent,
    roles,
    tickets,
    welcomes,
)
from bot.storage.groups import GroupRow
from bot.storage.members import Touch
from bot.storage.recent import RecentRow
from bot.storage.tables import groups as group_rows
from bot.storage.tables import metadata
from rules.conduct.effects import LANE_SPEECH, Button, Deadline, Entry, Phrase, Planned, Restrict, Say
from rules.merit.checkin import contribution
from tests.bot.storage.making import AT, CHAT, FINE, LEADER, MUTE, NOTICE, PERSON, SUPERGROUP, WORDS, decide, plan
from tests.bot.storage.schema import everything


async def live(unit: Unit, group: GroupRow, mark: str) -> int:
    """A bit of everything that can hang on a group; the decision it hangs on."""
    number, _ = await decide(unit, group, f"{mark}:1", FINE, Entry("mute", until=AT + 3600), planned=[Planned(MUTE)])
    await deadlines.add(unit, group.id, PERSON, number, [Deadline("fine_due", AT + 9)])
    await members.touch(unit, [Touch(group.id, PERSON, "老赵", "zhao", None, False, AT, 3)])
    await members.update(unit, group.id, PERSON, nick=f"07营-赵刚-{mark}")
    await tickets.open_ticket(
        unit, group_id=group.id, kind="ad", decision_id=number, user_id=PERSON, words=WORDS, at=AT
    )
    await policies.put(unit, "group", group.id, {"flooding.mode": mark}, LEADER, AT)
    await roles.grant(unit, group.id, LEADER, "officer", LEADER, AT)
    await merit.checkin(unit, group.id, PERSON, "2025-03-03", AT)
    await merit.checkin(unit, group.id, PERSON, f"2025-03-04{mark}", AT)
    given = contribution(group.id, PERSON, date.fromisoformat("2025-03-03"), 2)
    await merit.post(unit, group.id, given._replace(key=f"{mark}:{given.key}"), at=AT, by=0)
    await occurrences.claim(unit, f"{mark}:prompt", group.id, AT, AT)
    await welcomes.add(unit, group.id, PERSON, "老赵", AT)
    await recent.add(unit, [RecentRow(group.id, PERSON, 1, AT, 5, 0, "")])
    await plan(unit, group, f"{mark}:card", Say(words=WORDS, language="en", buttons=((Button(Phrase("a")),),)))
    return number


async def counts(unit: Unit) -> dict[str, int]:
    return {table: len(rows) for table, rows in (await everything(unit.connection)).items()}


async def test_everything_follows_the_group(storage: Storage, group: GroupRow) -> None:
    # A4
    async with storage.unit() as unit:
        number = await live(unit, group, "a")
        before = await counts(unit)
    assert await storage.write(lambda unit: groups.migrate(unit, CHAT, SUPERGROUP))
    async with storage.reading() as unit:
        found = await groups.by_chats(unit, [CHAT, SUPERGROUP])
        assert found[CHAT] == found[SUPERGROUP]
        assert (found[CHAT].id, found[CHAT].chat_id, found[CHAT].kind) == (group.id, SUPERGROUP, "supergroup")
        after = await counts(unit)
        assert {table: after[table] - before[table] for table in after if after[table] != before[table]} == {
            "former_chats": 1, "recent_messages": -1,
        }  # fmt: skip
        assert [fine.decision_id for fine in await books.open_fines(unit, group.id)] == [number]
        assert {row.chat_id for row in await acts.of_decision(unit, number)} == {SUPERGROUP}
        assert (await deadlines.due(unit, AT + 9, 5))[0].group_id == group.id
        assert len(await buttons.of_decision(unit, number)) == 0
    async with storage.unit() as unit:
        assert {row.chat_id for row in await quiet.waiting(unit, group.id, AT)} == {SUPERGROUP}


async def test_being_told_twice_or_backwards_changes_nothing(storage: Storage, group: GroupRow) -> None:
    # A4: by the service message and by the answer to a call, in both orders.
    told = [storage.write(lambda unit: groups.migrate(unit, CHAT, SUPERGROUP)) for _ in range(3)]
    assert sorted(await asyncio.gather(*told)) == [False, False, True]
    async with storage.unit() as unit:
        assert not await groups.migrate(unit, SUPERGROUP, SUPERGROUP)
        assert not await groups.migrate(unit, -4, -5)
        assert await unit.scalar(select(func.count()).select_from(group_rows)) == 1


async def test_a_supergroup_that_spoke_first_is_merged_with_its_past(storage: Storage, group: GroupRow) -> None:
    # A4: a message from the new chat may come before we hear of the migration.
    async with storage.unit() as unit:
        old = await live(unit, group, "a")
        young = await groups.ensure(unit, SUPERGROUP, title="07营", kind="supergroup", owner_id=1, at=AT)
        new = await live(unit, young, "b")
        await members.touch(unit, [Touch(young.id, LEADER, "韩笑", "han", None, False, AT, 1)])
    assert await storage.write(lambda unit: groups.migrate(unit, CHAT, SUPERGROUP))
    async with storage.reading() as unit:
        for table in metadata.sorted_tables:
            if "group_id" in table.c:
                left = select(func.count()).select_from(table).where(table.c.group_id == young.id)
                assert await unit.scalar(left) == 0, table.name
        rows = await members.load(unit, [(group.id, PERSON), (group.id, LEADER)])
        assert rows[group.id, PERSON].messages == 6
        assert rows[group.id, PERSON].nick == "07营-赵刚-a"
        assert rows[group.id, LEADER].name == "韩笑"
        assert {fine.decision_id for fine in await books.open_fines(unit, group.id)} == {old, new}
        assert (await policies.current(unit, group.id)).group == {"flooding.mode": "a"}
        assert await merit.balances(unit, group.id, PERSON) == {"points": 4}
        assert await merit.checkins(unit, group.id, PERSON) == ["2025-03-04b", "2025-03-04a", "2025-03-03"]
        assert len(await welcomes.waiting(unit, group.id)) == 1
        assert (await groups.by_chats(unit, [SUPERGROUP]))[SUPERGROUP].id == group.id


async def test_a_special_care_group_stays_the_one_that_people_were_offered(storage: Storage, group: GroupRow) -> None:
    # A4: the table names two groups, and either may be the one that is no more.
    async with storage.unit() as unit:
        young = await groups.ensure(unit, SUPERGROUP, title="照顾营", kind="supergroup", owner_id=1, at=AT)
        home = await groups.ensure(unit, -509, title="08营", kind="supergroup", owner_id=1, at=AT)
        number, _ = await decide(unit, home, "care")
        care = await cares.add(
            unit, group_id=home.id, care_group_id=young.id, user_id=PERSON, decision_id=number, carer_id=LEADER, at=AT
        )
    assert await storage.write(lambda unit: groups.migrate(unit, CHAT, SUPERGROUP))
    async with storage.reading() as unit:
        row = await cares.get(unit, care)
        assert row is not None
        assert row.care_group_id == group.id


async def test_what_is_known_of_people_and_of_the_bot_in_the_new_chat_is_kept(
    storage: Storage, group: GroupRow
) -> None:  # A4
    rights = frozenset({"can_delete_messages"})
    async with storage.unit() as unit:
        young = await groups.ensure(unit, SUPERGROUP, title="07营", kind="supergroup", owner_id=1, at=AT)
        await groups.update(unit, young.id, bot_status="administrator", bot_rights=rights, admins_at=AT + 9)
        await members.touch(unit, [Touch(group.id, PERSON, "赵刚", "", None, False, AT, 1)])
        await members.set_status(unit, young.id, PERSON, "administrator", at=AT + 5, admin_rights=rights, joined_at=AT)
        await members.update(unit, young.id, PERSON, nick="07营-赵刚", nick_exempt=True, rules_accepted_at=AT + 6)
    assert await storage.write(lambda unit: groups.migrate(unit, CHAT, SUPERGROUP))
    async with storage.reading() as unit:
        row = (await members.load(unit, [(group.id, PERSON)]))[group.id, PERSON]
        assert (row.status, row.admin_rights, row.nick, row.nick_exempt) == ("administrator", rights, "07营-赵刚", True)
        assert (row.joined_at, row.rules_accepted_at) == (AT, AT + 6)
        moved = (await groups.by_ids(unit, [group.id]))[group.id]
        assert (moved.bot_status, moved.bot_rights, moved.admins_at) == ("administrator", rights, AT + 9)


async def test_the_moderators_chat_is_followed_too(storage: Storage, group: GroupRow) -> None:
    moderators, moved = -77, -1_000_000_000_077
    async with storage.unit() as unit:
        await groups.update(unit, group.id, moderators_chat=moderators)
        card = Say(words=WORDS, language="en", to_chat=moderators, purpose="card")
        await plan(unit, group, "card", card, Planned(NOTICE))
        assert not await groups.migrate(unit, moderators, moved)
        assert (await groups.by_ids(unit, [group.id]))[group.id].moderators_chat == moved
        [card_row] = await acts.due(unit, AT, LANE_SPEECH, 9)
        [notice] = await quiet.waiting(unit, group.id, AT)
        assert isinstance(card_row.act, Say)
        assert (card_row.chat_id, card_row.act.to_chat, notice.chat_id) == (moved, moved, CHAT)


async def test_a_migration_that_is_interrupted_leaves_the_group_as_it_was(storage: Storage, group: GroupRow) -> None:
    # A4
    async def work(unit: Unit) -> None:
        await live(unit, group, "a")
        await groups.migrate(unit, CHAT, SUPERGROUP)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.write(work)
    async with storage.reading() as unit:
        assert await groups.by_chats(unit, [CHAT, SUPERGROUP]) == {CHAT: group}


async def test_open_mutes_keep_their_end(storage: Storage, group: GroupRow) -> None:
    # A4, A6
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k", planned=[Planned(MUTE)])
        await groups.migrate(unit, CHAT, SUPERGROUP)
        [row] = await acts.of_decision(unit, number)
        assert row.act == Restrict(user_id=PERSON, until=MUTE.until)
