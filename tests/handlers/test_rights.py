"""Nobody does through the bot what Telegram does not let them do by hand, by whatever door (S8)."""

import pytest

from bot.powers import ASKED
from tests.handlers.camp import Camp
from tests.handlers.test_authority import EXAMPLES, lines, untouched

AD = "加微信 abc12345 低价出售课程,日赚500 https://t.me/some_shop"


async def helper(camp: Camp, *rights: str) -> int:
    """An administrator with these rights alone."""
    user = camp.telegram.member("助教")
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=camp.chat, user=user, rights=list(rights))
    await camp.go()
    return user


async def test_no_command_gives_an_administrator_a_power_that_telegram_does_not(camp: Camp) -> None:
    user = await helper(camp, "can_pin_messages")
    before = await untouched(camp)
    for line in lines(camp):
        await camp.says(user, line)
        camp.clock.advance(120)
    assert await untouched(camp) == before | {"lin": (*before["lin"][:1], False)}
    refused = {row.after["action"] for row in await camp.audited("refused") if row.after["why"] == "right_missing"}
    lacking = {name for name, power in ASKED.items() if power.needs - {"can_pin_messages"}}
    assert refused == {name for name in lacking if name.startswith("command.")}
    harmless = {"why", "inbox", "nickcheck", "mark", "here", "letter", "case", "team", "audit", "report", "simulate"}
    assert {f"command.{name}" for name in EXAMPLES} - refused == {f"command.{name}" for name in harmless}


@pytest.mark.parametrize("right", ["can_pin_messages", "can_restrict_members"])
async def test_no_press_deletes_for_whom_telegram_does_not_let_delete(camp: Camp, right: str) -> None:
    desk = camp.telegram.supergroup("管理员群")
    await camp.set_group(moderators_chat=desk)
    user = await helper(camp, right)
    camp.telegram.do("join", chat=desk, user=user)
    ad = await camp.says(camp.lin, AD)
    assert "权限" in await camp.presses(user, "只删除", desk)
    assert camp.telegram.exists(ad)
    assert await camp.questions() == ["ad"]
    await camp.presses(camp.telegram.owner, "只删除", desk)
    assert not camp.telegram.exists(ad)


async def test_an_anonymous_order_is_confirmed_only_by_whom_it_could_come_from(camp: Camp) -> None:
    user = await helper(camp, "can_delete_messages")
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.telegram.owner, "/mute 2h 刷屏", as_chat=camp.chat, reply_to=said)
    assert "权限" in await camp.presses(user, "我是管理员，确认")
    assert camp.telegram.status(camp.lin) == "member"
    await camp.presses(camp.leader, "我是管理员，确认")
    assert camp.telegram.status(camp.lin) == "restricted"
