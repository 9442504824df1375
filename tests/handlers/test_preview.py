"""A leader's own measure, read before it is sent where the group wants it so (R18, V06, V17)."""

from collections.abc import AsyncIterator

import pytest

from tests.handlers.camp import ENFORCED, Camp, camping


@pytest.fixture
async def previewing(database_url: str) -> AsyncIterator[Camp]:
    async with camping(database_url, ENFORCED | {"notices": {"preview": True}}) as camp:
        await camp.starts(camp.leader)
        await camp.starts(camp.lin)
        yield camp


async def warned(camp: Camp) -> list[str]:
    return [row.step for row in await camp.decisions(camp.lin)]


async def test_nothing_is_done_before_the_leader_has_read_and_sent_it(previewing: Camp) -> None:  # R18
    camp = previewing
    await camp.says(camp.leader, f"/warn {camp.lin} 跑题了")
    preview = camp.last(camp.leader)
    assert "会这样告诉 林晓" in preview
    assert "跑题了" in preview
    assert await warned(camp) == []
    assert "已经办好" in await camp.taps(camp.leader, "发送") or await warned(camp) == ["warn"]
    assert await warned(camp) == ["warn"]
    assert "跑题了" in camp.last(camp.lin)


async def test_what_was_good_comes_first(previewing: Camp) -> None:  # V06
    camp = previewing
    await camp.says(camp.leader, f"/warn {camp.lin} 跑题了")
    await camp.taps(camp.leader, "改一改")
    camp.clock.advance(5)
    await camp.whispers(camp.leader, "关于早起的分享")
    await camp.taps(camp.leader, "发送")
    told = camp.last(camp.lin)
    assert told.startswith("林晓，你说的「关于早起的分享」很用心，谢谢！")
    assert "跑题了" in told
    assert await warned(camp) == ["warn"]


async def test_what_is_not_sent_leaves_no_trace(previewing: Camp) -> None:
    camp = previewing
    await camp.says(camp.leader, f"/mute {camp.lin} 10m 太快了")
    assert "没有发" in await camp.taps(camp.leader, "不发了")
    assert await warned(camp) == []


async def test_it_is_sent_once(previewing: Camp) -> None:  # S3
    camp = previewing
    await camp.says(camp.leader, f"/warn {camp.lin} 跑题了")
    await camp.press_at_once("发送", camp.leader, camp.leader, chat=camp.leader)
    assert await warned(camp) == ["warn"]


async def test_without_it_a_warning_is_one_step(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.leader, f"/warn {camp.lin} 跑题了")
    assert await warned(camp) == ["warn"]


async def test_who_never_started_the_bot_is_not_asked_in_vain(database_url: str) -> None:
    async with camping(database_url, ENFORCED | {"notices": {"preview": True}}) as camp:
        await camp.says(camp.leader, f"/warn {camp.lin} 跑题了")
        assert await warned(camp) == ["warn"]


async def test_a_picture_is_nothing_that_was_good(previewing: Camp) -> None:
    camp = previewing
    await camp.says(camp.leader, f"/warn {camp.lin} 跑题了")
    await camp.taps(camp.leader, "改一改")
    camp.telegram.do("post", chat=camp.leader, user=camp.leader, media={"kind": "photo"})
    await camp.go()
    assert "有什么好的地方" in camp.last(camp.leader)
