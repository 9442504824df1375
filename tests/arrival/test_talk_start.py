"""/start shows first what waits for whoever starts, with the buttons that settle it on the spot (X14)."""

import pytest

from handlers.frame.openers import OPENERS, ORDER
from tests.handlers.camp import ENFORCED, INSULT, Camp, camping, labels
from tests.handlers.reviewing import another, passes

AD = "加微信 abc12345 低价出售课程，日赚500 https://t.me/some_shop"


def first(camp: Camp, user: int) -> tuple[str, list[str]]:
    post = camp.telegram.said(user)[0]
    return str(post["text"]), labels(post)


async def test_a_reminder_nobody_read_is_shown_with_its_appeal(camp: Camp) -> None:  # X14
    await camp.says(camp.lin, INSULT)
    await camp.starts(camp.lin)
    await camp.later(5)
    said, shown = first(camp, camp.lin)
    assert "提醒" in said
    assert shown == ["申诉"]
    assert "你好" in camp.last(camp.lin)


async def test_an_open_fine_is_withdrawn_in_private(camp: Camp) -> None:  # X14, R06
    await camp.says(camp.lin, "/rules")
    await camp.presses(camp.lin, "我已阅读")
    await camp.says(camp.leader, "/fine open", reply_to=await camp.says(camp.lin, "我的课今晚开讲"))
    await camp.starts(camp.lin)
    said, shown = first(camp, camp.lin)
    assert "等待补发" in said
    assert shown == ["我要撤回这条广告", "申诉"]
    await camp.presses(camp.lin, "我要撤回这条广告", camp.lin)
    assert await open_fines(camp) == 0


async def test_a_packet_whose_time_is_over_is_not_offered_as_open(camp: Camp) -> None:  # X14, R06
    await camp.starts(camp.lin)
    await camp.says(camp.lin, "/rules")
    await camp.presses(camp.lin, "我已阅读")
    await camp.says(camp.leader, "/fine open", reply_to=await camp.says(camp.lin, "我的课今晚开讲"))
    await passes(camp, 4 * 86_400)
    assert "warn" in [row.step for row in await camp.decisions(camp.lin)]
    before = len(camp.telegram.said(camp.lin))
    await camp.starts(camp.lin)
    await camp.later(5)
    said = "\n".join(str(post["text"]) for post in camp.telegram.said(camp.lin)[before:])
    assert "已经过了，当时的提醒照旧" in said
    assert "等待补发" not in said
    assert "没有任何代价" not in said


async def open_fines(camp: Camp) -> int:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        case = await camp.services.moderator.case_of(unit, group, camp.lin, int(camp.clock.now()))
    return len(case.member.standing.open_fines)


async def test_who_is_muted_reads_until_when_and_appeals(camp: Camp) -> None:  # X14
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h 刷屏")
    await camp.starts(camp.lin)
    said, shown = first(camp, camp.lin)
    assert "就可以继续发言" in said
    assert shown == ["申诉"]
    assert "再看一次" in await camp.presses(camp.lin, "申诉", camp.lin)
    await camp.starts(camp.lin)
    await camp.later(5)
    assert "营主正在看" in camp.said(camp.lin)


async def test_who_was_sent_away_reads_it_and_appeals_and_reads_what_came_of_it(camp: Camp) -> None:  # X14, R23
    desk = camp.telegram.supergroup("营主群")
    camp.telegram.do("join", chat=desk, user=camp.leader)
    await camp.set_group(moderators_chat=desk)
    await camp.asks(camp.leader, f"/remove {camp.lin} 反复刷屏")
    await camp.starts(camp.lin)
    said, shown = first(camp, camp.lin)
    assert "先请你离开" in said
    assert shown == ["申诉"]
    await camp.presses(camp.lin, "申诉", camp.lin)
    await camp.presses(await another(camp, desk), "撤销", desk)
    await camp.starts(camp.lin)
    await camp.later(5)
    assert "欢迎你回来" in camp.said(camp.lin)


async def test_whoever_has_nothing_open_is_only_greeted(camp: Camp) -> None:
    await camp.starts(camp.lin)
    assert len(camp.telegram.said(camp.lin)) == 1


async def test_matters_come_before_what_a_link_asks_for(camp: Camp) -> None:
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h 刷屏")
    group = await camp.group()
    await camp.starts(camp.lin, f"menu_{group.id}")
    await camp.later(5)
    assert "就可以继续发言" in first(camp, camp.lin)[0]


async def test_who_set_the_group_up_hears_of_the_questions_that_wait(camp: Camp) -> None:
    await camp.set_group(set_up_by=camp.telegram.owner)
    await camp.says(camp.lin, AD)
    await camp.starts(camp.telegram.owner)
    await camp.later(5)
    assert "1 件事等你决定" in camp.said(camp.telegram.owner)


def test_what_may_be_shown_has_its_place_in_the_order() -> None:
    assert set(OPENERS) <= set(ORDER)


@pytest.mark.parametrize("terms", [{"mode": "enforce"}])
async def test_a_name_that_is_asked_for_is_settled_in_private(database_url: str, terms: dict[str, str]) -> None:
    async with camping(database_url, ENFORCED | {"nickname_format": terms}) as camp:
        newcomer = camp.telegram.member("新同学")
        await camp.go()
        await camp.says(newcomer, "大家好呀")
        await camp.starts(newcomer)
        said, shown = first(camp, newcomer)
        assert "昵称" in said
        assert shown == ["改好了，帮我看看", "登记昵称"]
