"""A leader says in which chat the leaders decide; cards never stand among the members."""

from tests.handlers.camp import Camp


async def desk(camp: Camp) -> tuple[int, int]:
    """The leaders' own group: its chat and its number."""
    chat = camp.telegram.supergroup("营主群")
    camp.telegram.do("join", chat=chat, user=camp.leader)
    camp.telegram.do("promote", chat=chat, user=camp.leader, rights="all")
    await camp.says(camp.leader, "大家好", chat)
    return chat, (await camp.group(chat)).id


async def test_cards_go_where_the_leader_said(camp: Camp) -> None:  # N01
    chat, number = await desk(camp)
    assert "「营主群」" in await camp.asks(camp.leader, f"/policy set moderators #{number}")
    assert (await camp.group()).moderators_chat == chat
    assert "私聊" in await camp.asks(camp.leader, "/policy set moderators off")
    assert (await camp.group()).moderators_chat == 0


async def test_a_group_that_one_does_not_lead_cannot_be_the_desk(camp: Camp) -> None:  # S8
    foreign = camp.telegram.supergroup("别人的群")
    await camp.says(camp.telegram.owner, "大家好", foreign)
    number = (await camp.group(foreign)).id
    for words in (f"#{number}", "#999999", "那边", f"#{(await camp.group()).id}"):
        assert "另一个群" in await camp.asks(camp.leader, f"/policy set moderators {words}")
    assert (await camp.group()).moderators_chat == 0
