"""Who was here before is asked once in one post, and a change of the rules is told once (J03 R01)."""

from collections.abc import AsyncIterator

import pytest

from tests.app.stage import Stage
from tests.programme.conftest import Camping

MINUTE, HOUR = 60, 3600
ASKED = "早就在群里的朋友"
CHANGED = "约定有更新"


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping({"welcome": {"enabled": False}}) as made:
        await made.people.start(made.owner)
        for name in ("老赵", "07营-林晓-上海", "May"):
            await made.member(name)
        await made.later(HOUR)
        yield made


async def orders(camp: Stage, text: str) -> None:
    await camp.people.post(camp.chat, camp.owner, text)
    await camp.calm()


async def shown(camp: Stage, words: str, chat: int = 0) -> int:
    return len(await camp.said(words, chat))


async def test_whoever_was_here_before_is_asked_once_and_nothing_follows(camp: Stage) -> None:  # J03, fairness 2
    await orders(camp, "/policy set nickname_format.mode enforce")
    assert await shown(camp, ASKED) == 1
    may = next(user.id for user in camp.world.users.values() if user.first_name == "May")
    assert "/nick" in await camp.press(may, "登记昵称")
    await orders(camp, "/policy set nickname_format.remind_hours 6")
    await camp.restart()
    for _ in range(50):
        await camp.later(HOUR)
    assert await camp.steps(may) == []
    said = [post for post in await camp.people.messages(camp.chat) if ASKED in post.get("text", "")]
    assert len(said) == 1


async def test_a_name_is_looked_at_under_a_post_that_asked_others(camping: Camping) -> None:  # J03
    async with camping({"nickname_format": {"mode": "enforce"}}) as camp:
        for name in ("X", "Y"):
            await camp.member(name)
        await camp.later(2 * MINUTE)
        assert await shown(camp, "X、Y，") == 1
        late = await camp.member("Z")
        assert "还差一点点" in await camp.press(late, "改好了，帮我看看")


async def test_leaders_see_in_private_whose_names_do_not_fit(camp: Stage) -> None:  # J03
    await orders(camp, "/nickcheck")
    assert await shown(camp, "没有约定昵称格式") == 1
    await orders(camp, "/policy set nickname_format.mode observe")
    await orders(camp, "/nickcheck")
    [told] = await camp.said("还不是", camp.owner)
    assert "有 2 个昵称" in told
    assert "林晓" not in told.split("：", 2)[-1].splitlines()[-1]
    assert await shown(camp, "还不是") == 0


async def test_a_change_of_the_rules_is_announced_once_and_asked_about_anew(camp: Stage) -> None:  # R01
    lin = next(user.id for user in camp.world.users.values() if "林晓" in user.first_name)
    await orders(camp, '/policy set rules_text ["不外传", "不发广告"]')
    assert await shown(camp, CHANGED) == 1
    await camp.press(lin, "我已阅读")
    first = (await camp.known(lin)).rules_accepted_at
    await camp.later(2 * HOUR)
    await camp.press(lin, "我已阅读")
    assert (await camp.known(lin)).rules_accepted_at == first
    await orders(camp, '/policy set rules_text ["不外传", "不发广告"]')
    assert await shown(camp, CHANGED) == 1
    await orders(camp, '/policy set rules_text ["不外传"]')
    assert await shown(camp, CHANGED) == 2
    await camp.later(MINUTE)
    await camp.press(lin, "我已阅读")
    again = (await camp.known(lin)).rules_accepted_at
    assert first is not None
    assert again is not None
    assert again > first
