"""What came in is written once, whatever Telegram, the database or a single update does."""

import itertools
from typing import Any

import pytest

from bot.failpoints import Failpoint, armed
from bot.intake import pump
from bot.intake.wire import decode
from bot.storage import StorageUnavailable, Unit, tickets, users
from tests.bot.intake.stage import INSULT, Stage
from tests.bot.intake.updates import GROUP, LIN, NOW, edit, group, member_change, message, read

SCAM = "USDT稳赚项目，带单老师一对一，日赚3000，拉人返佣，点 https://t.me/+AbCdEf123 进群"


async def test_a_message_that_breaks_no_rule_leaves_only_a_count(stage: Stage) -> None:
    await stage.take(message("早上好"), message("大家好", at=NOW + 5))
    member = await stage.member()
    assert member is not None
    assert (member.name, member.messages, member.last_seen) == ("林晓", 2, NOW + 5)
    assert await stage.decisions() == []


async def test_an_insult_becomes_one_decision_with_its_acts(stage: Stage) -> None:
    await stage.take(message("早"), said := message(INSULT))
    (decision,) = await stage.decisions()
    assert (decision.rule, decision.step, decision.state) == ("insult", "remind", "standing")
    assert decision.update_id == said["update_id"]
    assert {act.kind for act in await stage.acts()} >= {"Delete", "Say"}
    assert stage.committed == 1


@pytest.mark.parametrize("times", [2, 3])
async def test_an_update_delivered_again_changes_nothing(stage: Stage, times: int) -> None:  # U1
    updates = [message("早"), message(INSULT), message("晚")]
    for _ in range(times):
        await stage.take(*updates)
        await stage.take(*updates, *updates)
    member = await stage.member()
    assert member is not None
    assert member.messages == 3
    assert len(await stage.decisions()) == 1
    assert stage.pump.counts["ordinary"] == 3


async def test_a_shuffled_batch_ends_as_the_sorted_one(stage: Stage) -> None:  # U2
    first = message("你好")
    left = member_change("member", "left", at=NOW + 2)
    updates = [first, message(INSULT), message("对不起"), edit(first, INSULT, NOW + 1), left]
    for number, order in enumerate(itertools.islice(itertools.permutations(range(5)), 0, 120, 17)):
        chat = GROUP - 1 - number
        await stage.set_up(chat)
        await stage.take(*[elsewhere(updates[each], chat, each + 100 * number) for each in order])
        found = [(row.rule, row.step, row.message_id) for row in await stage.decisions(LIN, chat)]
        member = await stage.member(LIN, chat)
        assert found == [("insult", "remind", updates[1]["message"]["message_id"])]
        assert member is not None
        assert (member.messages, member.status) == (3, "left")


def elsewhere(update: dict[str, Any], chat: int, number: int) -> dict[str, Any]:
    ((kind, event),) = ((key, value) for key, value in update.items() if key != "update_id")
    return {"update_id": 10_000 + number, kind: event | {"chat": group(chat)}}


async def test_messages_from_before_the_bot_came_are_written_down_and_not_punished(stage: Stage) -> None:  # U3
    await stage.set_up(bot_joined_at=NOW)
    await stage.take(message(INSULT, at=NOW - 25 * 3600))
    (decision,) = await stage.decisions()
    assert (decision.rule, decision.step, decision.mode) == ("insult", "record", "observe")
    assert await stage.acts() == []


async def test_messages_older_than_two_days_are_written_down_and_not_punished(stage: Stage) -> None:  # U3
    stage.clock.advance(49 * 3600)
    await stage.set_up(admins_at=NOW + 49 * 3600)
    await stage.take(message(INSULT))
    (decision,) = await stage.decisions()
    assert (decision.step, decision.mode) == ("record", "observe")


async def test_where_nobody_knows_who_leads_the_rules_only_observe(stage: Stage) -> None:
    await stage.set_up(admins_at=0)
    await stage.moderator_takes(message(INSULT))
    (decision,) = await stage.decisions()
    assert decision.mode == "observe"


async def test_distress_beside_fraud_asks_a_leader_also_where_nobody_knows_who_leads(stage: Stage) -> None:  # F7
    group = await stage.set_up(bot_joined_at=NOW - 10**6)
    await stage.take(member_change("left", "member"))
    await stage.set_up(admins_at=0)
    await stage.moderator_takes(message(f"我不想活了 {SCAM}"))
    (decision,) = await stage.decisions()
    assert (decision.rule, decision.mode) == ("scam_newcomer", "observe")
    async with stage.storage.reading() as unit:
        assert [ticket.kind for ticket in await tickets.pending(unit, [group.id])] == ["distress"]


async def test_an_unreadable_update_is_kept_and_the_next_goes_on(stage: Stage) -> None:  # T7
    await stage.take(message("早"), {"update_id": 10**6, "message": {"date": "?"}}, message(INSULT))
    (kept,) = await stage.set_aside()
    assert (kept.update_id, '"date"' in kept.raw) == (10**6, True)
    assert len(await stage.decisions()) == 1


