"""Acts on members as a real server takes them: restricted, freed, removed, protected. # A3 A6"""

import pytest

from bot.gateway import Done, Held, Place, Refused, Shown
from rules.conduct.effects import Act, BanSender, Free, Leave, Readmit, Remove, Restrict, SetTag, UnbanSender
from tests.bot.gateway.conftest import Acting
from tests.bot.telegram import NOW

DAY = 86_400


async def test_a_mute_ends_at_its_moment_and_a_repeat_does_not_move_it(act: Acting) -> None:
    member = act.telegram.member("Ann")
    for _ in range(2):
        assert await act(Restrict(user_id=member, until=NOW + 600)) == Done()
        act.telegram.clock.advance(60)
    assert act.telegram.status(member) == "restricted"
    assert act.telegram.until(member) == NOW + 600
    act.telegram.clock.advance(600)
    await act.gateway.member(act.telegram.group, member)
    assert act.telegram.status(member) == "member"


async def test_a_restricted_member_can_do_nothing_and_a_freed_one_what_the_chat_allows(act: Acting) -> None:
    member = act.telegram.member("Ann")
    assert await act(Restrict(user_id=member)) == Done()
    assert not (await act.gateway.member(act.telegram.group, member)).may_send
    assert await act(Free(user_id=member)) == Done()
    assert (await act.gateway.member(act.telegram.group, member)).may_send
    assert act.telegram.status(member) == "member"


@pytest.mark.parametrize("left", [-3_600, 0, 25, 34])
async def test_a_mute_that_is_nearly_over_is_left_out_and_never_becomes_one_for_ever(act: Acting, left: int) -> None:
    member = act.telegram.member("Ann")
    assert await act(Restrict(user_id=member, until=NOW + left), created_at=NOW - 3_600) == Refused("expired")
    assert act.telegram.calls("restrictChatMember") == []


async def test_a_mute_of_four_hundred_days_becomes_one_of_a_year_and_says_so(act: Acting) -> None:
    member = act.telegram.member("Ann")
    asked = NOW + 400 * DAY
    outcome = await act(Restrict(user_id=member, until=asked))
    assert outcome == Done({"until": NOW + 365 * DAY, "asked": asked})
    assert act.telegram.until(member) == NOW + 365 * DAY


async def test_a_kicked_member_may_come_back_and_a_banned_one_may_not_until_readmitted(act: Acting) -> None:
    kicked, banned = act.telegram.member("Kit"), act.telegram.member("Ben")
    assert await act(Remove(user_id=kicked)) == Done()
    assert await act(Remove(user_id=kicked)) == Done()
    assert act.telegram.status(kicked) == "left"
    assert await act(Remove(user_id=banned, ban=True)) == Done()
    assert act.telegram.status(banned) == "kicked"
    assert await act(Readmit(user_id=banned)) == Done()
    assert act.telegram.status(banned) == "left"


async def test_readmitting_somebody_who_is_in_the_group_does_not_put_them_out(act: Acting) -> None:
    member = act.telegram.member("Ann")
    assert await act(Readmit(user_id=member)) == Done()
    assert act.telegram.status(member) == "member"


async def test_a_kick_works_in_a_group_that_is_no_supergroup_and_a_mute_says_what_it_needs(act: Acting) -> None:
    group = act.telegram.supergroup("Small", kind="group")
    member = act.telegram.member("Ann", group)
    assert await act(Restrict(user_id=member), group) == Refused("needs_supergroup")
    assert await act(Remove(user_id=member), group) == Done()
    assert act.telegram.status(member, group) == "left"


async def test_administrators_owner_and_the_bot_itself_are_refused_for_good(act: Acting) -> None:
    admin = act.telegram.member("Ada")
    act.telegram.do("promote", chat=act.telegram.group, user=admin)
    for user in (admin, act.telegram.owner, act.telegram.world.bot_id):
        for sanction in (Restrict(user_id=user), Remove(user_id=user), Remove(user_id=user, ban=True)):
            assert await act(sanction) == Refused("protected")
    assert act.telegram.status(admin) == "administrator"


