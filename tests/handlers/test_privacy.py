"""What is kept about a person is told, handed over and forgotten on their word, and on nobody else's."""

import json
from typing import Any

from bot.process import forgetting
from bot.storage import erasures, tickets
from rules.conduct.effects import DAY
from tests.bot.storage.schema import everything
from tests.handlers.camp import INSULT, Camp


async def dumped(camp: Camp) -> str:
    async with camp.storage.reading() as unit:
        found = await everything(unit.connection)
    # The example of a nickname that ships names somebody, too.
    return str({name: rows for name, rows in found.items() if name != "defaults"})


async def asked_for(camp: Camp, user: int) -> dict[str, Any]:
    camp.clock.advance(10)
    await camp.whispers(user, "/mydata")
    post = camp.telegram.said(user)[-1]
    found: dict[str, Any] = json.loads(camp.telegram.world.files[post["document"]["file_id"]].data)
    return found


async def test_privacy_says_how_long_and_has_both_doors(camp: Camp) -> None:
    await camp.asks(camp.lin, "/privacy")
    assert "留 90 天" in camp.said()
    for label in ("给我我的数据", "忘掉我"):
        assert camp.with_button(label)


async def test_everybody_gets_all_that_is_kept_about_them_and_nobody_elses(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    found = await asked_for(camp, camp.lin)
    assert found["person"]["name"] == "林晓"
    (group,) = found["groups"]
    assert (group["title"], group["member"]["messages"]) == ("Camp 07", 1)
    by_hand, by_rule = group["decisions"]
    assert (by_rule["by"], by_rule["text"], by_rule["code"]) == ("rule", INSULT, "R4")
    assert (by_hand["by"], by_hand["reason"], by_hand["entries"][0]["counts"]) == ("person", "请温和一点", True)
    assert by_rule["notices"][0]["state"] == "done"
    assert {row["action"] for row in found["audit"]} >= {"warn"}
    assert "班长" not in json.dumps(found, ensure_ascii=False)
    assert str(camp.leader) not in json.dumps(found)


async def test_words_kept_beside_the_books_are_in_the_file_as_well(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    quarrelled = await camp.says(camp.lin, "明明是你先说的")
    await camp.asks(camp.leader, "/case open 谁先说的", reply_to=quarrelled)
    (group,) = (await asked_for(camp, camp.lin))["groups"]
    assert [(each["why"], each["text"]) for each in group["kept_words"]] == [
        ("set_aside", INSULT), ("quarrel", "明明是你先说的"),
    ]  # fmt: skip


async def test_the_file_does_not_stay_in_the_outbox(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    await asked_for(camp, camp.lin)
    assert "dengta-mydata-1" not in await dumped(camp)


async def test_in_the_group_it_only_leads_to_private(camp: Camp) -> None:
    await camp.asks(camp.lin, "/mydata")
    assert "start=mydata" in str(camp.telegram.said()[-1]["reply_markup"])
    await camp.starts(camp.lin, "mydata")
    assert "document" in camp.telegram.said(camp.lin)[-1]


async def test_to_be_forgotten_is_asked_once_and_done_at_once(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/mute {camp.lin} 10m 先歇一歇")
    await camp.later(DAY)
    await camp.whispers(camp.lin, "/privacy")
    await camp.taps(camp.lin, "忘掉我")
    assert "要我忘掉你吗" in camp.last(camp.lin)
    assert "林晓" in await dumped(camp)
    await camp.taps(camp.lin, "确定，忘掉我")
    assert "编号也抹掉了" in camp.last(camp.lin)
    left = await dumped(camp)
    for secret in ("林晓", "先歇一歇"):
        assert secret not in left


async def test_what_is_in_force_is_named_before_and_kept_by_its_number(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    await camp.whispers(camp.lin, "/privacy")
    await camp.taps(camp.lin, "忘掉我")
    assert "「Camp 07」还在计次的提醒，到 " in camp.last(camp.lin)
    await camp.taps(camp.lin, "确定，忘掉我")
    assert "还在计次的提醒" in camp.last(camp.lin)
    assert "请温和一点" not in await dumped(camp)
    assert [row.step for row in await camp.decisions(camp.lin)] == ["warn"]
    late = int(camp.clock.now()) + 400 * DAY
    assert await forgetting.finish_due(camp.storage, late) == 1
    assert await camp.decisions(camp.lin) == []


async def test_what_a_leader_was_still_asked_goes_once_they_have_answered(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    group, now = await camp.group(), int(camp.clock.now())
    async with camp.storage.unit() as unit:
        ticket = await tickets.open_ticket(
            unit, group_id=group.id, kind="ad", decision_id=None, user_id=camp.lin, words=(), at=now
        )
        done = await forgetting.forget(unit, camp.lin, camp.lin, now)
        assert {hold.kind for hold in done.holds} >= {"question"}
        await tickets.answer(unit, ticket, camp.leader, now, "ok")
    assert await forgetting.finish_due(camp.storage, now + 400 * DAY) == 1
    async with camp.storage.reading() as unit:
        assert await erasures.unfinished(unit) == []


async def test_whoever_comes_back_is_met_like_somebody_new(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    async with camp.storage.unit() as unit:
        await forgetting.forget(unit, camp.lin, camp.lin, int(camp.clock.now()))
    await forgetting.finish_due(camp.storage, int(camp.clock.now()) + 400 * DAY)
    await camp.later(400 * DAY)
    await camp.says(camp.lin, INSULT)
    assert [row.step for row in await camp.decisions(camp.lin)] == ["remind"]
    assert (await camp.member(camp.lin)).name == "林晓"


async def test_nobody_forgets_somebody_else(camp: Camp) -> None:  # S8
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "/privacy")
    other = camp.telegram.member("小伙伴")
    await camp.asks(camp.lin, "/privacy")
    await camp.presses(other, "忘掉我", camp.chat)
    assert (await camp.member(camp.lin)).name == "林晓"
    async with camp.storage.reading() as unit:
        assert await erasures.unfinished(unit) == []
