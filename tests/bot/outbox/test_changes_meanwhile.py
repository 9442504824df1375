"""What changes while an act is looked at or being sent: taken back, expired, the group moved, the clock set back."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.clock import ManualClock
from bot.gateway import Again, Done, Held, Migrated
from bot.outbox.errands import Ended, Errand
from bot.outbox.picking import Picker
from bot.outbox.settling import settle
from bot.storage import Unit, acts, groups
from bot.storage.acts import ActRow
from rules.conduct.effects import LANE_DELETIONS, AnswerPress, Delete, Free, Restrict
from tests.bot.outbox.conftest import Post, posting, say, texts_of
from tests.bot.storage.making import decide
from tests.bot.telegram import NOW

SUPERGROUP = -1_000_000_777


async def claimed(post: Post, act_id: int) -> ActRow:
    async with post.storage.unit() as unit:
        await acts.claim(unit, [act_id], NOW)
    (row,) = await post.rows(act_id)
    return row


async def ended(post: Post, row: ActRow, outcome: object) -> None:
    """Telegram has answered."""
    errand = Errand((row,), row.act, row.chat_id)
    async with post.storage.unit() as unit:
        await settle(unit, Ended(errand, outcome, 1.0), NOW + 2)  # type: ignore[arg-type]


async def decided(post: Post, *wanted: object) -> tuple[int, list[ActRow]]:
    group = await post.group()
    async with post.storage.unit() as unit:
        number, _ = await decide(unit, group, f"d{len(wanted)}", at=NOW)
        ids = await post.plan(unit, group, wanted, key="d", decision_id=number)  # type: ignore[arg-type]
    return number, [await claimed(post, each) for each in ids]


@pytest.mark.parametrize("outcome", [Again("502"), Held("right:can_delete_messages")], ids=str)
async def test_what_was_taken_back_while_it_was_sent_is_not_tried_again(still: Post, outcome: object) -> None:
    number, [row] = await decided(still, Delete(message_ids=(5,)))
    async with still.storage.unit() as unit:
        await acts.call_off(unit, number, NOW + 1)
    await ended(still, row, outcome)
    assert [(row.state, row.reason) for row in await still.rows()] == [("refused", "called_off")]


async def test_after_a_restart_what_was_taken_back_is_not_done_either(still: Post) -> None:
    number, _ = await decided(still, Restrict(user_id=7), Free(user_id=8))
    async with still.storage.unit() as unit:
        await acts.call_off(unit, number, NOW + 1)
    await still.outbox.recover()
    assert await still.states() == ["refused", "refused"]


async def test_a_notice_taken_back_while_it_was_sent_is_taken_down_at_once(still: Post) -> None:
    number, [row] = await decided(still, say(delete_after=3600))
    async with still.storage.unit() as unit:
        await acts.call_off(unit, number, NOW + 1)
    await ended(still, row, Done({"message_id": 9}))
    told, gone = await still.rows()
    assert (told.state, gone.act, gone.not_before) == ("done", Delete(message_ids=(9,), own=True), NOW + 2)


async def test_one_deletion_called_off_between_look_and_commit_leaves_the_others_to_be_done(
    still: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = (still.telegram.post(still.telegram.owner, each) for each in ("kept", "gone"))
    ids = await still.write(Delete(message_ids=(kept,)), Delete(message_ids=(gone,)))
    pick = Picker.pick

    async def late(self: Picker, room: int, busy: set[int], moving: set[int]) -> object:
        found = await pick(self, room, busy, moving)
        if found.errands and self._lane == LANE_DELETIONS:
            async with still.storage.unit() as unit:
                await acts.settle(unit, ids[0], "refused", NOW, reason="called_off")
        return found

    monkeypatch.setattr(Picker, "pick", late)
    await still.begin()
    await still.drained()
    assert await still.states(*ids) == ["refused", "done"]
    assert still.telegram.exists(kept)
    assert not still.telegram.exists(gone)


async def test_a_moderators_chat_in_which_the_bot_may_not_speak_silences_no_group(still: Post) -> None:
    card, notice = await still.write(say("card", to_chat=-5), say("notice"))
    await ended(still, await claimed(still, card), Held("right:can_send_messages"))
    assert [(row.state, row.reason) for row in await still.rows(card, notice)] == [
        ("refused", "unreachable"), ("pending", ""),
    ]  # fmt: skip


async def test_an_act_in_flight_while_its_group_is_merged_belongs_to_the_merged_one(still: Post) -> None:  # A4
    provisional = await still.group(SUPERGROUP)
    said, deletion = await still.write(say(delete_after=60), Delete(message_ids=(5,)), chat=SUPERGROUP)
    rows = [await claimed(still, each) for each in (said, deletion)]
    group = await still.group()
    async with still.storage.unit() as unit:
        assert await groups.migrate(unit, still.telegram.group, SUPERGROUP)
    await ended(still, rows[0], Done({"message_id": 9}))
    await ended(still, rows[1], Held("right:can_delete_messages"))
    told, removal, gone = await still.rows()
    assert {each.group_id for each in (told, removal, gone)} == {group.id} != {provisional.id}
    assert (told.state, removal.state, gone.act) == ("done", "held", Delete(message_ids=(9,), own=True))


@pytest.mark.parametrize("first", ["the answer", "the service message"])
async def test_a_deletion_in_flight_is_not_done_to_another_message_of_the_supergroup(
    still: Post, first: str
) -> None:  # A4
    (act,) = await still.write(Delete(message_ids=(5,)))
    row = await claimed(still, act)
    if first == "the service message":
        async with still.storage.unit() as unit:
            await groups.migrate(unit, still.telegram.group, SUPERGROUP)
    await ended(still, row, Migrated(SUPERGROUP))
    assert [(row.state, row.reason) for row in await still.rows(act)] == [("refused", "migrated")]


async def test_a_post_that_went_out_before_the_group_moved_has_no_number_in_the_new_one(still: Post) -> None:  # A4
    (act,) = await still.write(say(delete_after=60))
    row = await claimed(still, act)
    async with still.storage.unit() as unit:
        await groups.migrate(unit, still.telegram.group, SUPERGROUP)
    await ended(still, row, Done({"message_id": 9}))
    assert [(row.state, row.result) for row in await still.rows()] == [("done", {})]


async def test_one_errand_that_cannot_be_written_down_stops_neither_lane_nor_others(
    still: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = await still.write(say("bad"), say("good"))
    settled = acts.settle

    async def failing(unit: Unit, act_id: int, state: str, now: int, **more: object) -> bool:
        if act_id == bad and state == "done":
            raise ZeroDivisionError
        return await settled(unit, act_id, state, now, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(acts, "settle", failing)
    await still.begin()
    await still.advance(5)
    assert [(row.state, row.reason) for row in await still.rows(bad, good)] == [
        ("unknown", "mistake: ZeroDivisionError"), ("done", ""),
    ]  # fmt: skip
    assert texts_of(still.telegram.said()) == ["bad", "good"]
    assert [row.id for row in still.unknown] == [bad]


async def test_a_press_that_must_wait_delays_no_other_press(post: Post) -> None:  # T1
    post.telegram.do("fail_next", method="answerCallbackQuery", n=1, retry_after=20)
    (late,) = await post.write(AnswerPress(query_id="1"))
    await post.reaches("pending", late)
    (other,) = await post.write(AnswerPress(query_id="2"))
    await post.drained()
    assert await post.states(late, other) == ["pending", "refused"]
    await post.advance(19)
    assert len(post.telegram.calls("answerCallbackQuery")) == 2
    await post.advance(2)
    assert len(post.telegram.calls("answerCallbackQuery")) == 3


async def test_two_rights_lost_at_once_are_both_noted(still: Post) -> None:  # A1
    for _ in range(5):
        group = await still.group()
        wanted = await still.write(Delete(message_ids=(5,)), Restrict(user_id=7))
        rows = [await claimed(still, each) for each in wanted]
        rights = ("right:can_delete_messages", "right:can_restrict_members")
        await asyncio.gather(*(ended(still, row, Held(right)) for row, right in zip(rows, rights, strict=True)))
        async with still.storage.reading() as unit:
            left = (await groups.by_ids(unit, [group.id]))[group.id].bot_rights
        assert left == {"can_pin_messages", "can_manage_tags"}


class Wall(ManualClock):
    """A clock on the wall that somebody sets back, while the seconds go on."""

    def set_back(self, seconds: float) -> None:
        self._now -= seconds


@pytest.fixture
async def wall(database_url: str) -> AsyncIterator[Post]:
    async with posting(database_url, Wall(NOW)) as post:
        await post.begin()
        yield post


async def test_a_clock_that_is_set_back_does_not_put_off_what_is_tried_again(wall: Post) -> None:  # P9
    wall.telegram.do("fail_next", method="banChatMember", n=1, code=500)
    (act,) = await wall.write(Restrict(user_id=wall.telegram.member("Ann")))
    await wall.drained()
    wall.telegram.do("fail_next", method="restrictChatMember", n=1, code=500)
    (retried,) = await wall.write(Restrict(user_id=wall.telegram.member("Bob")))
    await wall.drained()
    assert await wall.states(act, retried) == ["done", "pending"]
    assert isinstance(wall.clock, Wall)
    wall.clock.set_back(3 * 3600)
    await wall.advance(65)
    assert await wall.states(retried) == ["done"]