async def test_an_update_too_deep_to_be_read_is_kept_and_the_next_goes_on(stage: Stage) -> None:  # T7
    deep = b'{"update_id": 7, "message": {"more": ' + b"[" * 10**5 + b"]" * 10**5 + b"}}"
    await stage.pump.take([decode(deep), *read(message(INSULT))])
    assert len(await stage.set_aside()) == 1
    assert len(await stage.decisions()) == 1


async def test_unknown_kinds_of_updates_are_skipped_and_not_asked_about_again(stage: Stage) -> None:  # T7
    for _ in range(2):
        await stage.take({"update_id": 10**6, "hologram": {"x": 1}})
    assert stage.pump.counts["skipped"] == 1
    assert await stage.set_aside() == []


async def test_a_conversation_that_fails_is_set_aside_and_the_others_go_on(stage: Stage) -> None:  # T8
    async def fail(unit: Unit, raw: Any) -> None:
        await users.started(unit, LIN, "林", "", "zh_Hans", NOW)
        raise ValueError(f"cannot stand {raw['message']['text']}")

    stage.talk = fail
    await stage.take(message("早"), message(f"/rules {INSULT}"), message("晚"))
    (kept,) = await stage.set_aside()
    assert kept.reason == "ValueError in fail"
    member = await stage.member()
    assert member is not None
    assert member.messages == 3
    assert [row.rule for row in await stage.decisions()] == ["insult"]
    async with stage.storage.reading() as unit:
        assert await users.get(unit, [LIN]) == {}


async def test_of_what_was_asked_in_private_and_failed_only_a_command_is_kept(stage: Stage) -> None:  # I17
    async def fail(unit: Unit, raw: Any) -> None:
        raise ValueError

    stage.talk = fail
    alone = {"id": LIN, "type": "private", "first_name": "林"}
    links = ("/start claim_canary", "/Start@dengta_bot claim_canary", "／start claim_canary", "。/start claim_canary")
    said = ("加微信 canary12345", *links, "/policy set language en", "／policy set language zh", "。/nick 小林")
    updates = [message(text) for text in said]
    for update in updates:
        update["message"]["chat"] = alone
    await stage.take(*updates)
    kept = [row.raw for row in await stage.set_aside()]
    assert len(kept) == 3
    assert "canary" not in "".join(kept)


async def test_leaders_are_told_once_however_many_updates_fail(stage: Stage) -> None:  # T8
    async def fail(unit: Unit, raw: Any) -> None:
        raise ValueError

    stage.talk = fail
    await stage.take(*[message("/rules") for _ in range(3)])
    assert len(await stage.set_aside()) == 3
    assert await stage.questions() == ["undecided"]


async def test_an_update_the_database_refuses_goes_alone(stage: Stage) -> None:  # T8
    too_long_ago = message("晚", at=-(2**63))
    await stage.take(message("早"), too_long_ago, message(INSULT))
    assert len(await stage.decisions()) == 1
    member = await stage.member()
    assert member is not None
    assert member.messages >= 2


async def test_a_database_that_is_away_counts_against_no_update(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:  # T8 D3
    monkeypatch.setattr(pump, "FIRST_PAUSE", 0.01)
    write, failures = stage.storage.write, itertools.count(1)

    async def away(work: Any) -> Any:
        if next(failures) <= 3:
            raise StorageUnavailable("the disk is full", "free some space")
        return await write(work)

    monkeypatch.setattr(stage.storage, "write", away)
    await stage.take(message("早"), message(INSULT), message("/rules"))
    assert len(await stage.decisions()) == 1
    assert len(stage.talked) == 1
    assert await stage.set_aside() == []


async def test_commands_are_conversations_in_their_order(stage: Stage) -> None:
    seen: list[str] = []

    async def note(unit: Unit, raw: Any) -> None:
        member = await stage.member()
        seen.append(f"{raw['message']['text']} after {member.messages if member else 0}")

    stage.talk = note
    await stage.take(message("早"), message("/rules"), message("晚"), message("签到"))
    assert seen == ["/rules after 1", "签到 after 3"]


@pytest.mark.parametrize("name", ["intake.parsed", "unit.before_commit", "intake.committed"])
async def test_a_crash_anywhere_in_the_intake_loses_and_doubles_nothing(stage: Stage, name: str) -> None:  # C1 C2 C5
    updates = [message("早"), message(INSULT), message("/rules"), message("晚")]
    with armed(f"{name}:raise"), pytest.raises(Failpoint):
        await stage.take(*updates)
    stage.restart()
    await stage.take(*updates)
    member = await stage.member()
    assert member is not None
    assert member.messages == 4
    assert len(await stage.decisions()) == 1
    assert len([act for act in await stage.acts() if act.kind == "Delete"]) == 1


async def test_a_batch_that_is_done_while_its_age_is_asked_is_no_age_of_years(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for /metrics asks from another thread."""

    def done_meanwhile() -> float:
        stage.pump._waiting_since = 0
        return NOW

    stage.pump._waiting_since = NOW - 5
    monkeypatch.setattr(stage.clock, "now", done_meanwhile)
    assert stage.pump.lag() == 5
    assert stage.pump.lag() == 0
