"""What leaders do about a person, by command and by a word in a reply."""

import pytest

from tests.handlers.camp import Camp


async def test_a_leader_warns_by_a_reply_and_the_member_is_told_kindly(camp: Camp) -> None:  # R08
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, "/warn 请到专门的话题里聊", reply_to=said)
    (decision,) = await camp.decisions(camp.lin)
    assert (decision.step, decision.issuer_kind, decision.issuer_id) == ("warn", "person", camp.leader)
    assert "提醒" in camp.said()
    assert "罚" not in camp.said()
    (row,) = await camp.audited("warn")
    assert (row.actor_id, row.target_id, row.after["decision"]) == (camp.leader, camp.lin, decision.id)


@pytest.mark.parametrize("word", ["10m", "10分钟", "１０m", ""])
async def test_a_mute_ends_by_itself(camp: Camp, word: str) -> None:
    await camp.says(camp.leader, f"/mute {camp.lin} {word}".rstrip())
    assert camp.telegram.status(camp.lin) == "restricted"
    seconds = 3600 if not word else 600
    assert camp.telegram.until(camp.lin) - camp.clock.now() in range(seconds - 5, seconds + 5)
