"""The pinned notice: shown to anybody, set by leaders, replaced, kept on top, never against somebody's will."""

from typing import Any

from bot.clock import ManualClock
from bot.limits import Limits
from bot.speech.pinwatch import PinWatch
from bot.storage import notices
from rules.conduct.effects import DAY
from tests.app.stage import START, staged
from tests.handlers.camp import Camp, labels

HOSTILE = "<b>周五</b>交作业 & {name} \u202e反 " + "长" * 1200


def pinned(camp: Camp) -> list[str]:
    """What is pinned, the newest last."""
    chat = camp.telegram.world.chat(camp.chat)
    return [str(chat.messages[number].body.get("text", "")) for number in sorted(chat.pinned)]


async def look(camp: Camp) -> None:
    """The look of the day, after a day has passed."""
    await camp.later(DAY + 1)
    watch = PinWatch(camp.storage, camp.gateway, camp.clock, Limits(camp.clock), camp.services.outbox.wake)
    await watch.work()
    await camp.later(5)


async def kept(camp: Camp) -> str:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        row = await notices.get(unit, group.id)
    return row.text if row else ""


async def test_a_leader_sets_a_notice_and_anybody_reads_it(camp: Camp) -> None:  # J02
    await camp.says(camp.leader, "/notice set 周五交作业\n每天打卡")
    await camp.later(5)
    (post,) = pinned(camp)
    assert "周五交作业\n每天打卡" in post
    await camp.later(70)
    await camp.says(camp.lin, "/notice")
    assert "每天打卡" in camp.last()
    (row,) = await camp.audited("notice")
    assert row.after["text"] == "周五交作业\n每天打卡"


async def test_a_new_notice_takes_the_place_of_the_old_one_and_touches_no_other_pin(camp: Camp) -> None:  # J02
    theirs = camp.telegram.post(camp.leader, "营主自己置顶的")
    camp.telegram.do("pin", chat=camp.chat, message_id=theirs)
    await camp.says(camp.leader, "/notice set 第一条")
    await camp.later(5)
    await camp.says(camp.leader, "/notice set 第二条")
    await camp.later(5)
    assert [pinned(camp)[0], "第二条" in pinned(camp)[1]] == ["营主自己置顶的", True]
    assert len(pinned(camp)) == 2
    await camp.says(camp.leader, "/notice off")
    await camp.later(5)
    assert pinned(camp) == ["营主自己置顶的"]
    assert await kept(camp) == ""


async def test_a_reply_is_shown_once_more_before_it_goes_on_top(camp: Camp) -> None:  # X13
    said = await camp.says(camp.lin, "今晚八点老师直播")
    await camp.says(camp.leader, "公告", reply_to=said)
    assert pinned(camp) == []
    assert "本群营主来点" in await camp.presses(camp.lin, "发布并置顶")
    await camp.later(5)
    assert "已经发布" in await camp.presses(camp.leader, "发布并置顶")
    await camp.later(5)
    (post,) = pinned(camp)
    assert "今晚八点老师直播" in post


async def test_two_leaders_who_press_at_once_post_once(camp: Camp) -> None:
    said = await camp.says(camp.lin, "今晚八点老师直播")
    await camp.says(camp.leader, "公告", reply_to=said)
    await camp.press_at_once("发布并置顶", camp.leader, camp.telegram.owner)
    await camp.later(5)
    assert len(pinned(camp)) == 1
    assert len(await camp.audited("notice")) == 1


async def test_members_change_nothing(camp: Camp) -> None:  # S8
    await camp.says(camp.lin, "/notice set 我说了算")
    await camp.says(camp.lin, "/notice off")
    assert (pinned(camp), await kept(camp)) == ([], "")


async def test_a_hostile_text_is_only_a_text(camp: Camp) -> None:  # S2
    await camp.says(camp.leader, f"/notice set {HOSTILE}")
    await camp.later(5)
    (post,) = pinned(camp)
    assert "<b>周五</b>交作业 & {name}" in post


