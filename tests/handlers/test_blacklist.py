"""Kept out of all groups of one owner: shown first, done by a press, told to the person, taken back whole."""  # R12

from collections.abc import AsyncIterator

import pytest

from bot.protection.blacklist import New, add
from bot.storage import blacklist as stored
from bot.storage import groups, roles
from tests.handlers.estate import ANOTHERS, MINE, Estate, on_an_estate

MONTH = 31 * 86_400


@pytest.fixture
async def estate(database_url: str) -> AsyncIterator[Estate]:
    async with on_an_estate(database_url) as made:
        yield made


async def test_nobody_is_removed_before_the_press_and_then_from_all_groups_of_that_owner(estate: Estate) -> None:
    shown = await estate.says(f"/blacklist add {estate.camp.lin} 30d 私下发诈骗链接")
    assert "会在这 2 个群里移出：Camp 07、08营" in shown
    assert "原因：私下发诈骗链接" in shown
    assert (estate.status(), await estate.entries()) == ("member", [])
    told = await estate.taps("确认，放进黑名单")
    assert "已经在 2 个群里移出" in told
    assert [estate.status(chat) for chat in (0, estate.other, estate.foreign)] == ["kicked", "kicked", "member"]
    (entry,) = await estate.entries()
    assert (entry.user_id, entry.owner_id, entry.reason) == (estate.camp.lin, MINE, "私下发诈骗链接")
    assert [row.after["entry"] for row in await estate.camp.audited("blacklist.add")] == [entry.id]


async def test_the_person_hears_it_once_with_reason_and_end_and_can_appeal(estate: Estate) -> None:
    await estate.camp.starts(estate.camp.lin)
    before = len(estate.telegram.said(estate.camp.lin))
    await estate.adds()
    (notice,) = estate.telegram.said(estate.camp.lin)[before:]
    assert "私下发诈骗链接" in notice["text"]
    assert "2023-12-15 之前" in notice["text"]
    assert "申诉" in str(notice["reply_markup"])
    assert "罚" not in notice["text"]


async def test_whoever_starts_the_bot_only_afterwards_reads_reason_and_end_as_well(estate: Estate) -> None:  # R12, V09
    camp = estate.camp
    await estate.adds()
    await camp.starts(camp.lin)
    await camp.later(5)
    said = camp.telegram.said(camp.lin)[0]["text"]
    assert "黑名单上，到 2023-12-15 为止。原因：私下发诈骗链接" in said
    (row, *_) = await camp.decisions(camp.lin)
    await camp.whispers(camp.lin, f"/decision {row.id}")
    await camp.later(3)
    file = camp.last(camp.lin)
    assert "私下发诈骗链接" in file
    assert "在黑名单上，到 2023-12-15 为止" in file


async def test_whoever_comes_again_by_another_way_is_shown_out_and_leaders_read_it(estate: Estate) -> None:
    await estate.adds(f"{estate.camp.lin} 30d 广告")
    estate.telegram.do("unban", chat=estate.other, user=estate.camp.lin)
    desk = await estate.camp.desk()
    other = await estate.camp.group(estate.other)
    async with estate.camp.storage.unit() as unit:
        await groups.update(unit, other.id, moderators_chat=desk)
    estate.camp.clock.advance(7200)
    estate.telegram.do("join", chat=estate.other, user=estate.camp.lin)
    await estate.camp.go()
    assert estate.status(estate.other) == "kicked"
    assert "林晓 在黑名单上（广告" in estate.camp.last(desk)


async def test_a_team_member_is_never_put_on_it(estate: Estate) -> None:
    told = await estate.says(f"/blacklist add {estate.camp.leader} 30d 吵架")
    assert "放进黑名单" not in told
    second = estate.telegram.member("另一营的营主", estate.other)
    await estate.camp.go()
    estate.camp.clock.advance(60)
    estate.telegram.do("promote", chat=estate.other, user=second, rights="all")
    await estate.camp.go()
    assert "是团队的一员" in await estate.says(f"/blacklist add {second} 30d 吵架")


