"""The bot's place in a group and everybody else's, as Telegram tells of them: twice, late, in any order."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.clock import ManualClock
from rules.conduct.effects import Delete
from tests.app.stage import ENFORCED, INSULT, Stage, staged

MINUTE, HOUR, DAY = 60, 3600, 86_400
NINE = 1_740_963_600  # 2025-03-03 09:00 in Shanghai
PROMPTS: dict[str, Any] = {"checkin": {"enabled": True, "prompt_at": "06:30"}}


@pytest.fixture
async def camp(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, ENFORCED | PROMPTS, clock=ManualClock(NINE)) as made:
        await made.people.start(made.owner)
        await made.calm()
        yield made


async def rights(camp: Stage, *without: str) -> None:
    """The bot keeps all its rights but these."""
    every = {"delete_messages", "restrict_members", "pin_messages", "manage_tags", "invite_users"}
    await camp.people.set_bot_rights(camp.chat, sorted(every - set(without)))
    await camp.calm()


async def states(camp: Stage, user: int) -> dict[str, str]:
    """What became of each kind of act about a person, the taking down of the bot's own posts left out."""
    rows = [act for act in await camp.acts(user) if not (isinstance(act.act, Delete) and act.act.own)]
    return {act.kind: act.cause if act.state == "held" else act.state for act in rows}


async def cards(camp: Stage) -> list[str]:
    """Beside the one that says how the group is set up."""
    return [text for text in await camp.said(chat=camp.owner) if "权限" in text and "的设置" not in text]


# A1: rights lost and given back ------------------------------------------------------------------------------------


async def test_without_a_right_what_needs_it_waits_and_the_rest_goes_on(camp: Stage) -> None:  # A1
    lin = await camp.member()
    await rights(camp, "delete_messages")
    await camp.people.post(camp.chat, lin, INSULT)
    await camp.calm()
    assert await states(camp, lin) == {"Delete": "right:can_delete_messages", "Say": "done"}


async def test_leaders_hear_of_a_lost_right_once(camp: Stage) -> None:  # A1
    lin = await camp.member()
    await rights(camp, "delete_messages")
    for _ in range(3):
        await camp.people.post(camp.chat, lin, INSULT)
        await camp.later(2 * HOUR)
    assert len(await cards(camp)) == 1
    assert await camp.said("权限") == [], "never in the members' group"


async def test_a_right_given_back_lets_what_waited_happen(camp: Stage) -> None:  # A1
    lin = await camp.member()
    await rights(camp, "delete_messages")
    said = await camp.people.post(camp.chat, lin, INSULT)
    await camp.later(HOUR)
    await rights(camp)
    message = await camp.people.message(camp.chat, said)
    assert message is not None
    assert message["deleted"]
    assert (await states(camp, lin))["Delete"] == "done"


async def test_a_right_lost_again_is_told_again(camp: Stage) -> None:  # A1
    await rights(camp, "delete_messages")
    await rights(camp)
    await rights(camp, "delete_messages")
    assert len(await cards(camp)) == 2


async def test_demoted_while_something_waits_it_says_so_once_and_goes_on_when_it_leads_again(camp: Stage) -> None:  # A1
    lin = await camp.member()
    for method in ("deleteMessage", "deleteMessages"):
        await camp.people.fail_next(method, mode="error", code=429, retry_after=60, description="Too Many Requests")
    await camp.people.post(camp.chat, lin, INSULT)
    await camp.calm()
    await camp.people.demote(camp.chat, camp.world.bot_id)
    await camp.later(2 * MINUTE)
    assert (await states(camp, lin))["Delete"] == "right:can_delete_messages"
    assert len(await cards(camp)) == 1
    await camp.people.promote(camp.chat, camp.world.bot_id)
    await camp.calm()
    assert (await states(camp, lin))["Delete"] == "done"


async def test_a_mute_that_waited_too_long_for_a_right_is_not_done(camp: Stage) -> None:  # fairness 5
    lin = await camp.member()
    await rights(camp, "restrict_members")
    for _ in range(6):
        await camp.people.post(camp.chat, lin, "快来看快来看")
    await camp.calm()
    await camp.later(2 * HOUR)
    await rights(camp)
    assert (await states(camp, lin))["Restrict"] == "expired"
    assert (await camp.people.member(camp.chat, lin))["status"] == "member"


# A2: put out and brought back --------------------------------------------------------------------------------------


async def calls(camp: Stage) -> int:
    """How often anything was asked about the group or done in it."""
    return len([call for call in await camp.people.calls() if str(call["parameters"].get("chat_id")) == str(camp.chat)])


async def test_put_out_it_calls_nothing_any_more(camp: Stage) -> None:  # A2
    lin = await camp.member("老赵")
    await camp.calm()
    await camp.people.remove_bot(camp.chat)
    await camp.people.post(camp.chat, lin, INSULT)
    await camp.calm()
    before = await calls(camp)
    for _ in range(3):
        await camp.later(DAY)
    await camp.restart()
    await camp.later(DAY)
    assert await calls(camp) == before
    assert (await camp.group()).state == "inactive"


