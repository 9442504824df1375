"""What a leader hears of an order: done, under which number; not done, and why; nothing to do."""

import pytest

from tests.handlers.camp import ENFORCED, Camp, camping


async def test_a_measure_tells_its_leader_number_count_and_end_in_private(camp: Camp) -> None:  # R08
    await camp.starts(camp.leader)
    await camp.says(camp.leader, f"/mute {camp.lin}")
    (decision,) = await camp.decisions(camp.lin)
    until = camp.last(camp.leader)
    assert f"第 {decision.id} 号" in until
    assert "到 11-" in until
    assert f"/undo {decision.id}" in until
    assert "第 1 次" in await camp.asks(camp.leader, f"/warn {camp.lin}") + camp.last(camp.leader)
    assert f"第 {decision.id} 号" not in camp.said()


async def test_a_measure_of_a_leader_who_cannot_be_written_to_is_acknowledged_without_a_word(camp: Camp) -> None:
    await camp.says(camp.leader, f"/remove {camp.lin}")
    assert camp.said() == ""
    assert len(camp.telegram.calls("setMessageReaction")) == 1


@pytest.mark.parametrize("rights", [[], ["can_delete_messages"]])
@pytest.mark.parametrize("command", ["mute", "remove"])
async def test_what_the_bot_has_no_right_for_is_said_and_not_written(
    camp: Camp, command: str, rights: list[str]
) -> None:  # A1
    await camp.starts(camp.lin)
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights=rights)
    heard = len(camp.telegram.said(camp.lin))
    answer = await camp.asks(camp.leader, f"/{command} {camp.lin}")
    assert "封禁用户" in answer
    assert "什么都没做" in answer
    assert await camp.decisions(camp.lin) == []
    assert len(camp.telegram.said(camp.lin)) == heard
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights="all")
    await camp.later(60)
    assert camp.telegram.status(camp.lin) == "member"


async def test_a_card_whose_answer_needs_a_right_stays_open_until_there_is_one(database_url: str) -> None:  # A1
    async with camping(database_url, {**ENFORCED, "insult": {"mode": "observe"}}) as camp:
        said = await camp.says(camp.lin, "你这个傻逼")
        await camp.starts(camp.leader)
        await camp.says(camp.leader, "/inbox")
        camp.telegram.do("set_bot_rights", chat=camp.chat, rights=["can_restrict_members"])
        await camp.go()
        assert "删除消息" in await camp.presses(camp.leader, "删除", camp.leader)
        camp.telegram.do("set_bot_rights", chat=camp.chat, rights="all")
        await camp.go()
        await camp.presses(camp.leader, "删除", camp.leader)
        assert not camp.telegram.exists(said)


@pytest.mark.parametrize("command", ["unmute", "readmit", "pardon"])
async def test_good_done_already_is_not_done_again(camp: Camp, command: str) -> None:
    assert "没有需要办的事" in await camp.asks(camp.leader, f"/{command} {camp.lin}")
    assert await camp.decisions(camp.lin) == []


async def test_who_is_gone_is_not_removed_again_but_may_be_banned(camp: Camp) -> None:  # R10
    await camp.asks(camp.leader, f"/remove {camp.lin}")
    assert "没有需要办的事" in await camp.asks(camp.leader, f"/remove {camp.lin}")
    await camp.asks(camp.leader, f"/remove {camp.lin} ban")
    assert camp.telegram.status(camp.lin) == "kicked"
    assert "没有需要办的事" in await camp.asks(camp.leader, f"/remove {camp.lin} ban")
    assert [row.step for row in await camp.decisions(camp.lin)] == ["remove", "remove"]


@pytest.mark.parametrize(("before", "command"), [("mute", "unmute"), ("warn", "pardon"), ("warn", "undo")])
async def test_good_news_is_not_called_a_reminder(camp: Camp, before: str, command: str) -> None:
    await camp.asks(camp.leader, f"/{before} {camp.lin}")
    await camp.asks(camp.leader, f"/{command} {camp.lin}")
    assert "有一条好消息给你" in camp.said()
    assert camp.said().count("提醒") <= 1
