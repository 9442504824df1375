"""Roles of the bot: given, told, shown, ended at their second and taken back, by nobody who holds less (N05, N11)."""

import pytest

from bot import due
from bot.roles import Actor, Place, authorize
from bot.storage import deadlines, groups, roles
from tests.handlers.camp import ENFORCED, Camp, camping

DAY = 86400


async def held(camp: Camp, user: int) -> list[tuple[str, bool, int]]:
    """Role, whether in this group alone, and its end."""
    group = await camp.group()
    async with camp.storage.reading() as unit:
        rows = await roles.of_group(unit, group.id, int(camp.clock.now()))
    return [(row.role, bool(row.group_id), row.until) for row in rows if row.user_id == user]


async def calendar(camp: Camp) -> None:
    """What is due is settled, as the calendar does it."""
    now = int(camp.clock.now())
    async with camp.storage.unit() as unit:
        for row in await deadlines.due(unit, now, 50):
            await due.settle(unit, camp.services.moderator, row, now)
    await camp.go()


async def may(camp: Camp, user: int, action: str) -> bool:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return (await authorize(unit, Actor(user, at=int(camp.clock.now())), action, Place(group.id))).allowed


async def owned(camp: Camp, owner: int) -> None:
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await groups.update(unit, group.id, owner_id=owner)


async def test_a_leader_asks_a_member_for_help_and_both_hear_what_that_means(camp: Camp) -> None:  # N05
    await camp.starts(camp.lin)
    said = await camp.says(camp.lin, "大家好")
    answer = await camp.asks(camp.leader, "/grant 志愿者 7d", reply_to=said)
    assert "林晓 现在是志愿者了" in answer
    assert "/inbox 看待办" in answer
    assert "班长 请你当志愿者" in camp.last(camp.lin)
    ((role, here, until),) = await held(camp, camp.lin)
    assert (role, here) == ("volunteer", True)
    assert 6 * DAY < until - camp.clock.now() <= 7 * DAY
    (row,) = await camp.audited("role.grant")
    assert (row.actor_id, row.target_id, row.after["role"], row.before) == (camp.leader, camp.lin, "volunteer", {})


async def test_whoever_cannot_be_told_is_told_by_the_leader(camp: Camp) -> None:
    assert "请你说一声" in await camp.asks(camp.leader, f"/grant {camp.lin} reviewer")
    assert await held(camp, camp.lin) == [("reviewer", True, 0)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "请回复对方的一条消息"), ("{lin}", "角色有"), ("{lin} 国王", "「国王」我没看懂"),
        ("{lin} 志愿者 2001-01-01", "期限要在以后"), ("{lin} 志愿者 99999d", "最长十年"),
        ("{lin} 营主", "权限更高"), ("{lin} owner", "权限更高"), ("{lin} 运营官", "权限更高"),
        ("{leader} 志愿者", "请别人来给"), ("{bot} 志愿者", "机器人当不了"), ("{lin} 志愿者 全部", "所有群"),
        ("{lin} 2026-02-31 志愿者", "没看懂"),
    ],
)  # fmt: skip
async def test_what_a_leader_cannot_give_is_refused_kindly_with_a_way_out(camp: Camp, words: str, said: str) -> None:
    known = {"lin": camp.lin, "leader": camp.leader, "bot": f"@{camp.services.me.username}"}
    assert said in await camp.asks(camp.leader, f"/grant {words.format(**known)}")
    assert await held(camp, camp.lin) == []
    assert await camp.audited("role.grant") == []


async def test_roles_are_understood_in_english_and_by_a_date(camp: Camp) -> None:
    await camp.says(camp.leader, f"/grant {camp.lin} 2099-01-01")
    assert await held(camp, camp.lin) == []
    year = 2025 if camp.clock.now() < 1735660800 else 2030
    await camp.asks(camp.leader, f"/grant {camp.lin} homework_officer {year}-12-31")
    ((role, _, until),) = await held(camp, camp.lin)
    assert (role, until % DAY) == ("homework_officer", 16 * 3600), "the end of that day in Shanghai"


