"""Rights, chats and people that come and go: acts wait for what may return and end where it cannot. # A1 A2 A3 A4"""

from bot.storage import acts, groups, users
from rules.conduct.effects import Delete, Free, Leave, Pin, Planned, Remove, Restrict
from tests.bot.outbox.conftest import Post, say, texts_of
from tests.bot.telegram import NOW

ALL = ["can_delete_messages", "can_restrict_members", "can_pin_messages"]


async def resume(post: Post, cause: str) -> None:
    group = await post.group()
    async with post.storage.unit() as unit:
        await acts.resume(unit, group_id=group.id, cause=cause)
    post.outbox.wake()


async def test_a_lost_right_parks_what_needs_it_is_told_once_and_ends_when_it_returns(post: Post) -> None:  # A1
    people = [post.telegram.member(f"P{n}") for n in range(20)]
    message = post.telegram.post(people[0], "spam")
    post.telegram.do("set_bot_rights", chat=post.telegram.group, rights=["can_delete_messages"])
    measures = await post.write(*(Restrict(user_id=each) for each in people))
    others = await post.write(Delete(message_ids=(message,)), say("hello"))
    await post.drained()
    more = await post.write(Remove(user_id=people[0]))
    await post.drained()
    assert {(row.state, row.cause) for row in await post.rows(*measures, *more)} == {
        ("held", "right:can_restrict_members")
    }
    assert await post.states(*others) == ["done", "done"]
    assert [right for _, right in post.missing] == ["can_restrict_members"]
    assert len(post.telegram.calls("restrictChatMember", "banChatMember")) <= 2
    post.telegram.do("set_bot_rights", chat=post.telegram.group, rights=ALL)
    await resume(post, "right:can_restrict_members")
    await post.drained()
    assert set(await post.states(*measures, *more)) == {"done"}


async def test_the_loss_of_a_right_is_noted_so_that_its_return_can_be_heard(post: Post) -> None:
    post.telegram.do("set_bot_rights", chat=post.telegram.group, rights=["can_delete_messages"])
    await post.write(Pin(message_id=post.telegram.post(post.telegram.owner, "x")))
    await post.drained()
    async with post.storage.reading() as unit:
        group = (await groups.by_chats(unit, [post.telegram.group]))[post.telegram.group]
    assert "can_pin_messages" not in group.bot_rights
    assert "can_delete_messages" in group.bot_rights


async def test_without_the_right_to_delete_the_bot_still_takes_down_what_it_said(post: Post) -> None:  # A1
    [said] = await post.write(say("for a minute"))
    await post.drained()
    [row] = await post.rows(said)
    post.telegram.do("set_bot_rights", chat=post.telegram.group, rights=[])
    own = Delete(message_ids=(acts.message_of(row.result),), own=True)
    [going] = await post.write(Planned(own, not_before=NOW + 60))
    [theirs] = await post.write(Delete(message_ids=(post.telegram.post(post.telegram.member("P"), "spam"),)))
    await post.drained()
    assert await post.states(going, theirs) == ["pending", "held"]
    await post.advance(60, step=20)
    assert await post.states(going, theirs) == ["done", "held"]


async def test_what_the_bot_said_goes_also_when_messages_of_members_are_to_go_with_it(post: Post) -> None:  # A1
    [said] = await post.write(say("for a minute"))
    await post.drained()
    [row] = await post.rows(said)
    post.telegram.do("set_bot_rights", chat=post.telegram.group, rights=[])
    spam = post.telegram.post(post.telegram.member("P"), "spam")
    theirs, own = await post.write(
        Delete(message_ids=(spam,)), Delete(message_ids=(acts.message_of(row.result),), own=True)
    )
    await post.drained()
    assert await post.states(theirs, own) == ["held", "done"]


