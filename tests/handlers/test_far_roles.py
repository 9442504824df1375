"""A role that reaches far is shown before it is given, and nobody has to keep one (N11)."""

from bot.storage import roles
from tests.handlers.camp import Camp
from tests.handlers.test_team import held, owned


async def boss_of(camp: Camp) -> int:
    boss = camp.telegram.member("营长")
    await owned(camp, 77)
    async with camp.storage.unit() as unit:
        await roles.grant_all(unit, 77, boss, "owner", 77, 0)
    for user in (boss, camp.lin):
        await camp.starts(user)
    return boss


async def test_an_owner_over_all_groups_is_named_by_a_second_press_alone(camp: Camp) -> None:  # N11
    boss = await boss_of(camp)
    await camp.asks(boss, f"/grant {camp.lin} 负责人 全部")
    shown = camp.last(boss)
    assert await held(camp, camp.lin) == []
    assert await camp.audited("role.grant") == []
    assert "要请 林晓 当负责人吗" in shown
    assert "所有群" in shown
    assert "没有写期限" in shown
    await camp.taps(boss, "就这样请")
    assert await held(camp, camp.lin) == [("owner", False, 0)]
    assert "林晓 现在是负责人了" in camp.last(boss)
    assert len(await camp.audited("role.grant")) == 1


async def test_an_end_that_was_named_is_shown_and_kept(camp: Camp) -> None:
    boss = await boss_of(camp)
    await camp.asks(boss, f"/grant {camp.lin} 运营官 全部 7d")
    assert "没有写期限" not in camp.last(boss)
    await camp.taps(boss, "就这样请")
    ((role, _, until),) = await held(camp, camp.lin)
    assert (role, until > camp.clock.now()) == ("officer", True)


async def test_whoever_lost_power_meanwhile_gives_nothing_by_the_old_button(camp: Camp) -> None:  # S8
    boss = await boss_of(camp)
    await camp.asks(boss, f"/grant {camp.lin} 负责人 全部")
    async with camp.storage.unit() as unit:
        await roles.revoke_all(unit, 77, boss, "owner")
    await camp.taps(boss, "就这样请")
    assert await held(camp, camp.lin) == []


async def test_whoever_is_asked_can_say_no_and_the_other_hears_it(camp: Camp) -> None:  # N05
    boss = await boss_of(camp)
    await camp.asks(boss, f"/grant {camp.lin} 志愿者")
    assert await held(camp, camp.lin) == [("volunteer", True, 0)]
    await camp.taps(camp.lin, "谢谢，我不接")
    assert await held(camp, camp.lin) == []
    assert "你已经不是志愿者" in camp.last(camp.lin)
    assert "林晓 说这次不当志愿者" in camp.last(boss)
    (row,) = await camp.audited("role.declined")
    assert (row.actor_id, row.before["role"]) == (camp.lin, "volunteer")


async def test_taking_a_role_back_without_saying_which_shows_how_to_take_it_back(camp: Camp) -> None:
    for words in ("", f"{camp.lin}"):
        told = await camp.asks(camp.leader, f"/revoke {words}".strip())
        assert "/revoke @" in told
        assert "/grant" not in told