async def test_whom_the_server_does_not_know_is_gone_for_good(act: Acting) -> None:
    assert await act(Restrict(user_id=999_999)) == Refused("user_gone")
    assert await act(Free(user_id=999_999)) == Refused("user_gone")


async def test_somebody_who_left_can_still_be_banned(act: Acting) -> None:
    member = act.telegram.member("Ann")
    act.telegram.do("leave", chat=act.telegram.group, user=member)
    assert await act(Remove(user_id=member, ban=True)) == Done()
    assert act.telegram.status(member) == "kicked"


async def test_a_channel_that_speaks_is_banned_as_a_channel(act: Acting) -> None:
    channel = act.telegram.supergroup("Loud", kind="channel")
    assert await act(BanSender(sender_chat_id=channel)) == Done()
    assert channel in act.telegram.world.chat(act.telegram.group).banned_chats
    assert await act(UnbanSender(sender_chat_id=channel)) == Done()


async def test_a_tag_is_written_and_what_telegram_does_not_take_is_refused(act: Acting) -> None:
    member = act.telegram.member("Ann")
    assert await act(SetTag(user_id=member, tag="07-Ann")) == Done()
    assert (await act.gateway.member(act.telegram.group, member)).tag == "07-Ann"
    assert await act(SetTag(user_id=member, tag="x" * 17)) == Refused("Bad Request: TAG_INVALID")
    assert await act(SetTag(user_id=act.telegram.owner, tag="x")) == Refused("tag_forbidden")


@pytest.mark.parametrize(
    ("lost", "sanction"),
    [
        ("can_restrict_members", Restrict(user_id=1)),
        ("can_restrict_members", Remove(user_id=1)),
        ("can_restrict_members", Free(user_id=1)),
        ("can_manage_tags", SetTag(user_id=1, tag="x")),
    ],
)
async def test_an_act_without_its_right_waits_for_that_right(act: Acting, lost: str, sanction: Act) -> None:  # A1
    member = act.telegram.member("Ann")
    kept = sorted({"can_delete_messages", "can_restrict_members", "can_manage_tags"} - {lost})
    act.telegram.do("set_bot_rights", chat=act.telegram.group, rights=kept)
    values = {name: getattr(sanction, name) for name in sanction.__dataclass_fields__} | {"user_id": member}
    assert await act(type(sanction)(**values)) == Held(f"right:{lost}")


async def test_a_bot_that_was_put_out_waits_until_it_is_back_and_leaving_twice_is_leaving(act: Acting) -> None:  # A2
    member = act.telegram.member("Ann")
    act.telegram.do("remove_bot", chat=act.telegram.group)
    assert await act(Restrict(user_id=member)) == Held("inactive")
    assert await act(Remove(user_id=member), place=Place(-100_999)) == Held("inactive")
    assert await act(Leave()) == Done()


async def test_the_bot_reads_who_leads_a_group(act: Acting) -> None:
    admin = act.telegram.member("Ada")
    act.telegram.do("promote", chat=act.telegram.group, user=admin, rights=["delete_messages"], anonymous=True)
    leaders = {each.user_id: each for each in await act.gateway.administrators(act.telegram.group)}
    assert leaders[act.telegram.owner].status == "creator"
    assert leaders[admin].anonymous
    assert "can_delete_messages" in leaders[admin].rights
    assert "can_restrict_members" not in leaders[admin].rights
    assert await act.gateway.member_count(act.telegram.group) == 3
    assert (await act.gateway.chat(act.telegram.group)).kind == "supergroup"
    assert (await act.gateway.get_me()).username == "dengta_bot"
    await act.gateway.show(Shown("commands", (("rules", "read the rules"),), "en", "all_group_chats"))
    assert await act(Leave()) == Done()
