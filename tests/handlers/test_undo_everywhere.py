"""One press takes a decision back wherever it reached; who was sent away has a way in, who lost a text may have it."""

import asyncio
from typing import Any

from bot.conduct import everywhere, reversing
from bot.storage import merit
from rules.conduct.effects import DAY
from rules.merit.transactions import award
from tests.handlers.camp import INSULT, Camp
from tests.handlers.estate import on_an_estate


def door(camp: Camp, chat: int) -> str:
    """Where the newest button with an address leads."""
    for post in reversed(camp.telegram.said(chat)):
        for row in post.get("reply_markup", {}).get("inline_keyboard", ()):
            for button in row:
                if str(button.get("url", "")).startswith("https://t.me/+"):
                    return str(button["url"])
    raise AssertionError(camp.said(chat))


def joins(camp: Camp, link: str) -> Any:
    return camp.telegram.do("join", chat=camp.chat, user=camp.lin, via_link=link)


async def removed(camp: Camp, word: str = "ban") -> int:
    await camp.asks(camp.leader, f"/remove {camp.lin} {word} 反复发广告")
    return (await camp.decisions(camp.lin))[0].id


async def test_whoever_was_removed_comes_back_by_a_link_of_their_own(camp: Camp) -> None:  # R23
    await camp.starts(camp.lin)
    number = await removed(camp)
    assert camp.telegram.status(camp.lin) == "kicked"
    await camp.asks(camp.leader, f"/undo {number}")
    await camp.later(5)
    assert "已经撤回" in camp.last(camp.lin)
    assert "3 天内有效，只能用一次" in camp.last(camp.lin)
    joins(camp, door(camp, camp.lin))
    await camp.later(5)
    assert camp.telegram.status(camp.lin) == "member"
    assert len(camp.telegram.calls("revokeChatInviteLink")) == 1


async def test_a_link_is_of_no_use_to_whoever_is_sent_away_again(camp: Camp) -> None:  # R23
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/undo {await removed(camp)}")
    await camp.later(5)
    link = door(camp, camp.lin)
    await camp.asks(camp.leader, f"/remove {camp.lin} ban")
    await camp.later(5)
    assert [call["parameters"]["invite_link"] for call in camp.telegram.calls("revokeChatInviteLink")] == [link]


async def test_whom_nobody_can_write_to_a_leader_invites(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.asks(camp.leader, f"/undo {await removed(camp)}")
    await camp.later(5)
    assert "林晓 可以回来了" in camp.said(desk)
    assert "链接：https://t.me/+" in camp.said(desk)
    assert await camp.questions() == ["invite_back"]
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, "/inbox")
    await camp.later(5)
    await camp.taps(camp.leader, "看链接")
    await camp.later(5)
    assert "https://t.me/+" in camp.last(camp.leader)
    await camp.starts(camp.lin)
    await camp.later(5)
    joins(camp, door(camp, camp.lin))
    await camp.go()
    assert camp.telegram.status(camp.lin) == "member"