async def test_a_role_ends_at_its_second_and_its_holder_hears_it_once(camp: Camp) -> None:  # N05
    await camp.starts(camp.lin)
    await camp.says(camp.leader, f"/grant {camp.lin} volunteer 1h")
    ((_, _, until),) = await held(camp, camp.lin)
    camp.clock.advance(until - camp.clock.now() - 1)
    assert await may(camp, camp.lin, "command.inbox")
    camp.clock.advance(1)
    assert not await may(camp, camp.lin, "command.inbox"), "before anybody has taken it away"
    await calendar(camp)
    await calendar(camp)
    assert "期限到了" in camp.last(camp.lin)
    assert camp.said(camp.lin).count("期限到了") == 1
    (row,) = await camp.audited("role.ended")
    assert (row.actor_kind, row.target_id) == ("clock", camp.lin)


async def test_a_role_that_was_lengthened_meanwhile_stays(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.leader, f"/grant {camp.lin} volunteer 1h")
    await camp.asks(camp.leader, f"/grant {camp.lin} volunteer 3h")
    camp.clock.advance(2 * 3600)
    await calendar(camp)
    assert await may(camp, camp.lin, "command.inbox")
    assert await camp.audited("role.ended") == []


async def test_a_role_over_all_groups_ends_at_the_border_of_another_owner(database_url: str) -> None:  # S8
    operator = 9_100_001
    async with camping(database_url, operators=(operator,)) as camp:
        await owned(camp, operator)
        other = camp.telegram.supergroup("别人的营")
        await camp.go()
        group, elsewhere = await camp.group(), await camp.group(other)
        async with camp.storage.unit() as unit:
            await groups.update(unit, elsewhere.id, owner_id=operator + 1)
            await roles.grant_all(unit, operator, camp.lin, "officer", operator, 0)
        now = int(camp.clock.now())
        async with camp.storage.reading() as unit:
            actor = Actor(camp.lin, at=now)
            assert (await authorize(unit, actor, "command.mute", Place(group.id))).allowed
            assert not (await authorize(unit, actor, "command.mute", Place(elsewhere.id))).allowed


async def test_the_groups_of_nobody_are_not_one_owners(camp: Camp) -> None:
    await owned(camp, 0)
    async with camp.storage.unit() as unit:
        await roles.grant_all(unit, 0, camp.lin, "officer", 1, 0)
    assert not await may(camp, camp.lin, "lead")


async def test_an_owner_names_a_leader_and_an_officer_over_all_their_groups(camp: Camp) -> None:  # N11
    boss = camp.telegram.member("营长")
    await owned(camp, 77)
    async with camp.storage.unit() as unit:
        await roles.grant_all(unit, 77, boss, "owner", 77, 0)
    await camp.starts(boss)
    await camp.says(boss, f"/grant {camp.lin} 运营官 全部")
    await camp.taps(boss, "就这样请")
    await camp.asks(boss, f"/grant {camp.lin} 营主")
    assert await held(camp, camp.lin) == [("officer", False, 0), ("leader", True, 0)]
    assert await may(camp, camp.lin, "command.mute"), "a role of the bot needs no right in Telegram"


async def test_nobody_gives_for_longer_than_they_have_power_themselves(camp: Camp) -> None:
    helper, group = camp.telegram.member("代班"), await camp.group()
    end = int(camp.clock.now()) + DAY
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, helper, "leader", 1, 0, end)
    await camp.says(helper, f"/grant {camp.lin} volunteer 30d")
    assert await held(camp, camp.lin) == [("volunteer", True, end)]


async def test_a_role_lent_for_a_day_is_not_given_for_good_by_whoever_also_leads_in_telegram(camp: Camp) -> None:  # S8
    group, end = await camp.group(), int(camp.clock.now()) + DAY
    await owned(camp, 77)
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.leader, "owner", 77, 0, end)
    await camp.starts(camp.leader)
    await camp.says(camp.leader, f"/grant {camp.lin} owner")
    await camp.taps(camp.leader, "就这样请")
    await camp.says(camp.leader, f"/grant {camp.lin} volunteer")
    assert await held(camp, camp.lin) == [("owner", True, end), ("volunteer", True, 0)]


