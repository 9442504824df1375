"""A batch is decided as if its messages had come one by one, and what people press at once is done once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from random import Random
from typing import Any

import pytest

from bot.conduct import reversing
from bot.storage import Unit, asides, books, groups, policies, roles
from tests.bot.intake.stage import INSULT, Stage, staged
from tests.bot.intake.updates import GROUP, LIN, NOW, group, member_change, message, user

AD = "加微信 abc12345 日赚500元 兼职 私聊 @moneychan https://t.me/moneychan 低价"
COINS = -1009
CHANNEL = {"id": COINS, "type": "channel", "title": "币圈快讯"}
STAND_IN = 136817688
CHANNEL_BOT = user(STAND_IN, "Channel", is_bot=True, username="Channel_Bot")


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url) as made:
        await made.set_up()
        yield made


def a_loud_hour(seed: int) -> list[dict[str, Any]]:
    """Some people say what they should not, one floods, somebody comes, everybody else talks."""
    random = Random(seed)
    texts = ("早上好", "收到", INSULT, AD, "刷屏刷屏", "刷屏刷屏", "刷屏刷屏", "作业写完了")
    updates = [message(random.choice(texts), sender=LIN + random.randrange(6), at=NOW + n // 3) for n in range(60)]
    updates.insert(20, member_change("left", "member", who=LIN + 3, at=NOW + 6))
    return updates


async def written(stage: Stage, chat: int) -> list[tuple[Any, ...]]:
    """All decisions and acts of a group, without their numbers."""
    found: list[tuple[Any, ...]] = []
    for person in range(LIN, LIN + 6):
        rows = await stage.decisions(person, chat)
        found += [(person, row.rule, row.step, row.mode, row.state, row.message_id) for row in rows]
        found += [(person, act.kind, act.state, act.act) for act in await stage.acts(person, chat)]
    return found


def there(updates: Sequence[dict[str, Any]], chat: int, first: int) -> list[dict[str, Any]]:
    """The same updates in another group."""
    moved = []
    for number, update in enumerate(updates, first):
        ((kind, event),) = ((key, value) for key, value in update.items() if key != "update_id")
        moved.append({"update_id": number, kind: event | {"chat": group(chat)}})
    return moved


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_where_a_batch_is_cut_changes_nothing(stage: Stage, seed: int) -> None:
    updates = a_loud_hour(seed)
    seen = []
    for number, size in enumerate((100, 1, 7)):
        chat = GROUP - 1 - number
        await stage.set_up(chat)
        stage.restart()
        batch = there(updates, chat, 10_000 * (number + 1))
        for first in range(0, len(batch), size):
            await stage.take(*batch[first : first + size])
        seen.append(await written(stage, chat))
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) > 10


async def test_two_leaders_who_answer_at_once_are_one_answer(stage: Stage) -> None:
    await stage.take(message(AD))
    (held,) = await stage.decisions()
    assert (held.state, {act.state for act in await stage.acts()}) == ("held", {"held"})

    async def release(unit: Unit) -> bool:
        return await reversing.release(unit, held.id, NOW + 60)

    async def dismiss(unit: Unit) -> bool:
        return await reversing.dismiss(unit, stage.moderator, held.id, 2, NOW + 60)

    answers = await asyncio.gather(*(stage.storage.write(each) for each in (release, dismiss, release, dismiss)))
    assert answers.count(True) == 1
    (row,) = await stage.decisions()
    assert row.state == ("standing" if answers[0] or answers[2] else "dismissed")


async def test_what_is_dismissed_is_never_done(stage: Stage) -> None:
    await stage.take(message(AD))
    (held,) = await stage.decisions()
    assert await stage.storage.write(lambda unit: reversing.dismiss(unit, stage.moderator, held.id, 1, NOW))
    assert {act.state for act in await stage.acts()} == {"refused"}
    async with stage.storage.reading() as unit:
        assert await books.rows_of(unit, held.id) == []


async def test_a_decision_is_taken_back_once(stage: Stage) -> None:
    await stage.take(message(INSULT))
    (decision,) = await stage.decisions()

    async def undo(unit: Unit) -> int | None:
        return await reversing.undo(unit, stage.moderator, decision.id, 500, NOW + 60)

    undone = await asyncio.gather(*(stage.storage.write(undo) for _ in range(4)))
    assert len([each for each in undone if each is not None]) == 1
    before, after = await stage.decisions()
    assert (before.state, after.step, after.reverses) == ("reversed", "undo", before.id)
    async with stage.storage.reading() as unit:
        row = (await groups.by_chats(unit, [GROUP]))[GROUP]
        case = await stage.moderator.case_of(unit, row, LIN, NOW + 61)
    assert case.member.standing.rules == ()


async def test_the_parts_of_an_album_are_set_aside_together(stage: Stage) -> None:
    parts: list[dict[str, Any]] = [{"photo": [{"file_id": f"photo{n}"}], "media_group_id": "a"} for n in range(3)]
    await stage.take(message(caption=AD, **parts[0]), message(**parts[1]), message(**parts[2]))
    (decision,) = await stage.decisions()
    async with stage.storage.reading() as unit:
        aside = await asides.get(unit, decision.id)
    assert aside is not None
    assert [media.file_id for media in aside.media] == ["photo0", "photo1", "photo2"]
    deletes = [act for act in await stage.acts() if act.kind == "Delete"]
    assert len({each for act in deletes for each in act.act.message_ids}) == 3  # type: ignore[union-attr]


async def test_a_flood_is_seen_over_batches_and_over_a_restart(stage: Stage) -> None:
    for number in range(6):
        await stage.take(message("快来看快来看", at=NOW + number))
        stage.restart()
        await stage.storage.write(stage.moderator.remember)
    assert [row.rule for row in await stage.decisions()] == ["flooding"]


async def test_a_channel_that_speaks_has_books_of_its_own(stage: Stage) -> None:  # A3
    await stage.take(message(INSULT, from_=CHANNEL_BOT, sender_chat=CHANNEL))
    (decision,) = await stage.decisions(COINS)
    assert decision.rule == "insult"
    assert await stage.decisions(STAND_IN) == []
    assert await stage.member(STAND_IN) is None


async def test_the_linked_channel_is_never_measured(stage: Stage) -> None:  # A3
    await stage.set_up(linked_chat=COINS)
    await stage.take(message(INSULT, from_=CHANNEL_BOT, sender_chat=CHANNEL))
    assert await stage.decisions(COINS) == []


async def test_whoever_holds_a_role_of_the_bot_is_never_measured(stage: Stage) -> None:
    async def grant(unit: Unit) -> None:
        row = (await groups.by_chats(unit, [GROUP]))[GROUP]
        await roles.grant(unit, row.id, LIN, "officer", 500, NOW)

    await stage.storage.write(grant)
    await stage.take(message(INSULT), message(INSULT, sender=LIN + 1))
    assert await stage.decisions() == []
    assert len(await stage.decisions(LIN + 1)) == 1


async def test_a_changed_policy_holds_from_the_next_message(stage: Stage) -> None:
    async def forbid(unit: Unit) -> None:
        row = (await groups.by_chats(unit, [GROUP]))[GROUP]
        await policies.put(unit, "group", row.id, {"blocked_text.words": ["奶茶"]}, 500, NOW)

    await stage.take(message("喝奶茶吗"))
    assert await stage.decisions() == []
    await stage.storage.write(forbid)
    await stage.take(message("喝奶茶吗"))
    assert [row.rule for row in await stage.decisions()] == ["blocked_text"]


async def test_a_join_that_is_told_twice_is_one_join(stage: Stage) -> None:
    await stage.take(
        member_change("left", "member", who=7), message(new_chat_members=[user(7)]), message("大家好", sender=7)
    )
    member = await stage.member(7)
    assert member is not None
    assert (member.status, member.joined_at, member.messages) == ("member", NOW, 1)


async def test_the_bot_itself_and_groups_it_has_left_are_let_be(stage: Stage) -> None:  # A2 A3
    await stage.take(message(INSULT, from_=user(77, "Dengta", is_bot=True)))
    await stage.set_up(state="inactive")
    await stage.take(message(INSULT))
    assert await stage.decisions(77) == []
    assert await stage.decisions() == []