async def test_lifting_opens_every_door_again(estate: Estate) -> None:
    await estate.adds()
    (entry,) = await estate.entries()
    await estate.says(f"/blacklist remove {entry.id}")
    await estate.taps("移出黑名单，可以回来")
    assert [estate.status(chat) for chat in (0, estate.other)] == ["left", "left"]
    assert await estate.entries() == []
    estate.telegram.do("join", chat=estate.other, user=estate.camp.lin)
    await estate.camp.go()
    assert estate.status(estate.other) == "member"


async def test_an_entry_ends_by_itself_on_its_day(estate: Estate) -> None:
    await estate.adds()
    estate.camp.clock.advance(MONTH)
    await estate.due()
    assert [row.state for row in await estate.entries("expired")] == ["expired"]
    assert [estate.status(chat) for chat in (0, estate.other)] == ["left", "left"]


async def test_a_leader_suggests_and_an_officer_accepts(estate: Estate) -> None:
    leader = estate.camp.leader
    await estate.says(f"/blacklist add {estate.camp.lin} 30d 广告", leader)
    await estate.taps("提给运营官", leader)
    assert estate.status() == "member"
    assert "班长 建议把 林晓 放进黑名单" in estate.camp.last(estate.officer)
    await estate.taps("采纳")
    assert [estate.status(chat) for chat in (0, estate.other)] == ["kicked", "kicked"]
    assert len(await estate.entries()) == 1


async def test_the_head_says_how_it_grew(estate: Estate) -> None:  # M12
    await estate.adds()
    assert "黑名单上有 1 位，最近 30 天新增 1 位" in await estate.says("/blacklist")


async def test_another_owner_sees_nothing_of_it(estate: Estate) -> None:
    await estate.adds()
    (entry,) = await estate.entries()
    foreign = await estate.camp.group(estate.foreign)
    async with estate.camp.storage.unit() as unit:
        await roles.grant_all(unit, ANOTHERS, estate.officer, "officer", ANOTHERS, 0)
    estate.camp.clock.advance(5)
    await estate.camp.whispers(estate.officer, f"/blacklist #{foreign.id}")
    assert "黑名单是空的" in estate.camp.last(estate.officer)
    await estate.camp.whispers(estate.officer, f"/blacklist #{foreign.id} remove {entry.id}")
    assert "没有找到这位" in estate.camp.last(estate.officer)
    assert await estate.entries() == [entry]


async def test_taking_back_what_it_rests_on_takes_back_all_of_it(estate: Estate) -> None:
    await estate.camp.says(estate.camp.leader, f"/remove {estate.camp.lin} 诈骗")
    (removal,) = await estate.camp.decisions(estate.camp.lin)
    shown = await estate.says(f"/blacklist add {estate.camp.lin} 30d")
    assert f"依据：第 {removal.id} 号" in shown
    assert "原因：诈骗" in shown
    await estate.taps("确认，放进黑名单")
    assert estate.status(estate.other) == "kicked"
    await estate.says(f"/undo {removal.id}")
    assert await estate.entries() == []
    assert [estate.status(chat) for chat in (0, estate.other)] == ["left", "left"]


async def test_a_role_protects_whoever_comes_in(estate: Estate) -> None:
    await estate.adds()
    group = await estate.camp.group(estate.other)
    async with estate.camp.storage.unit() as unit:
        await roles.grant(unit, group.id, estate.camp.lin, "volunteer", estate.officer, 0)
    estate.telegram.do("unban", chat=estate.other, user=estate.camp.lin)
    estate.camp.clock.advance(3600)
    estate.telegram.do("join", chat=estate.other, user=estate.camp.lin)
    await estate.camp.go()
    assert estate.status(estate.other) == "member"


async def test_many_who_come_at_once_are_braked_and_asked_about(estate: Estate) -> None:
    people = [estate.telegram.person(f"路人{n}") for n in range(5)]
    async with estate.camp.storage.unit() as unit:
        group = await estate.camp.group(estate.other)
        for each in people:
            new = New(each, "路人", reason="广告", expires_at=int(estate.camp.clock.now()) + MONTH)
            assert await add(unit, estate.camp.services.moderator, group, new, by=estate.officer, at=MONTH)
    for each in people:
        estate.telegram.do("unban", chat=estate.camp.chat, user=each)
        estate.telegram.do("join", chat=estate.camp.chat, user=each)
    await estate.camp.go()
    inside = [each for each in people if estate.status(0, each) == "member"]
    assert len(inside) == 2
    assert "brake" in await estate.camp.questions()


