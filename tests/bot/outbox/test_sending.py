"""From written to done: in order, once, with what the act before left behind."""

from bot.storage import acts, buttons
from rules.conduct.effects import Button, Delete, Edit, Pin, Planned, Remove, Restrict
from tests.bot.outbox.conftest import Post, own, say, texts_of
from tests.bot.telegram import NOW


async def test_a_committed_act_is_sent_once_and_its_result_kept(post: Post) -> None:
    (act,) = await post.write(say("hello"))
    await post.drained()
    (row,) = await post.rows(act)
    assert row.state == "done"
    assert row.result["message_id"] == post.telegram.said()[0]["message_id"]
    assert texts_of(post.telegram.said()) == ["hello"]


async def test_an_act_that_is_written_twice_under_one_key_is_sent_once(post: Post) -> None:
    await post.write(say("hello"), key="same")
    await post.drained()
    await post.write(say("hello"), key="same")
    await post.drained()
    assert len(post.telegram.said()) == 1


async def test_what_was_rolled_back_is_never_sent(post: Post) -> None:
    group = await post.group()
    try:
        async with post.storage.unit() as unit:
            await post.plan(unit, group, [say("never")], key="gone")
            raise LookupError
    except LookupError:
        post.outbox.wake()
    await post.drained()
    assert post.telegram.calls() == []


async def test_posts_in_one_chat_keep_their_order(post: Post) -> None:
    for number in range(3):
        await post.write(say(f"{number}"))
    await post.drained()
    assert texts_of(post.telegram.said()) == ["0", "1", "2"]


async def test_a_simulated_act_is_settled_and_never_sent(post: Post) -> None:
    member = post.telegram.member("Ann")
    (act,) = await post.write(Planned(Remove(user_id=member), simulated=True))
    await post.drained()
    assert await post.states(act) == ["simulated"]
    assert post.telegram.calls() == []


async def test_an_act_gets_the_result_of_the_one_it_comes_after(post: Post) -> None:
    ids = await post.write(
        say("rules", purpose="welcome"),
        Planned(Pin(), after=0),
        Planned(Edit(words=(own("the rules"),), language="en"), after=0),
    )
    await post.drained()
    assert await post.states(*ids) == ["done", "done", "done"]
    assert texts_of(post.telegram.said()) == ["the rules"]
    (said,) = post.telegram.said()
    assert post.telegram.world.chat(post.telegram.group).pinned == [said["message_id"]]


async def test_an_act_whose_predecessor_was_refused_is_refused(post: Post) -> None:
    stranger = post.telegram.person("Stranger")
    ids = await post.write(say("psst", to_user=stranger), Planned(Pin(), after=0))
    await post.drained()
    (first, second) = await post.rows(*ids)
    assert (first.state, first.reason) == ("refused", "unreachable")
    assert (second.state, second.reason) == ("refused", "predecessor")


async def test_a_deletion_may_wait_for_a_post_in_another_lane(post: Post) -> None:
    old = post.telegram.post(post.telegram.owner, "old")
    ids = await post.write(say("new"), Planned(Delete(message_ids=(old,)), after=0))
    await post.drained()
    assert await post.states(*ids) == ["done", "done"]
    assert not post.telegram.exists(old)


async def test_a_post_that_is_to_disappear_does_so_by_an_act_of_its_own(post: Post) -> None:
    await post.write(say("for a minute", delete_after=60))
    await post.drained()
    assert len(post.telegram.said()) == 1
    await post.advance(59, step=59)
    assert len(post.telegram.said()) == 1
    await post.advance(2)
    await post.drained()
    assert post.telegram.said() == []


async def test_an_act_waits_for_its_moment(post: Post) -> None:
    (act,) = await post.write(Planned(say("at noon"), not_before=NOW + 100, expires_at=NOW + 900))
    await post.drained()
    assert await post.states(act) == ["pending"]
    await post.advance(101, step=50)
    await post.drained()
    assert await post.states(act) == ["done"]


async def test_an_act_whose_time_is_over_expires_and_is_never_sent(still: Post) -> None:
    member = still.telegram.member("Ann")
    ids = await still.write(
        Planned(say("late"), expires_at=NOW + 600), Restrict(user_id=member, until=NOW + 60), Remove(user_id=member)
    )
    still.clock.advance(700)
    await still.begin()
    await still.drained()
    assert await still.states(*ids) == ["expired", "expired", "done"]
    assert still.telegram.said() == []
    assert still.telegram.calls("restrictChatMember") == []


async def test_buttons_reach_the_post_by_their_random_ids(post: Post) -> None:
    button = Button(own("paid"), "fine.paid", audience="leaders", ref=9)
    await post.write(say("pay", buttons=((button,),)))
    await post.drained()
    ((shown,),) = post.telegram.said()[0]["reply_markup"]["inline_keyboard"]
    async with post.storage.reading() as unit:
        row = await buttons.get(unit, shown["callback_data"])
    assert row is not None
    assert (row.action, row.ref) == ("fine.paid", 9)


async def test_deletions_in_one_chat_go_together_and_are_settled_each(post: Post) -> None:
    member = post.telegram.member("Ann")
    messages = [post.telegram.post(member, f"{n}") for n in range(60)]
    group = await post.group()
    async with post.storage.unit() as unit:
        for message in messages:
            await post.plan(unit, group, [Delete(message_ids=(message,))], key=f"delete:{message}")
    post.outbox.wake()
    await post.drained()
    assert set(await post.states()) == {"done"}
    assert len(await post.rows()) == 60
    assert not any(post.telegram.exists(each) for each in messages)
    assert len(post.telegram.calls("deleteMessages", "deleteMessage")) <= 3


async def test_what_was_called_off_before_it_was_sent_is_not_sent(still: Post) -> None:
    (act,) = await still.write(say("too much"))
    async with still.storage.unit() as unit:
        await acts.settle(unit, act, "refused", NOW, reason="called_off")
    await still.begin()
    await still.drained()
    assert still.telegram.said() == []
