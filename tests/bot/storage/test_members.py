"""Who is in a group, as last seen: newer news win, whatever the order in which they come."""

from bot.storage import Storage, books, members, users
from bot.storage.groups import GroupRow
from bot.storage.members import AdminRow, Touch
from rules.conduct.effects import Entry
from tests.bot.storage.making import AT, LEADER, PERSON, decide

RIGHTS = frozenset({"can_delete_messages", "can_restrict_members"})
XIAO = Touch(1, PERSON, "林晓", "LinXiao", None, False, AT, 1)


async def one(storage: Storage, group: GroupRow, user_id: int = PERSON) -> members.MemberRow:
    async with storage.reading() as unit:
        return (await members.load(unit, [(group.id, user_id)]))[group.id, user_id]


async def test_several_touches_of_one_person_are_one_row(storage: Storage, group: GroupRow) -> None:
    later = XIAO._replace(name="07营-林晓-上海", tag="组长", at=AT + 2, messages=2)
    async with storage.unit() as unit:
        await members.touch(unit, [later, XIAO._replace(group_id=group.id, user_id=5), XIAO])
    row = await one(storage, group)
    assert (row.name, row.username, row.tag, row.messages) == ("07营-林晓-上海", "LinXiao", "组长", 3)
    assert (row.last_seen, row.joined_at, row.status) == (AT + 2, None, "member")


async def test_a_touch_without_name_or_tag_leaves_what_is_known(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await members.touch(unit, [XIAO._replace(tag="组长")])
        await members.touch(unit, [XIAO._replace(name="", username="", at=AT - 5, messages=0)])
        await members.touch(unit, [])
    row = await one(storage, group)
    assert (row.name, row.username, row.tag) == ("林晓", "LinXiao", "组长")
    assert (row.last_seen, row.messages) == (AT, 1)


async def test_an_older_status_never_replaces_a_newer_one(storage: Storage, group: GroupRow) -> None:
    # U2
    async with storage.unit() as unit:
        assert await members.set_status(unit, group.id, PERSON, "left", at=AT + 5)
        assert not await members.set_status(unit, group.id, PERSON, "member", at=AT, joined_at=AT)
        assert await members.set_status(unit, group.id, PERSON, "member", at=AT + 9, joined_at=AT + 9, name="林晓")
    row = await one(storage, group)
    assert (row.status, row.joined_at, row.name) == ("member", AT + 9, "林晓")


async def test_a_message_proves_that_somebody_is_back_but_an_older_one_does_not(
    storage: Storage, group: GroupRow
) -> None:
    # U2
    async with storage.unit() as unit:
        await members.set_status(unit, group.id, PERSON, "left", at=AT + 5)
        await members.touch(unit, [XIAO])
        assert (await members.load(unit, [(group.id, PERSON)]))[group.id, PERSON].status == "left"
        await members.touch(unit, [XIAO._replace(at=AT + 9)])
    assert (await one(storage, group)).status == "member"


async def test_the_list_of_admins_is_replaced_as_a_whole(storage: Storage, group: GroupRow) -> None:
    creator = AdminRow(LEADER, "苏禾", "suhe", "creator", RIGHTS)
    old = [creator, AdminRow(5, "韩笑", "han", "administrator", RIGHTS, anonymous=True)]
    async with storage.unit() as unit:
        await members.replace_admins(unit, group.id, old, AT)
        rows = await members.admins(unit, group.id)
        assert [(row.user_id, row.status, row.admin_rights, row.anonymous) for row in rows] == [
            (5, "administrator", RIGHTS, True), (LEADER, "creator", RIGHTS, False),
        ]  # fmt: skip
        await members.replace_admins(unit, group.id, [creator], AT + 1)
        assert [row.user_id for row in await members.admins(unit, group.id)] == [LEADER]
    row = await one(storage, group, 5)
    assert (row.status, row.admin_rights, row.anonymous) == ("member", frozenset(), False)


async def test_a_name_with_at_is_found_among_the_last_seen_of_that_group(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await members.touch(unit, [XIAO, XIAO._replace(user_id=5, username="linxiao_2")])
        found = await members.find_username(unit, group.id, "@linxiao")
        assert [row.user_id for row in found] == [PERSON]
        assert await members.find_username(unit, group.id + 1, "linxiao") == []
        assert await members.find_username(unit, group.id, "@") == []
        assert await members.count(unit, group.id) == 2


async def test_who_is_read_only_for_the_name_is_known_until_freed(storage: Storage, group: GroupRow) -> None:
    asked = Entry("read_only", "nickname_format")
    async with storage.unit() as unit:
        await members.touch(unit, [XIAO, XIAO._replace(user_id=5), XIAO._replace(user_id=6), XIAO._replace(user_id=7)])
        await decide(unit, group, "a", asked)
        await decide(unit, group, "b", asked, user_id=5)
        await decide(unit, group, "c", Entry("freed", "nickname_format"), user_id=5)
        voided, _ = await decide(unit, group, "d", asked, user_id=6)
        await decide(unit, group, "e", Entry("void", ref=voided), user_id=6, reverses=voided)
        await decide(unit, group, "f", asked, user_id=7)
        await members.set_status(unit, group.id, 7, "left", at=AT + 1)
        await decide(unit, group, "g", Entry("read_only", "ladder"), user_id=LEADER)
        assert await members.read_only_for_name(unit) == [(group.id, PERSON)]
        assert len(await books.rows(unit, [(group.id, 5)], 0)) == 1


async def test_people_are_written_to_only_after_they_started(storage: Storage) -> None:
    async with storage.unit() as unit:
        await users.blocked(unit, 5, AT)
        await users.started(unit, PERSON, "林晓", "linxiao", "en", AT)
        await users.set_language(unit, PERSON, "zh_Hans")
        await users.started(unit, PERSON, "林晓2", "linxiao", "en", AT + 1)
        await users.set_language(unit, 6, "en")
        known = await users.get(unit, [5, 6, PERSON, 99])
    assert {user: (row.started_at, row.blocked_at, row.language) for user, row in known.items()} == {
        5: (0, AT, ""), 6: (0, 0, "en"), PERSON: (AT + 1, 0, "zh_Hans"),
    }  # fmt: skip
    assert known[PERSON].name == "林晓2"


async def test_a_join_told_in_the_second_of_the_list_leaves_an_administrator(storage: Storage, group: GroupRow) -> None:
    admin = AdminRow(PERSON, "林晓", "", "administrator", frozenset({"can_delete_messages"}))
    async with storage.unit() as unit:
        await members.replace_admins(unit, group.id, [admin], AT)
        for at in (AT - 1, AT):
            assert not await members.set_status(unit, group.id, PERSON, "member", at=at, unless_leading=True)
        assert [row.status for row in await members.admins(unit, group.id)] == ["administrator"]
        assert await members.set_status(unit, group.id, PERSON, "member", at=AT)
        await members.replace_admins(unit, group.id, [admin], AT)
        assert await members.set_status(unit, group.id, PERSON, "member", at=AT + 1, unless_leading=True)
