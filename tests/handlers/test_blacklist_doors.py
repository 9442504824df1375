"""The list of all groups beside what single groups decided: each keeps shut what it shut, and many need two."""  # R12

from tests.handlers.estate import Estate, on_an_estate

MONTH = 31 * 86_400
AT_MOST = {"brakes": {"second_person_above": 5}}


async def banned(estate: Estate) -> None:
    await estate.camp.asks(estate.camp.leader, f"/remove {estate.camp.lin} ban 反复发广告")
    assert estate.status() == "kicked"


async def listed_from_the_other(estate: Estate) -> None:
    """Of what the first group decided the list knows nothing."""
    camp, other = estate.camp, await estate.camp.group(estate.other)
    camp.clock.advance(5)
    await camp.whispers(estate.officer, f"/blacklist #{other.id} add {camp.lin} 30d 私下发诈骗链接")
    await estate.taps("确认，放进黑名单")


async def test_an_end_opens_no_door_that_a_leader_shut(database_url: str) -> None:  # R12
    async with on_an_estate(database_url) as estate:
        camp = estate.camp
        await camp.starts(camp.lin)
        await banned(estate)
        await estate.adds()
        assert estate.status(estate.other) == "kicked"
        camp.clock.advance(MONTH)
        await estate.due()
        assert [row.state for row in await estate.entries("expired")] == ["expired"]
        assert [estate.status(chat) for chat in (0, estate.other)] == ["kicked", "left"]
        assert await out(estate) == (True, True)
        assert "已经结束了" in camp.last(camp.lin)
        assert (await camp.decisions(camp.lin))[-1].state == "standing"


async def test_who_lifts_it_opens_no_door_that_a_leader_shut(database_url: str) -> None:  # R12
    async with on_an_estate(database_url) as estate:
        await banned(estate)
        await estate.adds()
        (entry,) = await estate.entries()
        await estate.says(f"/blacklist remove {entry.id}")
        await estate.taps("移出黑名单，可以回来")
        assert [estate.status(chat) for chat in (0, estate.other)] == ["kicked", "left"]
        assert await out(estate) == (True, True)


async def out(estate: Estate) -> tuple[bool, bool]:
    """Whether the books of the first group say removed, and banned."""
    camp = estate.camp
    async with camp.storage.unit() as unit:
        case = await camp.services.moderator.case_of(unit, await camp.group(), camp.lin, int(camp.clock.now()))
    return case.member.standing.removed, case.member.standing.banned


async def test_nobody_on_the_list_is_invited_when_a_group_takes_back_its_own(database_url: str) -> None:  # R12, R23
    async with on_an_estate(database_url) as estate:
        camp = estate.camp
        await camp.starts(camp.lin)
        await banned(estate)
        (removal,) = await camp.decisions(camp.lin)
        await listed_from_the_other(estate)
        (entry,) = await estate.entries()
        told = await estate.says(f"/undo {removal.id}", camp.leader)
        await camp.later(5)
        assert "只能用一次" not in camp.said(camp.lin)
        assert camp.telegram.calls("createChatInviteLink") == []
        assert f"/blacklist remove {entry.id}" in camp.said(camp.leader), told
        assert len(await estate.entries()) == 1


async def test_adding_and_accepting_count_together_for_a_second_person(database_url: str) -> None:  # R12
    async with on_an_estate(database_url, **AT_MOST) as estate:
        leader, first = estate.camp.leader, 700_100
        for number in range(first, first + 3):
            await estate.says(f"/blacklist add {number} 30d 广告")
            await estate.taps("确认，放进黑名单")
        for number in range(first + 3, first + 6):
            await estate.says(f"/blacklist add {number} 30d 广告", leader)
            await estate.taps("提给运营官", leader)
            await estate.taps("采纳")
        assert len(await estate.entries()) == 5
        await estate.says("/blacklist add 700200 30d 广告")
        await estate.taps("确认，放进黑名单")
        assert len(await estate.entries()) == 5
