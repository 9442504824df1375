"""Deletions as a real server takes them: gone is gone, and one that cannot go keeps none of the others. # A1 A5"""

from bot.gateway import Done, Held, Place
from rules.conduct.effects import Delete
from tests.bot.gateway.conftest import Acting

TWO_DAYS = 48 * 3_600


def posts(act: Acting, n: int) -> tuple[int, ...]:
    member = act.telegram.member("Ann")
    return tuple(act.telegram.post(member, f"message {i}") for i in range(n))


async def test_one_message_and_a_batch_are_deleted_with_one_call_each(act: Acting) -> None:
    ids = posts(act, 61)
    assert await act(Delete(message_ids=ids[:1])) == Done()
    assert await act(Delete(message_ids=ids[1:])) == Done()
    assert not any(act.telegram.exists(each) for each in ids)
    assert len(act.telegram.calls("deleteMessage", "deleteMessages")) == 2


async def test_more_than_a_hundred_messages_go_in_several_batches(act: Acting) -> None:
    ids = posts(act, 230)
    assert await act(Delete(message_ids=ids)) == Done()
    assert not any(act.telegram.exists(each) for each in ids)
    assert len(act.telegram.calls("deleteMessages")) == 3


async def test_a_message_that_is_already_gone_is_done(act: Acting) -> None:
    (message,) = posts(act, 1)
    for _ in range(2):
        assert await act(Delete(message_ids=(message,))) == Done()
    assert await act(Delete(message_ids=(message, 9_999))) == Done()


async def test_a_message_older_than_two_days_is_done_with_and_does_not_keep_the_others(act: Acting) -> None:
    old = posts(act, 2)
    act.telegram.clock.advance(TWO_DAYS + 60)
    fresh = posts(act, 3)
    assert await act(Delete(message_ids=old[:1])) == Done({"undeletable": [old[0]]})
    assert await act(Delete(message_ids=old + fresh)) == Done({"undeletable": list(old)})
    assert not any(act.telegram.exists(each) for each in fresh)


async def test_without_the_right_to_delete_a_deletion_waits_for_it(act: Acting) -> None:
    ids = posts(act, 3)
    act.telegram.do("set_bot_rights", chat=act.telegram.group, rights=["can_restrict_members"])
    assert await act(Delete(message_ids=ids[:1])) == Held("right:can_delete_messages")
    assert await act(Delete(message_ids=ids)) == Held("right:can_delete_messages")
    act.telegram.do("set_bot_rights", chat=act.telegram.group, rights=["can_delete_messages"])
    assert await act(Delete(message_ids=ids)) == Done()


async def test_in_a_chat_the_bot_was_put_out_of_a_deletion_waits(act: Acting) -> None:
    ids = posts(act, 2)
    act.telegram.do("remove_bot", chat=act.telegram.group)
    assert await act(Delete(message_ids=ids)) == Held("inactive")


async def test_a_deletion_of_what_an_earlier_act_posted_finds_it_in_its_result(act: Acting) -> None:
    first, second = posts(act, 2)
    group = act.telegram.group
    assert await act(Delete(message_ids=()), place=Place(group, {"message_id": first})) == Done()
    assert await act(Delete(message_ids=()), place=Place(group, {"message_id": 5, "message_ids": [second]})) == Done()
    assert await act(Delete(message_ids=())) == Done()
    assert not act.telegram.exists(first)
    assert not act.telegram.exists(second)
