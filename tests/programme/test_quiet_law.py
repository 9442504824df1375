"""At most eight posts a day that nobody planned, whatever happens in a group; and nobody is left untold (L8)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.conduct import reversing
from bot.storage import acts
from rules.conduct.effects import Edit, Phrase, Planned, Say
from tests.app.stage import INSULT, Stage
from tests.programme.conftest import NINE, Camping

MINUTE, HOUR = 60, 3600
SILENT_JOINS: dict[str, Any] = {"welcome": {"enabled": False}, "brakes": {"least": 50, "most": 50}}


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(SILENT_JOINS) as made:
        yield made


async def people(camp: Stage, count: int) -> list[int]:
    users = [await camp.member(f"学员{n}") for n in range(count)]
    await camp.calm()
    return users


async def insult(camp: Stage, user: int) -> int:
    message = await camp.people.post(camp.chat, user, INSULT)
    await camp.calm()
    return message


async def lines(camp: Stage) -> list[str]:
    """All that was ever posted in the group, also what is gone by now."""
    posts = await camp.people.messages(camp.chat)
    return [post.get("text", "") for post in posts if post["from_bot"] and not post["service"]]


async def hours(camp: Stage, count: int) -> None:
    for _ in range(2 * count):
        await camp.later(30 * MINUTE)


async def gone(camp: Stage, message: int) -> bool:
    return bool((await camp.people.message(camp.chat, message) or {})["deleted"])


async def test_twenty_insults_in_a_day_are_deleted_at_once_and_told_in_eight_posts(camp: Stage) -> None:  # L8
    users = await people(camp, 20)
    for user in users:
        assert await gone(camp, await insult(camp, user)), "quiet never delays a deletion"
        await camp.later(30 * MINUTE)
    await hours(camp, 4)
    said = await lines(camp)
    assert len(said) <= 8
    assert [n for n in range(20) if not any(f"学员{n} " in f"{text} ".replace("、", " ") for text in said)] == []


async def test_each_who_presses_a_shared_line_reads_their_own_and_others_nothing(camp: Stage) -> None:
    first, second, third, other = await people(camp, 4)
    await insult(camp, first)
    await insult(camp, second)
    await insult(camp, third)
    await camp.later(2 * MINUTE)
    assert "学员1、学员2" in (await lines(camp))[-1]
    assert len(await lines(camp)) == 2
    for user in (second, third):
        assert "当事人" not in await camp.press(user, "查看")
        assert "提醒" in await camp.press(user, "查看")
        assert len(await camp.press(user, "查看")) <= 200
    assert "没有给你的" in await camp.press(other, "查看")
    assert await camp.press(third, "申诉") == await camp.press(second, "申诉")
    assert (await camp.questions()).count("appeal") == 2


async def test_the_ladder_waits_for_the_line_that_several_share(camp: Stage) -> None:  # F1
    first, second = await people(camp, 2)
    await insult(camp, first)
    await insult(camp, second)
    case = await camp.case(second)
    assert case.member.standing.of("insult").notice_at is None
    await camp.later(MINUTE)
    await insult(camp, first)
    told = (await camp.case(second)).member.standing.of("insult").notice_at
    assert told is not None
    assert told >= NINE + MINUTE
    await camp.later(30 * MINUTE)
    await insult(camp, second)
    assert (await camp.steps(second))[-1] == "remind"
    await camp.later(2 * HOUR)
    await insult(camp, second)
    assert (await camp.steps(second))[-1] == "warn"


async def test_what_happens_at_night_is_one_line_in_the_morning(camping: Camping) -> None:
    async with camping(SILENT_JOINS, at=NINE + 14 * HOUR) as camp:
        users = await people(camp, 3)
        for user in users:
            assert await gone(camp, await insult(camp, user))
            await camp.later(HOUR)
        assert await lines(camp) == []
        await camp.later(5 * HOUR + 58 * MINUTE)
        assert await lines(camp) == []
        await camp.later(3 * MINUTE)
        [line] = await lines(camp)
        assert "学员0、学员1、学员2" in line


async def test_what_was_taken_back_before_it_was_told_is_never_told(camp: Stage) -> None:
    first, second = await people(camp, 2)
    await insult(camp, first)
    await insult(camp, second)
    [reminded] = await camp.decisions(second)
    async with camp.app.services.storage.unit() as unit:
        services = camp.app.services
        await reversing.undo(unit, services.moderator, reminded.id, camp.owner, int(services.clock.now()))
    await camp.later(2 * MINUTE)
    said = await lines(camp)
    assert not any("学员1 有一条给你的提醒" in text for text in said)


async def test_a_day_that_is_spent_stays_spent_over_a_restart(camp: Stage) -> None:
    users = await people(camp, 12)
    for user in users[:10]:
        await insult(camp, user)
        await camp.later(31 * MINUTE)
    before = await lines(camp)
    await camp.restart()
    await insult(camp, users[10])
    assert await lines(camp) == before
    await hours(camp, 8)
    assert len(await lines(camp)) <= 8
    assert any("学员10" in text for text in await lines(camp))


async def test_answers_and_prompts_are_never_kept_back(camping: Camping) -> None:
    async with camping(
        SILENT_JOINS | {"checkin": {"enabled": True, "prompt_at": "23:00"}}, at=NINE + 12 * HOUR
    ) as camp:
        [user] = await people(camp, 1)
        await camp.later(2 * HOUR)
        await camp.people.post(camp.chat, user, "/rules")
        await camp.calm()
        said = await lines(camp)
        assert any("签到" in text for text in said)
        assert len(said) == 2


async def test_of_ten_changes_in_a_second_the_first_and_the_last_are_sent(camp: Stage) -> None:
    group = await camp.group()
    storage, clock = camp.app.services.storage, camp.app.services.clock

    async def write(number: int, act: Say | Edit) -> None:
        async with storage.unit() as unit:
            await acts.write(
                unit, key=f"counter:{number}", decision_id=None, group_id=group.id, chat_id=group.chat_id, user_id=0,
                planned=[Planned(act)], at=int(clock.now()),
            )  # fmt: skip

    await write(0, Say(words=(Phrase("own", (("template", "0"),)),), language="zh_Hans", purpose="counter"))
    await camp.calm()
    post = (await camp.people.messages(camp.chat))[-1]["message_id"]
    for number in range(1, 11):
        words = (Phrase("own", (("template", str(number)),)),)
        await write(number, Edit(words=words, language="zh_Hans", message_id=post))
        if number == 1:
            await camp.calm()
    await camp.later(6)
    edits = await camp.people.calls(method="editMessageText")
    assert [call["parameters"]["text"] for call in edits] == ["1", "10"]
