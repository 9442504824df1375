"""Nobody judges what was decided about themselves, reads in the group what concerns one, or opens another's group."""

from collections.abc import AsyncIterator

import pytest

from bot.storage import appeals, policies, roles
from tests.handlers.camp import ENFORCED, INSULT, Camp, camping, labels
from tests.handlers.estate import Estate, on_an_estate


@pytest.fixture
async def estate(database_url: str) -> AsyncIterator[Estate]:
    async with on_an_estate(database_url) as made:
        yield made


async def test_a_reviewer_does_not_answer_their_own_appeal(camp: Camp) -> None:  # R23, S8
    desk = await camp.desk()
    group = await camp.group()
    await camp.says(camp.lin, INSULT)
    await camp.says(camp.lin, INSULT)
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.lin, "reviewer", 1, 0)
    camp.telegram.do("join", chat=desk, user=camp.lin)
    await camp.presses(camp.lin, "申诉")
    for button in ("撤销", "维持"):
        assert "和你自己有关" in await camp.presses(camp.lin, button, desk)
    async with camp.storage.reading() as unit:
        assert {each.state for each in await appeals.of_person(unit, group.id, camp.lin, 0)} == {"open"}


async def test_a_leader_does_not_take_back_what_another_decided_about_them(camp: Camp) -> None:  # S8
    group = await camp.group()
    await camp.asks(camp.leader, f"/warn {camp.lin} 刷屏")
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.lin, "leader", 1, 0)
    (row,) = await camp.decisions(camp.lin)
    assert "和你自己有关" in await camp.asks(camp.lin, f"/undo {row.id}")
    assert [each.state for each in await camp.decisions(camp.lin)] == ["standing"]


async def test_whose_messages_are_looked_at_first_is_not_said_in_the_group(database_url: str) -> None:  # R03
    policy = {**ENFORCED, "needs_approval": {"mode": "enforce", "whom": "chosen"}}
    async with camping(database_url, policy) as camp:
        await camp.starts(camp.leader)
        await camp.asks(camp.leader, f"/approval {camp.lin} on")
        await camp.asks(camp.leader, "/approval")
        await camp.asks(camp.leader, "/policy needs_approval.user_ids")
        await camp.asks(camp.leader, f"/policy set needs_approval.user_ids [{camp.lin}]")
        assert "林晓" not in camp.said()
        assert str(camp.lin) not in camp.said()
        assert "林晓" in camp.said(camp.leader)


async def test_nobody_sends_members_into_a_group_they_do_not_lead(estate: Estate) -> None:  # R11, S8
    foreign = await estate.camp.group(estate.foreign)
    leader = estate.camp.leader
    assert "营主" in await estate.says(f"/policy set special_care.group {foreign.id}", leader)
    await estate.says("/care", leader)
    assert "别家的营" not in estate.camp.last(leader)


async def suggested(estate: Estate, *users: int) -> None:
    for user in users:
        await estate.says(f"/blacklist add {user} 30d 广告", estate.camp.leader)
        await estate.taps("提给运营官", estate.camp.leader)


async def test_an_accepted_suggestion_is_no_question_any_more_in_any_group(estate: Estate) -> None:  # R12
    camp = estate.camp
    await suggested(estate, camp.lin)
    assert await camp.questions() == ["blacklist_suggested"]
    camp.clock.advance(5)
    await camp.whispers(estate.officer, f"/blacklist #{(await camp.group(estate.other)).id}")
    await estate.taps("等你看的建议（1）")
    (row,) = await estate.entries("suggested")
    await camp.press_at_once(camp_line(estate, row.name), estate.officer, chat=estate.officer)
    await estate.taps("采纳")
    assert len(await estate.entries()) == 1
    assert await camp.questions() == []


async def test_what_was_accepted_together_is_no_question_any_more(estate: Estate) -> None:  # R12
    camp = estate.camp
    await suggested(estate, camp.lin, camp.telegram.person("小广告"))
    await estate.says("/blacklist")
    await estate.taps("等你看的建议（2）")
    await estate.taps("全部采纳…")
    await estate.taps("确认采纳（2 位）")
    assert len(await estate.entries()) == 2
    assert await camp.questions() == []


def camp_line(estate: Estate, name: str) -> str:
    """The label of that entry's button."""
    posts = estate.telegram.said(estate.officer)
    return next(label for label in labels(posts[-1]) if label.startswith(name))


async def test_asking_somebody_over_says_nothing_of_them_in_the_group(estate: Estate) -> None:  # R11
    camp = estate.camp
    other = await camp.group(estate.other)
    async with camp.storage.unit() as unit:
        group = await camp.group()
        await policies.put(unit, "group", group.id, {"special_care.group": other.id}, 1, 0)
    await camp.asks(camp.leader, f"/care {camp.lin} 需要多一点时间")
    await camp.taps(camp.leader, "确认，去请")
    await camp.later(3)
    assert "已请" in camp.said(camp.leader)
    assert "已请" not in camp.said()
    assert "要请" not in camp.said()