async def test_of_two_who_put_the_same_person_on_it_one_does(estate: Estate) -> None:
    shown = f"/blacklist add {estate.camp.lin} 30d 广告"
    await estate.says(shown)
    await estate.camp.press_at_once("确认，放进黑名单", estate.officer, estate.officer, chat=estate.officer)
    assert len(await estate.entries()) == 1
    assert "已经在黑名单上了" in await estate.says(shown)


async def test_without_a_reason_it_asks_for_one(estate: Estate) -> None:
    assert "请写上原因" in await estate.says(f"/blacklist add {estate.camp.lin} 30d")
    assert "1 天到 10 年" in await estate.says(f"/blacklist add {estate.camp.lin} 1h 广告")
    assert "可以这样用" in await estate.says("/blacklist 什么")
    assert "没有找到这位" in await estate.says("/blacklist remove 999")


async def test_an_entry_that_is_over_keeps_no_words_after_their_days(estate: Estate) -> None:
    await estate.adds()
    estate.camp.clock.advance(MONTH)
    await estate.due()
    async with estate.camp.storage.unit() as unit:
        assert await stored.erase(unit, int(estate.camp.clock.now()) + 1) == 1
    (entry,) = await estate.entries("expired")
    assert (entry.name, entry.reason, entry.user_id) == ("", "", estate.camp.lin)


async def test_a_leader_of_one_group_opens_no_others_by_taking_back(estate: Estate) -> None:  # S8
    await estate.camp.says(estate.camp.leader, f"/remove {estate.camp.lin} 诈骗")
    (removal,) = await estate.camp.decisions(estate.camp.lin)
    await estate.adds(f"{estate.camp.lin} 30d")
    caused = next(row for row in await estate.camp.decisions(estate.camp.lin, estate.other))
    told = await estate.says(f"/undo {removal.id}", estate.camp.leader)
    assert "请运营官来看" in told
    await estate.says(f"/undo {caused.id}", estate.camp.leader)
    assert len(await estate.entries()) == 1
    assert [estate.status(chat) for chat in (0, estate.other)] == ["kicked", "kicked"]


async def test_an_appeal_about_it_is_looked_at_by_another_officer(estate: Estate) -> None:
    second = estate.telegram.person("另一位总管")
    async with estate.camp.storage.unit() as unit:
        await roles.grant_all(unit, MINE, second, "officer", MINE, 0)
    await estate.camp.starts(second)
    await estate.camp.starts(estate.camp.lin)
    await estate.adds()
    await estate.camp.taps(estate.camp.lin, "申诉")
    assert "请你再看一眼" in estate.camp.last(second)
    await estate.camp.taps(second, "撤销")
    assert await estate.entries() == []
    assert [estate.status(chat) for chat in (0, estate.other)] == ["left", "left"]


async def test_whoever_was_there_unseen_is_shown_out_when_they_first_write(estate: Estate) -> None:
    silent = estate.telegram.person("潜水的人")
    old = int(estate.telegram.do("chat_create", kind="supergroup", title="06营", owner=estate.telegram.owner)["id"])
    estate.telegram.do("join", chat=old, user=silent)
    estate.camp.clock.advance(60)
    estate.telegram.do("add_bot", chat=old, admin="all")
    await estate.camp.go()
    await estate.owned(old, MINE)
    group = await estate.camp.group(estate.other)
    async with estate.camp.storage.unit() as unit:
        new = New(silent, "潜水的人", reason="广告", expires_at=int(estate.camp.clock.now()) + MONTH)
        assert await add(unit, estate.camp.services.moderator, group, new, by=estate.officer, at=MONTH)
    assert estate.status(old, silent) == "member"
    said = await estate.camp.says(silent, "大家好", old)
    assert estate.status(old, silent) == "kicked"
    assert not estate.telegram.exists(said, old)
