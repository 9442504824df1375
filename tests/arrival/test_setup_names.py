"""The builder of name formats: parts by buttons, names that fit and that do not, saved before it is switched on."""

from tests.arrival.setting_up import cards, policy_of, tap, versions, write
from tests.handlers.camp import Camp


async def test_a_format_is_put_together_saved_and_only_then_switched_on(camp: Camp) -> None:  # J03
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "昵称格式", "拼一个", "期号", "昵称", "城市")
    assert "现在：期号-昵称-城市，例如 07营-林晓-上海" in camp.said(owner)
    await tap(camp, owner, "看看效果")
    shown = camp.said(owner)
    assert "✓ 可以：07营-林晓-上海" in shown
    assert "✗ 不行：07营-林晓" in shown
    assert "超过 16 个字" in shown
    assert await versions(camp) == []
    alert = await tap(camp, owner, "就这样存")
    assert "超过 16 个字" in alert
    names = (await policy_of(camp)).nickname_format
    assert (names.mode, names.example, names.words) == ("off", "07营-林晓-上海", "期号-昵称-城市")
    assert len(await versions(camp)) == 1
    await tap(camp, owner, "启用")
    assert (await policy_of(camp)).nickname_format.mode == "off"
    await tap(camp, owner, "现在启用")
    assert (await policy_of(camp)).nickname_format.mode == "enforce"
    assert (await camp.group()).rule_began["nickname_format"] == int(camp.clock.now())
    assert "昵称格式：07营-林晓-上海（已启用）" in cards(camp, owner)[0]["text"]
    await tap(camp, owner, "昵称格式", "停用")
    assert (await policy_of(camp)).nickname_format.mode == "off"


async def test_another_separator_and_a_new_start(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "昵称格式", "拼一个", "昵称", "重来", "期号", "职业", "·")
    assert "期号·职业，例如 07营·老师" in camp.said(owner)
    await tap(camp, owner, "看看效果", "再改改", "看看效果", "就这样存", "启用", "现在启用")
    member = camp.telegram.member("12班·设计师")
    await camp.later(4)
    wrong = camp.telegram.member("随便")
    await camp.later(4)
    await camp.says(member, "大家好")
    await camp.says(wrong, "大家好")
    assert "nickname" not in str([row.step for row in await camp.decisions(member)])
    assert [row.step for row in await camp.decisions(wrong)] == ["ask_name"]


async def test_a_new_format_is_never_switched_on_by_saving_it(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "昵称格式", "拼一个", "昵称", "城市", "看看效果", "就这样存", "启用", "现在启用")
    await tap(camp, owner, "昵称格式", "拼一个", "昵称", "职业", "看看效果", "就这样存")
    assert (await policy_of(camp)).nickname_format.mode == "off"
    assert "存好了：昵称-职业，例如 林晓-老师。还没启用" in camp.said(owner)
    assert "（存好了，还没启用）" in await write(camp, owner, "/setup")
