"""In private a leader of one group is never asked which; of several, every example says where the number stands."""

import pytest

from tests.handlers.camp import Camp


@pytest.mark.parametrize("line", ["/filter", "/case", "/audit", "/roster", "/shift", "/inbox", "/report rules"])
async def test_whoever_leads_one_group_is_never_asked_which(camp: Camp, line: str) -> None:
    await camp.starts(camp.leader)
    await camp.whispers(camp.leader, line)
    assert "哪个群" not in camp.said(camp.leader)
    assert "Camp 07" in camp.last(camp.leader) or "没有" in camp.last(camp.leader)


async def test_a_command_about_somebody_works_in_private_without_a_number(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.whispers(camp.leader, f"/record {camp.lin}")
    assert "林晓" in camp.last(camp.leader)


async def second(camp: Camp) -> int:
    other = camp.telegram.supergroup("第二个营")
    camp.telegram.do("join", chat=other, user=camp.leader)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=other, user=camp.leader, rights="all")
    await camp.go()
    return (await camp.group(other)).id


async def test_of_several_groups_every_example_says_where_the_number_stands(camp: Camp) -> None:
    await second(camp)
    number = (await camp.group()).id
    await camp.starts(camp.leader)
    await camp.whispers(camp.leader, f"/grant #{number}")
    assert f"请先写群的编号：/grant #{number} …" in camp.last(camp.leader)
    await camp.whispers(camp.leader, "/filter")
    assert "哪个群" in camp.last(camp.leader)


async def test_a_number_of_no_group_of_theirs_is_said_to_be_none(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.whispers(camp.leader, "/audit #99")
    assert "没有编号是 #99 的群" in camp.last(camp.leader)
    assert "Camp 07" in camp.last(camp.leader)


async def test_a_record_that_is_not_there_is_not_missing_in_a_group_nobody_named(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "/decision 999")
    assert "没有第 999 号记录" in camp.last(camp.lin)
    assert "本群" not in camp.last(camp.lin)
    await camp.whispers(camp.lin, "/approve 1")
    assert "/menu" not in camp.last(camp.lin)
    assert "这个群" not in camp.last(camp.lin)