async def test_what_was_planned_when_it_was_put_out_waits_and_expires(camp: Stage) -> None:  # A2
    await camp.people.fail_next(
        "sendMessage", chat=camp.chat, mode="error", code=429, retry_after=300, description="Too Many Requests"
    )
    lin = await camp.member()
    await camp.people.post(camp.chat, lin, INSULT)
    await camp.calm()
    await camp.people.remove_bot(camp.chat)
    await camp.calm()
    assert (await states(camp, lin))["Say"] == "inactive"
    await camp.later(HOUR)
    await camp.people.add_bot(camp.chat, admin="all")
    await camp.calm()
    assert (await states(camp, lin))["Say"] == "expired"


async def test_brought_back_it_goes_on_with_its_settings_and_its_books(camp: Stage) -> None:  # A2
    lin = await camp.member()
    await camp.people.post(camp.chat, camp.owner, "/policy set insult.mode observe")
    await camp.people.post(camp.chat, camp.owner, f"/warn {lin} 请看群规")
    await camp.calm()
    before = await camp.group()
    await camp.people.remove_bot(camp.chat)
    await camp.calm()
    await camp.later(DAY)
    await camp.people.add_bot(camp.chat, admin="all")
    await camp.calm()
    after = await camp.group()
    assert (after.id, after.policy_version, after.state) == (before.id, before.policy_version, "active")
    assert after.rule_began == before.rule_began
    assert (await camp.case(lin)).member.standing.warnings == 1
    said = await camp.people.post(camp.chat, lin, INSULT)
    await camp.calm()
    assert not (await camp.people.message(camp.chat, said) or {})["deleted"]


async def test_the_prompts_go_on_on_the_day_after_it_was_brought_back(camp: Stage) -> None:  # A2
    await camp.people.remove_bot(camp.chat)
    await camp.calm()
    await camp.later(2 * DAY)
    await camp.people.add_bot(camp.chat, admin="all")
    await camp.later(HOUR)
    assert await camp.said("早安") == []
    await camp.later(20 * HOUR + 35 * MINUTE)
    assert len(await camp.said("早安")) == 1


async def test_a_time_that_ran_out_while_it_was_away_is_given_again(camp: Stage) -> None:  # A2, fairness 4
    lin = await camp.member()
    # A clock that jumps past 06:30 is a bot that slept through its prompt, and leaders would hear of that as well.
    await camp.people.post(camp.chat, camp.owner, "/policy set checkin.enabled false")
    await camp.people.post(camp.chat, camp.owner, "/policy set ladder.highest ask_to_leave")
    await camp.later(HOUR)
    for _ in range(2):
        await camp.people.post(camp.chat, camp.owner, f"/warn {lin} 请看群规")
        await camp.calm()
    assert (await camp.steps(lin))[-1] == "ask_to_leave"
    await camp.people.remove_bot(camp.chat)
    await camp.calm()
    await camp.later(3 * DAY)
    await camp.people.add_bot(camp.chat, admin="all")
    await camp.calm()
    await camp.later(DAY - HOUR)
    assert await camp.questions() == []
    await camp.later(2 * HOUR)
    assert await camp.questions() == ["unanswered"]


# Whoever brings it in ----------------------------------------------------------------------------------------------


async def test_added_to_a_group_nobody_knew_it_is_ready_at_once(camp: Stage) -> None:
    other = await camp.people.user_create("另一位群主")
    chat = await camp.people.chat_create("supergroup", "08营", other)
    lin = await camp.people.user_create("林晓")
    await camp.people.join(chat, lin)
    await camp.people.add_bot(chat, admin="all")
    said = await camp.people.post(chat, lin, INSULT)
    await camp.calm()
    assert (await camp.people.message(chat, said) or {})["deleted"]
    camp.chat = chat
    group = await camp.group()
    assert (group.set_up_by, group.title, group.state) == (other, "08营", "active")


async def test_a_message_that_comes_before_the_news_of_its_being_added_is_judged_all_the_same(camp: Stage) -> None:
    other = await camp.people.user_create("另一位群主")
    chat = await camp.people.chat_create("supergroup", "08营", other)
    lin = await camp.people.user_create("林晓")
    await camp.people.join(chat, lin)
    waiting = camp.world.updates.waiting
    await camp.app.stop()
    await camp.people.add_bot(chat, admin="all")
    said = await camp.people.post(chat, lin, INSULT)
    waiting.reverse()
    first, last = sorted((waiting[0].id, waiting[-1].id))
    swap_numbers(camp, {first: last, last: first})
    await camp.app.start()
    await camp.calm()
    assert (await camp.people.message(chat, said) or {})["deleted"]


def swap_numbers(camp: Stage, numbers: dict[int, int]) -> None:
    """The updates that wait are told in another order."""
    for each in camp.world.updates.waiting:
        new = numbers.get(each.id, each.id)
        each.raw = each.raw.replace(b'"update_id":%d' % each.id, b'"update_id":%d' % new)
        each.id = new


# Arrival ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "lacking"), [(["delete_messages"], "封禁用户"), ([], "删不了消息"), ("all", "设置")])
async def test_whoever_adds_the_bot_hears_at_once_what_it_lacks(
    camp: Stage, given: list[str] | str, lacking: str
) -> None:
    chat = await camp.people.chat_create("supergroup", "08营", camp.owner)
    await camp.people.add_bot(chat, by=camp.owner, admin=given or None)
    await camp.calm()
    assert [lacking in text for text in await camp.said("08营", chat=camp.owner)] == [True]
    assert await cards(camp) == [], "the set-up card says it, and it alone"
    assert await camp.said("权限", chat=chat) == [], "never in the members' group"