async def test_power_in_one_group_lengthens_no_power_over_all(camp: Camp) -> None:  # S8
    group, end = await camp.group(), int(camp.clock.now()) + DAY
    await owned(camp, 77)
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.leader, "owner", 77, 0)
        await roles.grant_all(unit, 77, camp.leader, "owner", 77, 0, end)
    await camp.starts(camp.leader)
    await camp.says(camp.leader, f"/grant {camp.lin} officer all")
    await camp.taps(camp.leader, "就这样请")
    assert await held(camp, camp.lin) == [("officer", False, end)]


async def test_a_task_for_a_while_stands_in_the_record_as_well(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, f"/grant {camp.lin} volunteer 7d")
    await camp.asks(camp.leader, f"/record {camp.lin}")
    assert "志愿者" in camp.last(camp.leader)


async def test_a_role_is_taken_back_and_its_holder_is_thanked(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.leader, f"/grant {camp.lin} reviewer")
    assert "不再是复核人" in await camp.asks(camp.leader, f"/revoke {camp.lin} 复核人")
    assert "谢谢你这段时间的帮忙" in camp.last(camp.lin)
    assert await held(camp, camp.lin) == []
    (row,) = await camp.audited("role.revoke")
    assert row.before["role"] == "reviewer"
    assert "没有「复核人」" in await camp.asks(camp.leader, f"/revoke {camp.lin} 复核人")
    assert "Telegram 里的管理员" in await camp.asks(camp.leader, f"/revoke {camp.leader} 营主")


async def test_a_leader_cannot_take_back_what_an_owner_gave(camp: Camp) -> None:
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.lin, "leader", 1, 0)
    assert "权限更高" in await camp.asks(camp.leader, f"/revoke {camp.lin} 营主")
    assert await held(camp, camp.lin) == [("leader", True, 0)]


async def test_the_team_is_shown_with_its_ends_and_a_helper_sees_it_without_the_buttons(camp: Camp) -> None:  # N11
    for user in (camp.leader, camp.lin):
        await camp.starts(user)
    await camp.says(camp.leader, f"/grant {camp.lin} volunteer 2d")
    await camp.says(camp.leader, "/team")
    shown = camp.last(camp.leader)
    assert "营主：班长（Telegram 管理员）" in shown
    assert "志愿者：林晓（到" in shown
    await camp.says(camp.lin, "/team")
    assert "志愿者：林晓" in camp.last(camp.lin)
    with pytest.raises(AssertionError):
        camp.with_button("请人帮忙", camp.lin)


async def test_help_is_asked_for_and_ended_by_buttons_after_a_second_look(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/team")
    await camp.taps(camp.leader, "请人帮忙")
    await camp.taps(camp.leader, "志愿者")
    await camp.whispers(camp.leader, f"{camp.lin} 3d")
    assert [role for role, *_ in await held(camp, camp.lin)] == ["volunteer"]
    await camp.taps(camp.leader, "收回：志愿者 林晓")
    assert "要收回" in camp.said(camp.leader)
    assert await held(camp, camp.lin) != []
    await camp.taps(camp.leader, "收回")
    assert await held(camp, camp.lin) == []


async def test_a_helper_is_shielded_from_rules_until_the_end_of_their_term(database_url: str) -> None:
    async with camping(database_url, ENFORCED) as camp:
        await camp.says(camp.leader, f"/grant {camp.lin} volunteer 1h")
        await camp.says(camp.lin, "你这个傻逼")
        assert [row for row in await camp.decisions(camp.lin) if row.step == "remind"] == []
        camp.clock.advance(3600)
        await camp.says(camp.lin, "你这个傻逼")
        assert [row.step for row in await camp.decisions(camp.lin)][:1] == ["remind"]
