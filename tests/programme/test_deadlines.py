"""What follows when a time has come: a fine unpaid, a question unanswered, a mute that is over."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.storage import books, codec
from rules.conduct.standing import Standing
from tests.app.stage import Stage
from tests.programme.conftest import Camping

MINUTE, HOUR, DAY = 60, 3600, 86_400
AD = "姐妹们,我家面膜今天特价99元一盒,加微信 mask_wangmin 下单,满三盒包邮"
FINES: dict[str, Any] = {"ad_without_red_packet": {"mode": "enforce", "fines": True}, "ladder": {"highest": "remove"}}


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(FINES) as made:
        await made.later(HOUR)
        yield made


async def newcomer(camp: Stage) -> int:
    """Somebody who has read the agreement."""
    user = await camp.member("王敏")
    await camp.later(MINUTE)
    await camp.press(user, "我已阅读")
    # So long after the greeting that the next thing is said at once.
    await camp.later(MINUTE)
    return user


async def status(camp: Stage, user: int) -> str:
    return str((await camp.people.member(camp.chat, user))["status"])


async def standing(camp: Stage, user: int) -> Standing:
    case = await camp.case(user)
    return case.member.standing


async def fined(camp: Stage) -> int:
    user = await newcomer(camp)
    await camp.people.post(camp.chat, user, AD)
    await camp.calm()
    assert (await camp.steps(user))[-1] == "fine"
    return user


async def test_a_fine_unpaid_after_its_time_is_one_warning(camp: Stage) -> None:  # R06
    user = await fined(camp)
    await camp.later(DAY - MINUTE)
    assert (await standing(camp, user)).warnings == 0
    await camp.later(2 * MINUTE)
    assert (await standing(camp, user)).warnings == 1
    await camp.later(7 * DAY)
    assert (await camp.steps(user))[-2:] == ["fine", "warn"]


async def test_a_fine_whose_notice_came_late_is_due_as_much_later(camp: Stage) -> None:  # fairness 4
    user = await newcomer(camp)
    await camp.people.fail_next("sendMessage", mode="error", code=429, retry_after=60, description="Too Many Requests")
    await camp.people.post(camp.chat, user, AD)
    await camp.calm()
    await camp.later(2 * MINUTE)
    await camp.later(DAY - 2 * MINUTE)
    assert (await standing(camp, user)).warnings == 0
    await camp.later(2 * MINUTE)
    assert (await standing(camp, user)).warnings == 1


async def test_a_fine_whose_notice_never_came_is_told_again_with_the_whole_time(camp: Stage) -> None:  # fairness 4
    user = await newcomer(camp)
    await camp.people.fail_next(
        "sendMessage", n=1, mode="error", code=429, retry_after=1200, description="Too Many Requests"
    )
    await camp.people.post(camp.chat, user, AD)
    await camp.calm()
    await camp.later(DAY)
    await camp.later(DAY - MINUTE)
    assert (await standing(camp, user)).warnings == 0
    await camp.later(2 * MINUTE)
    assert (await standing(camp, user)).warnings == 1


async def test_a_fine_made_up_for_is_never_due(camp: Stage) -> None:  # R06
    user = await fined(camp)
    await camp.press(camp.owner, "已补发")
    await camp.later(2 * DAY)
    assert (await standing(camp, user)).warnings == 0


async def asked_to_leave(camp: Stage) -> int:
    user = await newcomer(camp)
    for _ in range(2):
        said = await camp.people.post(camp.chat, user, "大家好")
        await camp.people.post(camp.chat, camp.owner, "/warn 请看群规", reply_to=said)
        await camp.calm()
        await camp.later(2 * HOUR)
    assert (await camp.steps(user))[-1] == "ask_to_leave"
    assert await status(camp, user) == "restricted"
    return user


async def test_whoever_was_not_seen_after_the_question_is_not_removed_but_shown_to_a_leader(camp: Stage) -> None:
    user = await asked_to_leave(camp)  # fairness 4
    await camp.later(2 * DAY)
    assert await status(camp, user) == "restricted"
    assert await camp.questions() == ["unanswered"]


async def test_whoever_was_seen_and_did_not_answer_is_removed_where_the_policy_says_so(camp: Stage) -> None:  # R10
    user = await asked_to_leave(camp)
    await camp.people.edit(camp.chat, (await said_by(camp, user)), user, "大家好呀")
    await camp.calm()
    await camp.later(2 * DAY)
    assert await status(camp, user) in {"kicked", "left"}


async def said_by(camp: Stage, user: int) -> int:
    posts = await camp.people.messages(camp.chat)
    return int(
        [post["message_id"] for post in posts if post.get("from", {}).get("id") == user and not post["deleted"]][-1]
    )


async def test_whoever_answers_in_time_stays(camp: Stage) -> None:  # R09
    user = await asked_to_leave(camp)
    await camp.press(user, "继续并遵守")
    assert await status(camp, user) == "member"
    await camp.later(3 * DAY)
    assert await status(camp, user) == "member"
    assert await camp.questions() == []


async def test_a_mute_ends_by_itself_and_the_books_know(camp: Stage) -> None:  # R14
    user = await newcomer(camp)
    for _ in range(6):
        await camp.people.post(camp.chat, user, "哈哈哈哈哈")
    await camp.calm()
    assert await status(camp, user) == "restricted"
    await camp.later(11 * MINUTE)
    assert await status(camp, user) == "member"
    assert (await standing(camp, user)).muted_until is None
    await camp.people.post(camp.chat, user, "不好意思")


async def test_a_deadline_is_decided_once_whatever_restarts_there_are(camp: Stage) -> None:
    user = await fined(camp)
    await camp.app.stop()
    camp.pass_(DAY + MINUTE)
    await camp.app.start()
    await camp.calm()
    await camp.restart()
    await camp.later(HOUR)
    assert (await camp.steps(user)).count("warn") == 1


async def test_the_case_of_a_deadline_is_kept_with_it(camp: Stage) -> None:
    user = await fined(camp)
    await camp.later(DAY + MINUTE)
    last = (await camp.decisions(user))[-1]
    assert (last.issuer_kind, codec.decode_case(last.case).member.user_id) == ("clock", user)
    async with camp.app.services.storage.reading() as unit:
        assert [row.kind for row in await books.rows_of(unit, last.id)] == ["fine_overdue", "warning"]