async def test_for_whoever_blocked_the_bot_a_leader_passes_the_link_on(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    number = await removed(camp)
    # Blocked a moment after it: the bot learns of it by the post that is refused.
    camp.telegram.post(camp.leader, f"/undo {number}")
    camp.telegram.do("block", user=camp.lin)
    await camp.go()
    await camp.later(5)
    assert camp.said(desk).count("林晓 可以回来了") == 1
    assert "链接：https://t.me/+" in camp.said(desk)
    assert await camp.questions() == ["invite_back"]
    assert len(camp.telegram.calls("createChatInviteLink")) == 1


async def test_where_the_bot_may_not_invite_the_news_come_without_a_link(camp: Camp) -> None:  # R23, A3
    await camp.starts(camp.lin)
    number = await removed(camp)
    group = await camp.group()
    await camp.set_group(bot_rights=group.bot_rights - {"can_invite_users"})
    await camp.asks(camp.leader, f"/undo {number}")
    await camp.later(5)
    assert "已经撤回" in camp.last(camp.lin)
    assert camp.telegram.calls("createChatInviteLink") == []


async def test_a_link_ends_after_three_days(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.asks(camp.leader, f"/undo {await removed(camp)}")
    camp.clock.advance(3 * DAY)
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, "/inbox")
    await camp.later(5)
    assert "已经用过、过期或收回" in await camp.presses(camp.leader, "看链接", camp.leader)
    assert desk


async def test_words_that_were_deleted_by_mistake_come_back_if_wanted(camp: Camp) -> None:  # R23, F11
    await camp.starts(camp.lin)
    said = await camp.says(camp.lin, INSULT)
    assert not camp.telegram.exists(said)
    (decision,) = await camp.decisions(camp.lin)
    await camp.asks(camp.leader, f"/undo {decision.id}")
    await camp.later(5)
    assert INSULT not in camp.said()
    await camp.taps(camp.lin, "把内容再发一次")
    await camp.later(5)
    assert INSULT in camp.said()
    assert camp.said().count(INSULT) == 1
    assert "处理好" in await camp.presses(camp.lin, "把内容再发一次", camp.lin)


async def test_what_a_decision_moved_in_points_moves_back(camp: Camp) -> None:  # R23, F11
    await camp.asks(camp.leader, f"/warn {camp.lin} 跑题")
    (decision,) = await camp.decisions(camp.lin)
    group = await camp.group()
    async with camp.storage.unit() as unit:
        moved = award(f"decision:{decision.id}:toll", "toll", camp.lin, -3)
        await merit.post(unit, group.id, moved, at=int(camp.clock.now()), by=camp.leader)
    await camp.asks(camp.leader, f"/undo {decision.id}")
    async with camp.storage.reading() as unit:
        assert (await merit.balances(unit, group.id, camp.lin)).get("points", 0) == 0


async def test_two_who_take_back_at_once_take_back_once(camp: Camp) -> None:  # R23, S3
    await camp.asks(camp.leader, f"/mute {camp.lin} 2h")
    (decision,) = await camp.decisions(camp.lin)
    moderator, now = camp.services.moderator, int(camp.clock.now())

    async def undo(by: int) -> int | None:
        return await camp.storage.write(lambda unit: everywhere.undo(unit, moderator, decision.id, by, now))

    done = await asyncio.gather(*(undo(by) for by in (camp.leader, camp.leader + 1, camp.leader + 2)))
    assert len([each for each in done if each]) == 1
    assert [row.step for row in await camp.decisions(camp.lin)] == ["undo", "mute"]


async def test_an_undo_opens_the_doors_of_every_group_it_shut(database_url: str) -> None:  # R23, R12
    async with on_an_estate(database_url) as estate:
        camp = estate.camp
        await camp.starts(camp.lin)
        await estate.adds()
        assert [estate.status(chat) for chat in (0, estate.other)] == ["kicked", "kicked"]
        (here,) = [row for row in await camp.decisions(camp.lin) if row.step == "remove"]
        async with camp.storage.unit() as unit:
            await everywhere.undo(unit, camp.services.moderator, here.id, estate.officer, int(camp.clock.now()))
        await camp.go()
        await camp.later(5)
        assert await estate.entries() == []
        assert [estate.status(chat) for chat in (0, estate.other)] == ["left", "left"]
        assert camp.said(camp.lin).count("只能用一次") == 2


async def test_a_wave_is_taken_back_without_a_card_for_each(camp: Camp) -> None:  # R24
    number = await removed(camp)
    async with camp.storage.unit() as unit:
        now = int(camp.clock.now())
        await reversing.undo(unit, camp.services.moderator, number, camp.leader, now, reversing.IN_A_WAVE)
    await camp.go()
    assert await camp.questions() == []
    assert camp.telegram.calls("createChatInviteLink") == []


async def test_what_shut_every_door_only_those_in_charge_take_back(database_url: str) -> None:  # R12, S8
    async with on_an_estate(database_url) as estate:
        camp = estate.camp
        await estate.adds()
        (here,) = [row for row in await camp.decisions(camp.lin) if row.step == "remove"]
        assert "请运营官来看" in await estate.says(f"/undo {here.id}", camp.leader)
        assert len(await estate.entries()) == 1
        await estate.says(f"/undo {here.id}")
        await camp.later(5)
        assert await estate.entries() == []
