"""A group that becomes a supergroup takes everything along, whoever hears of it first, and nothing is doubled (A4)."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.storage import groups
from tests.app.stage import ENFORCED, INSULT, Stage, staged

MINUTE, HOUR, DAY = 60, 3600, 86_400
TEN = 1_740_967_200  # 2025-03-03 10:00 in Shanghai
POLICY: dict[str, Any] = {
    "checkin": {"enabled": True, "prompt_at": "10:30"},
    "ad_without_red_packet": {"mode": "enforce", "fines": True},
}
AD = "姐妹们,我家面膜今天特价99元一盒,加微信 mask_wangmin 下单,满三盒包邮"
TOLD = ("migrate_to_chat_id", "migrate_from_chat_id")
LATE: dict[str, Any] = {"mode": "error", "code": 429, "description": "Too Many Requests"}


@pytest.fixture
async def camp(database_url: str) -> AsyncIterator[Stage]:
    """Wang has read the agreement, the greeting is a while ago; the group is a basic one still."""
    async with staged(database_url, ENFORCED | POLICY, clock=ManualClock(TEN), kind="group") as made:
        await made.people.start(made.owner)
        await made.later(MINUTE)
        await made.member("王敏")
        await made.later(MINUTE)
        await made.press(wang(made), "我已阅读")
        await made.later(5 * MINUTE)
        yield made


def wang(camp: Stage) -> int:
    return next(user.id for user in camp.world.users.values() if user.first_name == "王敏")


async def upgrade(camp: Stage) -> int:
    """The old id."""
    old, camp.chat = camp.chat, await camp.people.upgrade(camp.chat)
    return old


async def number_of_groups(camp: Stage) -> int:
    async with camp.app.services.storage.reading() as unit:
        return len(await groups.all_active(unit))


async def sent(camp: Stage, words: str) -> list[int]:
    """To which chats the bot said it, successfully."""
    made = await camp.people.calls(method="sendMessage")
    return [int(call["parameters"]["chat_id"]) for call in made if call["ok"] and words in call["parameters"]["text"]]


async def test_the_group_stays_one_and_the_same_under_both_ids(camp: Stage) -> None:  # A4
    before = await camp.group()
    old = await upgrade(camp)
    await camp.calm()
    after = await camp.group()
    assert (after.id, after.kind, after.chat_id, after.title) == (before.id, "supergroup", camp.chat, before.title)
    async with camp.app.services.storage.reading() as unit:
        assert (await groups.by_chats(unit, [old]))[old] == after
    assert await number_of_groups(camp) == 1


async def test_an_open_fine_moves_along_and_is_due_once(camp: Stage) -> None:  # A4
    await camp.people.post(camp.chat, wang(camp), AD)
    await camp.calm()
    await upgrade(camp)
    await camp.later(DAY + 3 * HOUR)
    assert (await camp.steps(wang(camp)))[-2:] == ["fine", "warn"]
    assert (await camp.case(wang(camp))).member.standing.warnings == 1
    assert camp.chat in await sent(camp, "王敏")


async def test_an_open_fine_can_be_settled_after_the_move(camp: Stage) -> None:  # A4
    await camp.people.post(camp.chat, wang(camp), AD)
    await camp.calm()
    await upgrade(camp)
    await camp.people.post(camp.chat, camp.owner, f"/fine paid {wang(camp)}")
    await camp.calm()
    assert (await camp.case(wang(camp))).member.standing.open_fines == ()
    await camp.later(5 * MINUTE)
    assert await camp.said("#广告") != []


async def test_todays_prompt_is_not_posted_again_under_the_new_id(camp: Stage) -> None:  # A4
    await camp.later(31 * MINUTE)
    await upgrade(camp)
    await camp.later(HOUR)
    assert len(await sent(camp, "早安")) == 1
    await camp.later(23 * HOUR)
    assert (await sent(camp, "早安"))[1:] == [camp.chat]


async def test_a_mute_in_the_books_stays_one(camp: Stage) -> None:  # A4
    for _ in range(6):
        await camp.people.post(camp.chat, wang(camp), "快来看快来看")
    await camp.calm()
    until = (await camp.case(wang(camp))).member.standing.muted_until
    assert until is not None
    await upgrade(camp)
    await camp.calm()
    assert (await camp.case(wang(camp))).member.standing.muted_until == until
    assert await camp.steps(wang(camp)) == ["record", "mute"]


async def test_what_waited_to_be_said_is_said_once_in_the_new_chat(camp: Stage) -> None:  # A4
    await camp.people.fail_next("sendMessage", chat=camp.chat, retry_after=60, **LATE)
    await camp.people.post(camp.chat, wang(camp), INSULT)
    await camp.calm()
    await upgrade(camp)
    await camp.later(2 * MINUTE)
    assert await sent(camp, "有一条给你的提醒") == [camp.chat]


async def kept_back(camp: Stage) -> list[Any]:
    """The news of the move, which Telegram shall tell later."""
    kept = [each for each in camp.world.updates.waiting if any(word.encode() in each.raw for word in TOLD)]
    for each in kept:
        camp.world.updates.waiting.remove(each)
    return kept


async def moved_unheard(camp: Stage) -> tuple[int, list[Any]]:
    """The group moves while the bot is stopped; the news of it is kept back."""
    await camp.calm()
    await camp.app.stop()
    old = await upgrade(camp)
    kept = await kept_back(camp)
    await camp.app.start()
    return old, kept


async def tell(camp: Stage, kept: list[Any]) -> None:
    for each in kept:
        camp.world.updates.push_raw({key: value for key, value in decoded(each).items() if key != "update_id"})
    await camp.calm()


def decoded(update: Any) -> dict[str, Any]:
    return dict(json.loads(update.raw))


async def test_told_by_an_error_first_and_by_the_service_messages_later(camp: Stage) -> None:  # A4
    await camp.people.fail_next("sendMessage", chat=camp.chat, retry_after=60, **LATE)
    await camp.people.post(camp.chat, wang(camp), INSULT)
    before = await camp.group()
    old, kept = await moved_unheard(camp)
    await camp.later(2 * MINUTE)
    assert await sent(camp, "有一条给你的提醒") == [camp.chat]
    await tell(camp, kept)
    after = await camp.group()
    assert (after.id, await number_of_groups(camp)) == (before.id, 1)
    assert (await camp.steps(wang(camp))).count("remind") == 1
    assert old != camp.chat


@pytest.mark.parametrize("backwards", [False, True])
async def test_the_supergroup_may_speak_before_anybody_says_what_it_was(camp: Stage, backwards: bool) -> None:  # A4
    await camp.people.post(camp.chat, wang(camp), INSULT)
    before = await camp.group()
    _, kept = await moved_unheard(camp)
    await camp.later(2 * HOUR)
    said = await camp.people.post(camp.chat, wang(camp), "大家好")
    await camp.calm()
    await tell(camp, kept[::-1] if backwards else kept)
    after = await camp.group()
    assert (after.id, await number_of_groups(camp)) == (before.id, 1)
    assert not (await camp.people.message(camp.chat, said) or {})["deleted"]
    await camp.people.post(camp.chat, wang(camp), INSULT)
    await camp.calm()
    assert (await camp.steps(wang(camp)))[-2:] == ["remind", "warn"], "the reminder of the old group counts in the new"


async def test_told_twice_more_it_changes_nothing(camp: Stage) -> None:  # A4, U1
    await camp.people.duplicate_updates(3)
    before = await camp.group()
    await upgrade(camp)
    await camp.calm()
    assert ((await camp.group()).id, await number_of_groups(camp)) == (before.id, 1)


# Messages are numbered anew in a supergroup -------------------------------------------------------------------------


async def chatter(camp: Stage) -> list[int]:
    """Thirty messages of one person, four a minute."""
    said = []
    for n in range(30):
        said.append(await camp.people.post(camp.chat, wang(camp), f"第 {n} 句话"))
        camp.pass_(15)
    return said


async def test_what_was_to_disappear_from_the_old_chat_takes_nothing_from_the_new_one(camp: Stage) -> None:  # A4
    await camp.people.post(camp.chat, camp.owner, "/mute")
    await camp.people.post(camp.chat, wang(camp), AD)
    await camp.calm()
    await upgrade(camp)
    said = await chatter(camp)
    for _ in range(3):
        await camp.later(40 * MINUTE)
    gone = [n for n in said if (await camp.people.message(camp.chat, n) or {})["deleted"]]
    assert gone == []


async def test_the_next_greeting_takes_down_nobodys_message(camp: Stage) -> None:  # A4, J01
    await upgrade(camp)
    said = await chatter(camp)
    await camp.later(HOUR)
    await camp.member("林晓")
    await camp.later(MINUTE)
    assert len(await camp.said("欢迎")) == 1
    assert [n for n in said if (await camp.people.message(camp.chat, n) or {})["deleted"]] == []


async def test_a_reply_to_a_new_message_does_not_mean_an_old_decision_with_the_same_number(camp: Stage) -> None:  # A4
    while (await camp.people.post(camp.chat, wang(camp), "嗯")) < 12:
        await camp.later(MINUTE)
    number = await camp.people.post(camp.chat, wang(camp), INSULT)
    await camp.calm()
    await upgrade(camp)
    lin = await camp.member("林晓")
    while (said := await camp.people.post(camp.chat, lin, "嗯嗯")) < number:
        await camp.later(MINUTE)
    assert said == number
    await camp.people.post(camp.chat, camp.owner, "/undo", reply_to=said)
    await camp.calm()
    (decision,) = [row for row in await camp.decisions(wang(camp)) if row.rule == "insult"]
    assert decision.state == "standing"


async def test_the_moderators_chat_may_move_too(camp: Stage) -> None:  # A4
    desk = await camp.people.chat_create("group", "管理组", camp.owner)
    await camp.people.add_bot(desk, admin="all")
    await camp.calm()
    async with camp.app.services.storage.unit() as unit:
        await groups.update(unit, (await groups.by_chats(unit, [camp.chat]))[camp.chat].id, moderators_chat=desk)
    new = await camp.people.upgrade(desk)
    await camp.calm()
    assert (await camp.group()).moderators_chat == new
