"""Small things that said too little: a settled card, an undo without Start, the packet in the rules, what waits."""

from tests.handlers.camp import ENFORCED, INSULT, Camp, camping
from tests.handlers.reviewing import keep


async def test_a_settled_card_still_says_which_group_it_was_about(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.says(camp.lin, INSULT)
    await camp.presses(camp.lin, "申诉")
    await keep(camp, camp.leader, desk)
    assert camp.last(desk).startswith("Camp 07\n")
    assert "维持" in camp.last(desk)


async def test_a_leader_without_start_reads_the_number_of_what_was_taken_back_for_a_minute(camp: Camp) -> None:
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    await camp.asks(camp.leader, f"/undo {decision.id}")
    assert f"第 {decision.id} 号已经撤销" in camp.said()
    await camp.later(70)
    assert "已经撤销" not in camp.said()


async def test_in_private_an_undo_says_what_was_taken_back(camp: Camp) -> None:
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    await camp.starts(camp.leader)
    group = await camp.group()
    await camp.whispers(camp.leader, f"/undo #{group.id} {decision.id}")
    said = camp.last(camp.leader)
    assert all(words in said for words in (f"第 {decision.id} 号", "林晓", "提醒"))


async def test_where_packets_are_asked_for_the_rules_say_how_large(database_url: str) -> None:  # R02, R05
    fines = ENFORCED | {"ad_without_red_packet": {"mode": "enforce", "fines": True, "amount": 88, "shares": 20}}
    async with camping(database_url, fines) as camp:
        assert "88 元、分 20 份" in await camp.asks(camp.lin, "/rules")


async def test_where_none_are_asked_for_no_amount_is_named(camp: Camp) -> None:  # R02
    assert "200" not in await camp.asks(camp.lin, "/rules")