async def test_out_of_the_group_the_bot_keeps_its_acts_and_makes_no_calls(post: Post) -> None:  # A2
    member = post.telegram.member("Ann")
    post.telegram.do("remove_bot", chat=post.telegram.group)
    ids = await post.write(Restrict(user_id=member), say("hello"), Remove(user_id=member))
    await post.drained()
    calls = len(post.telegram.calls())
    assert {(row.state, row.cause) for row in await post.rows(*ids)} == {("held", "inactive")}
    async with post.storage.reading() as unit:
        group = (await groups.by_chats(unit, [post.telegram.group]))[post.telegram.group]
    assert group.state == "inactive"
    await post.advance(60, step=20)
    assert len(post.telegram.calls()) == calls
    post.telegram.do("add_bot", chat=post.telegram.group, admin="all")
    await resume(post, "inactive")
    await post.drained()
    assert await post.states(*ids) == ["done", "done", "done"]


async def test_protected_people_end_refused_with_the_reason(post: Post) -> None:  # A3
    admin = post.telegram.member("Ada")
    post.telegram.do("promote", chat=post.telegram.group, user=admin)
    ids = await post.write(Restrict(user_id=admin), Remove(user_id=post.telegram.owner), Free(user_id=999_999))
    await post.drained()
    reasons = [(row.state, row.reason) for row in await post.rows(*ids)]
    assert reasons == [("refused", "protected"), ("refused", "protected"), ("refused", "user_gone")]


async def test_who_blocked_the_bot_is_noted_and_the_group_stays_active(post: Post) -> None:
    person = post.telegram.member("Ann")
    post.telegram.do("start", user=person)
    post.telegram.do("block", user=person)
    (act,) = await post.write(say("psst", to_user=person))
    await post.drained()
    (row,) = await post.rows(act)
    assert (row.state, row.reason) == ("refused", "blocked")
    async with post.storage.reading() as unit:
        known = await users.get(unit, [person])
    assert known[person].blocked_at == NOW


async def test_a_moderators_chat_that_is_gone_does_not_make_the_group_inactive(post: Post) -> None:
    desk = post.telegram.supergroup("Desk")
    post.telegram.do("remove_bot", chat=desk)
    ids = await post.write(say("a card", to_chat=desk), say("hello"))
    await post.drained()
    assert [(row.state, row.reason) for row in await post.rows(*ids)] == [("refused", "unreachable"), ("done", "")]


async def test_after_a_migration_everything_goes_to_the_supergroup_once(post: Post) -> None:  # A4
    group = post.telegram.supergroup("Small", kind="group")
    member = post.telegram.member("Ann", group)
    await post.write(say("before"), chat=group)
    await post.drained()
    supergroup = int(post.telegram.do("upgrade", chat=group)["id"])
    ids = await post.write(say("after"), Restrict(user_id=member, until=NOW + 900), say("again"), chat=group)
    await post.drained()
    assert await post.states(*ids) == ["done", "done", "done"]
    assert texts_of(post.telegram.said(supergroup)) == ["after", "again"]
    assert texts_of(post.telegram.said(group)) == ["before"]
    assert post.telegram.until(member, supergroup) == NOW + 900
    async with post.storage.reading() as unit:
        (row,) = (await groups.by_chats(unit, [group])).values()
    assert row.chat_id == supergroup


async def test_a_moderators_chat_that_became_a_supergroup_gets_its_card(post: Post) -> None:  # A4
    desk = post.telegram.supergroup("Desk", kind="group")
    supergroup = int(post.telegram.do("upgrade", chat=desk)["id"])
    (act,) = await post.write(say("a card", to_chat=desk))
    await post.drained()
    assert await post.states(act) == ["done"]
    assert texts_of(post.telegram.said(supergroup)) == ["a card"]


async def test_leaving_a_group_is_an_act_like_any_other(post: Post) -> None:
    (act,) = await post.write(Leave())
    await post.drained()
    assert await post.states(act) == ["done"]
    assert post.telegram.status(post.telegram.world.bot_id) == "left"
