"""People come, go, lead and follow, as Telegram tells of it: by two kinds of updates, late, twice, in any order."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import ManualClock
from tests.app.stage import ENFORCED, INSULT, Stage, staged

MINUTE, HOUR, DAY = 60, 3600, 86_400
NINE = 1_740_963_600  # 2025-03-03 09:00 in Shanghai
NAMES = {"nickname_format": {"mode": "enforce"}}


@pytest.fixture
async def camp(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, ENFORCED | NAMES, clock=ManualClock(NINE)) as made:
        await made.calm()
        yield made


async def deleted(camp: Stage, message_id: int) -> bool:
    return bool((await camp.people.message(camp.chat, message_id) or {"deleted": True})["deleted"])


async def greetings(camp: Stage) -> int:
    return len([text for text in await camp.said() if text.startswith("欢迎 ")])


async def said(camp: Stage) -> None:
    """The greeting and what is asked about a name are two posts, which leave a minute between them."""
    for _ in range(3):
        await camp.later(MINUTE)


async def insulted(camp: Stage, user: int) -> bool:
    """Whether an insult of theirs is taken down."""
    said = await camp.people.post(camp.chat, user, INSULT)
    await camp.calm()
    return await deleted(camp, said)


async def test_who_is_promoted_is_protected_at_once_and_who_is_demoted_no_longer(camp: Stage) -> None:  # A3
    lin = await camp.member("07营-林晓-上海")
    await camp.people.promote(camp.chat, lin)
    assert not await insulted(camp, lin)
    await camp.people.demote(camp.chat, lin)
    assert await insulted(camp, lin)


async def test_who_is_promoted_while_messages_wait_is_protected_from_the_first_one_after_it(camp: Stage) -> None:  # A3
    lin = await camp.member("07营-林晓-上海")
    await camp.calm()
    await camp.app.stop()
    await camp.people.promote(camp.chat, lin)
    said = await camp.people.post(camp.chat, lin, INSULT)
    await camp.app.start()
    await camp.calm()
    assert not await deleted(camp, said)


async def test_a_join_told_twice_is_one_join(camp: Stage) -> None:
    lin = await camp.member("老赵")
    await camp.calm()
    told = [each for each in await camp.people.messages(camp.chat) if each["service"]]
    assert told, "the service message was there as well as chat_member"
    assert await camp.steps(lin) == ["ask_name"]
    await said(camp)
    assert (await camp.known(lin)).joined_at == NINE
    assert await greetings(camp) == 1


async def test_a_join_that_is_delivered_again_and_again_is_one_join(camp: Stage) -> None:  # U1
    await camp.people.duplicate_updates(3)
    lin = await camp.member("老赵")
    await camp.calm()
    await said(camp)
    assert await camp.steps(lin) == ["ask_name"]
    assert await greetings(camp) == 1


async def held_back(camp: Stage) -> None:
    """Nothing is fetched until `in_order`."""
    await camp.calm()
    await camp.app.stop()


async def in_order(camp: Stage, *kinds: str) -> None:
    """What waits is told in the order of these kinds, whatever happened first."""
    waiting = list(camp.world.updates.waiting)
    numbers = sorted(each.id for each in waiting)
    waiting.sort(key=lambda each: next(n for n, kind in enumerate(kinds) if kind.encode() in each.raw))
    camp.world.updates.waiting.clear()
    for number, each in zip(numbers, waiting, strict=True):
        each.raw = each.raw.replace(b'"update_id":%d' % each.id, b'"update_id":%d' % number)
        each.id = number
        camp.world.updates.waiting.append(each)
    await camp.app.start()
    await camp.calm()


@pytest.mark.parametrize("kinds", [("new_chat_members", "chat_member"), ("chat_member", "new_chat_members")])
async def test_the_two_tellings_of_a_join_may_come_in_either_order(camp: Stage, kinds: tuple[str, str]) -> None:
    await held_back(camp)
    lin = await camp.member("老赵")
    await in_order(camp, *kinds)
    await said(camp)
    assert await camp.steps(lin) == ["ask_name"]
    assert await greetings(camp) == 1


async def test_leaving_and_coming_back_told_in_the_wrong_order_leaves_a_member(camp: Stage) -> None:
    lin = await camp.member("老赵")
    await held_back(camp)
    camp.pass_(MINUTE)
    await camp.people.leave(camp.chat, lin)
    camp.pass_(MINUTE)
    await camp.people.join(camp.chat, lin)
    await in_order(
        camp, "new_chat_members", '"status":"member"},"invite', '"new_chat_member":{"status":"member"', "left"
    )
    assert (await camp.known(lin)).status == "member"
    await camp.later(2 * MINUTE)
    await camp.later(13 * HOUR)
    assert "remind" in await camp.steps(lin), "what was asked of them is not forgotten by news of an earlier leaving"


async def test_joining_and_leaving_told_in_the_wrong_order_leaves_nobody(camp: Stage) -> None:
    await held_back(camp)
    lin = await camp.member("老赵")
    camp.pass_(MINUTE)
    await camp.people.leave(camp.chat, lin)
    await in_order(camp, '"left_chat_member"', '"new_chat_member":{"status":"left"', "new_chat_members", "chat_member")
    assert (await camp.known(lin)).status == "left"
    await camp.later(2 * MINUTE)
    assert await greetings(camp) == 0
    assert await camp.steps(lin) == []


async def test_who_comes_back_after_a_leaving_nobody_told_is_a_newcomer_again(camp: Stage) -> None:
    lin = await camp.member("07营-林晓-上海")
    await camp.later(MINUTE)
    await held_back(camp)
    await camp.people.leave(camp.chat, lin)
    camp.world.updates.waiting.clear()
    await camp.app.start()
    camp.pass_(3 * DAY)
    await camp.people.join(camp.chat, lin)
    await camp.calm()
    assert (await camp.known(lin)).joined_at == int(camp.clock.now()) if camp.clock else 0


async def test_whoever_comes_as_an_administrator_is_asked_for_nothing(camp: Stage) -> None:  # A3
    lin = await camp.people.user_create("老赵")
    await camp.people.promote(camp.chat, lin)
    await camp.later(MINUTE)
    assert await camp.steps(lin) == []
    assert (await camp.known(lin)).status == "administrator"


async def test_who_was_restricted_by_a_person_and_speaks_again_is_judged_like_anybody(camp: Stage) -> None:
    lin = await camp.member("07营-林晓-上海")
    await camp.people.do("restrict", chat=camp.chat, user=lin, until=int(NINE + HOUR))
    await camp.calm()
    assert (await camp.known(lin)).status == "restricted"
    await camp.later(2 * HOUR)
    assert await insulted(camp, lin)


async def test_who_leaves_and_comes_back_has_the_same_record(camp: Stage) -> None:
    lin = await camp.member("07营-林晓-上海")
    assert await insulted(camp, lin)
    await camp.people.leave(camp.chat, lin)
    await camp.later(HOUR)
    await camp.people.join(camp.chat, lin)
    await camp.later(2 * HOUR)
    assert await insulted(camp, lin)
    assert await camp.steps(lin) == ["remind", "warn"]
