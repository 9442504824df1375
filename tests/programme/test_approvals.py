"""Nobody looked in the promised time: leaders were reminded, and then nothing is silently lost (R03)."""

from typing import Any

import pytest

from tests.app.stage import Stage
from tests.programme.conftest import Camping

HOUR = 3600
WAITS: dict[str, Any] = {"mode": "enforce", "whom": "all"}
LINK = "笔记整理好了 https://example.com/notes"


async def waiting(camp: Stage) -> int:
    user = await camp.member("林晓")
    await camp.later(60)
    await camp.people.start(user=user)
    await camp.people.post(chat=camp.chat, user=user, text=LINK)
    await camp.later(5)
    assert await camp.questions() == ["approval"]
    return user


@pytest.mark.parametrize("unanswered", ["return", "post"])
async def test_what_nobody_looked_at_is_given_back_or_posted_as_the_group_decided(  # R03
    camping: Camping, unanswered: str
) -> None:
    async with camping({"needs_approval": {**WAITS, "unanswered": unanswered}}) as camp:
        user = await waiting(camp)
        await camp.later(25 * HOUR)
        await camp.later(60)
        assert await camp.questions() == []
        assert await camp.steps(user) == ["hold", "settle"]
        shown = bool(await camp.said("example.com/notes"))
        told = await camp.said("没来得及看" if unanswered == "return" else "发到群里了", user)
        assert (shown, bool(told)) == (unanswered == "post", True)


async def test_a_restart_forgets_nothing_that_waits(camping: Camping) -> None:  # R03
    async with camping({"needs_approval": WAITS}) as camp:
        user = await waiting(camp)
        await camp.restart()
        await camp.later(25 * HOUR)
        await camp.later(60)
        assert await camp.steps(user) == ["hold", "settle"]
        assert await camp.said("没来得及看", user)


async def test_what_the_brake_held_is_asked_about_once_it_is_let_go(camping: Camping) -> None:  # R03, fairness 3
    async with camping({"needs_approval": WAITS, "brakes": {"least": 1, "most": 1}}) as camp:
        await camp.people.start(user=camp.owner)
        await waiting(camp)
        second = await camp.member("王敏")
        await camp.later(60)
        kept = await camp.people.post(chat=camp.chat, user=second, text=LINK)
        await camp.later(5)
        assert sorted(await camp.questions()) == ["approval", "brake"]
        await camp.press(camp.owner, "继续处理", camp.owner)
        await camp.later(60)
        assert sorted(await camp.questions()) == ["approval", "approval"]
        posts = await camp.people.messages(camp.chat)
        assert [post["deleted"] for post in posts if post["message_id"] == kept] == [True]
        await camp.later(26 * HOUR)
        assert await camp.questions() == []
        assert await camp.steps(second) == ["hold", "settle"]
