"""A question and its words reach only those who may answer it, also when nobody took it up."""  # X12

import pytest

from bot.desks import cards, people
from rules.conduct.effects import DAY, Card, Phrase
from tests.handlers.camp import Camp
from tests.handlers.reviewing import passes

WORDS = (Phrase("conduct.card_quote", (("text", "想请大家看看这件事"),)),)


async def test_a_late_appeal_does_not_come_to_whoever_decided(camp: Camp) -> None:  # R23
    await camp.set_group(set_up_by=camp.leader)
    await camp.starts(camp.leader)
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    await camp.presses(camp.lin, "申诉", camp.lin)
    before = len(camp.telegram.said(camp.leader))
    await passes(camp, DAY)
    assert [post["text"] for post in camp.telegram.said(camp.leader)[before:]] == []


@pytest.mark.parametrize("audience", ["reviewers", "officers"])
async def test_who_set_the_group_up_is_asked_only_what_they_may_answer(camp: Camp, audience: str) -> None:
    await camp.set_group(set_up_by=camp.leader)
    await camp.starts(camp.leader)
    group, now = await camp.group(), int(camp.clock.now())
    async with camp.storage.unit() as unit:
        await cards.ask(unit, group, Card("person_brake", WORDS), key="k", at=now, audience=audience)  # type: ignore[arg-type]
    await camp.go()
    assert ("想请大家看看" in camp.said(camp.leader)) == (audience == "reviewers")


async def test_who_set_the_group_up_and_leads_no_more_reads_nothing_of_it(camp: Camp) -> None:
    await camp.set_group(set_up_by=camp.lin)
    await camp.starts(camp.lin)
    await camp.starts(camp.leader)
    async with camp.storage.reading() as unit:
        person = await people.first_reachable(unit, await camp.group(), at=int(camp.clock.now()))
    assert person is not None
    assert person.user_id == camp.leader