async def test_what_is_empty_or_too_long_is_answered_with_the_way_out(camp: Camp) -> None:
    assert "/notice set" in await camp.asks(camp.leader, "/notice set")
    await camp.later(70)
    assert "3000" in await camp.asks(camp.leader, "/notice set " + "长" * 3001)
    assert await kept(camp) == ""


async def test_a_missing_right_is_named_and_nothing_is_half_set(camp: Camp) -> None:
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights=["delete_messages", "restrict_members"])
    await camp.go()
    assert "置顶消息" in await camp.asks(camp.leader, "/notice set 第一条")
    assert await kept(camp) == ""


async def test_an_unpinned_notice_is_pinned_again_once_a_day(camp: Camp) -> None:  # J02
    await camp.says(camp.leader, "/notice set 第一条")
    await camp.later(5)
    (number,) = camp.telegram.world.chat(camp.chat).pinned
    camp.telegram.do("unpin", chat=camp.chat, message_id=number)
    await look(camp)
    assert camp.telegram.world.chat(camp.chat).pinned == [number]
    posts = len(camp.telegram.calls("sendMessage"))
    await look(camp)
    assert len(camp.telegram.calls("sendMessage")) == posts


async def test_a_notice_whose_post_was_deleted_is_posted_again(camp: Camp) -> None:
    await camp.says(camp.leader, "/notice set 第一条")
    await camp.later(5)
    (number,) = camp.telegram.world.chat(camp.chat).pinned
    camp.telegram.do("delete", chat=camp.chat, message_id=number)
    await look(camp)
    await look(camp)
    (post,) = pinned(camp)
    assert "第一条" in post


async def test_what_a_leader_pinned_later_is_asked_about_once_and_left_alone(camp: Camp) -> None:  # J02
    await camp.starts(camp.telegram.owner)
    await camp.says(camp.leader, "/notice set 第一条")
    await camp.later(5)
    (number,) = camp.telegram.world.chat(camp.chat).pinned
    camp.telegram.do("unpin", chat=camp.chat, message_id=number)
    theirs = camp.telegram.post(camp.leader, "换成这条")
    camp.telegram.do("pin", chat=camp.chat, message_id=theirs)
    await look(camp)
    await look(camp)
    assert pinned(camp) == ["换成这条"]
    assert (await camp.questions()).count("notice_other") == 1
    await camp.later(5)
    owner = camp.telegram.owner
    assert "不动它" in await camp.presses(owner, "不用", owner)
    await look(camp)
    assert "notice_other" not in await camp.questions()
    assert pinned(camp) == ["换成这条"]


async def test_in_private_a_notice_is_written_looked_at_and_posted(camp: Camp) -> None:
    leader = camp.leader
    await camp.starts(leader)
    for said in ("/menu",):
        await camp.later(5)
        await camp.whispers(leader, said)
    for button in ("群公告", "写一条公告"):
        await camp.later(5)
        await camp.presses(leader, button, leader)
    await camp.later(5)
    await camp.whispers(leader, "周五交作业")
    assert pinned(camp) == []
    post: dict[str, Any] = camp.telegram.said(leader)[-1]
    assert "发布并置顶" in labels(post)
    await camp.later(5)
    await camp.presses(leader, "发布并置顶", leader)
    await camp.later(5)
    (there,) = pinned(camp)
    assert "周五交作业" in there


async def test_after_the_group_became_a_supergroup_the_notice_is_posted_there(database_url: str) -> None:
    clock = ManualClock(START)
    async with staged(database_url, clock=clock, kind="group") as stage:
        await stage.calm()
        await stage.people.post(stage.chat, stage.owner, "/notice set 周五交作业")
        await stage.calm()
        old = stage.world.chat(stage.chat).pinned[:]
        assert len(old) == 1
        stage.chat = (await stage.people.do("upgrade", chat=stage.chat))["id"]
        await stage.calm()
        stage.pass_(DAY + 1)
        await stage.calm()
        await stage.app.pins.work()
        await stage.calm()
        chat = stage.world.chat(stage.chat)
        assert ["周五交作业" in chat.messages[number].body["text"] for number in chat.pinned] == [True]
