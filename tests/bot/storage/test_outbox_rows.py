"""Acts in the outbox: written once, done in order, waiting for causes, never repeated where that would show."""

import asyncio

from bot.storage import Storage, acts, books, buttons, deadlines, lookups, overview, quiet
from bot.storage.acts import ActRow
from bot.storage.groups import GroupRow
from bot.storage.tables import acts as rows
from rules.conduct.effects import (
    HOUR,
    LANE_DELETIONS,
    LANE_MEMBERS,
    LANE_SPEECH,
    Button,
    Deadline,
    Edit,
    Phrase,
    Pin,
    Planned,
    Say,
)
from tests.bot.storage.making import AT, CHAT, DAY, DELETE, LEADER, MUTE, NOTICE, PERSON, decide, plan

LINK = Button(Phrase("conduct.rules"), url="https://example.org")
PAID = Button(Phrase("conduct.paid"), action="fine.paid", audience="leaders", ref=7, note="x")
CARD = Say(words=NOTICE.words, language="en", buttons=((PAID, LINK), (PAID,)), to_chat=-900, purpose="card")


async def states(storage: Storage, ids: list[int]) -> list[str]:
    async with storage.reading() as unit:
        found = [await acts.get(unit, each) for each in ids]
    return [row.state for row in found if row is not None]


async def test_acts_are_written_once_and_come_back_as_they_were(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        ids = await plan(unit, group, "update:1", DELETE, MUTE, NOTICE)
        assert await plan(unit, group, "update:1", DELETE, MUTE, NOTICE) == ids
        written = [await acts.get(unit, each) for each in ids]
    found = [row for row in written if row is not None]
    assert [row.act for row in found] == [DELETE, MUTE, NOTICE]
    assert [row.lane for row in found] == [LANE_DELETIONS, LANE_MEMBERS, LANE_SPEECH]
    assert [row.expires_at - AT for row in found] == [2 * DAY, HOUR, 600]
    assert {(row.chat_id, row.user_id, row.state) for row in found} == {(CHAT, PERSON, "pending")}


async def test_a_lane_gives_what_is_due_in_the_order_it_was_written(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        first, later, _gone, _other = await plan(
            unit, group, "k", Planned(DELETE), Planned(DELETE, not_before=AT + 60), Planned(DELETE, expires_at=AT + 1),
            Planned(MUTE),
        )  # fmt: skip
        assert [row.id for row in await acts.due(unit, AT + 1, LANE_DELETIONS, 10)] == [first]
        assert [row.id for row in await acts.due(unit, AT + 60, LANE_DELETIONS, 10)] == [first, later]
        assert [row.id for row in await acts.due(unit, AT + 60, LANE_DELETIONS, 1)] == [first]
        assert await acts.due(unit, AT + 60, LANE_DELETIONS, 10, {CHAT}) == []


async def test_an_act_is_claimed_by_one(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        ids = await plan(unit, group, "k", DELETE, MUTE)

    async def claim() -> set[int]:
        return await storage.write(lambda unit: acts.claim(unit, ids, AT))

    taken = await asyncio.gather(claim(), claim(), claim())
    assert sorted(len(each) for each in taken) == [0, 0, 2]
    assert await states(storage, ids) == ["sending", "sending"]


async def test_an_act_waits_for_the_one_it_needs_and_uses_its_result(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        post, pin = await plan(unit, group, "k", Planned(NOTICE), Planned(Pin(), after=0))
        assert await acts.due(unit, AT, LANE_SPEECH, 10) == [], "what counts is let go first"
        await quiet.let_go(unit, [post], AT)
        assert [row.id for row in await acts.due(unit, AT, LANE_SPEECH, 10)] == [post]
        await acts.claim(unit, [post], AT)
        assert await acts.settle(unit, post, "done", AT, result={"message_id": 55, "link": "t.me/x"})
        [row] = await acts.due(unit, AT, LANE_SPEECH, 10)
        assert (row.id, row.after_id) == (pin, post)
        before = await acts.get(unit, post)
        assert before is not None
        assert before.result == {"message_id": 55, "link": "t.me/x"}
        assert await acts.message_ids(unit, "notice", group.id) == [55]
        assert not await acts.settle(unit, post, "refused", AT)


async def test_what_needs_an_act_that_failed_ends_refused(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        ids = await plan(
            unit, group, "k", Planned(NOTICE), Planned(Pin(), after=0), Planned(Edit(words=(), language="en"), after=1)
        )
        await acts.settle(unit, ids[0], "refused", AT, reason="bot was kicked")
    assert await states(storage, ids) == ["refused", "refused", "refused"]


async def test_held_acts_wait_for_their_cause_alone(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        ids = await plan(unit, group, "k", DELETE, MUTE)
        assert await acts.hold(unit, [ids[0]], cause="right:can_delete_messages") == 1
        assert await acts.hold(unit, group_id=group.id, cause="inactive") == 1
        assert await acts.resume(unit, group_id=group.id, cause="right:can_pin_messages") == 0
        assert await acts.resume(unit, group_id=group.id, cause="right:can_delete_messages") == 1
    assert await states(storage, ids) == ["pending", "held"]


async def test_what_a_leader_released_is_worth_doing_from_then_on(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k", planned=[Planned(NOTICE, held="leader")], held="leader")
        [row] = await acts.of_decision(unit, number)
        assert (row.state, row.cause) == ("held", "leader")
        assert await acts.expire(unit, AT + HOUR) == []
        assert await acts.resume(unit, decision_id=number, cause="leader", at=AT + HOUR) == 1
        await quiet.let_go(unit, [row.id], AT + HOUR)
        assert [each.id for each in await acts.due(unit, AT + HOUR, LANE_SPEECH, 5)] == [row.id]


async def test_what_came_too_late_expires(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        delete, mute, post, pin = await plan(unit, group, "k", DELETE, MUTE, Planned(NOTICE), Planned(Pin(), after=2))
        await acts.hold(unit, [mute], cause="inactive")
        assert await acts.expire(unit, AT + 601) == [post]
        assert await acts.expire(unit, AT + HOUR) == [mute]
    assert await states(storage, [delete, mute, post, pin]) == ["pending", "expired", "expired", "refused"]


async def test_what_is_called_off_is_not_done(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k", planned=[Planned(DELETE), Planned(MUTE, held="brake")])
        ids = [row.id for row in await acts.of_decision(unit, number)]
        await acts.claim(unit, ids[:1], AT)
        assert await acts.call_off(unit, number, AT) == 1
    assert await states(storage, ids) == ["sending", "refused"]


async def test_after_a_restart_only_what_may_be_repeated_is_sent_again(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        ids = await plan(unit, group, "k", Planned(DELETE), Planned(NOTICE), Planned(Pin(), after=1), Planned(MUTE))
        await acts.claim(unit, ids[:2], AT)
        found = await acts.recover(unit, AT + 5)
        assert (found.again, tuple(row.id for row in found.unknown)) == ((ids[0],), (ids[1],))
        assert (await overview.acts_by_state(unit))["pending"] == 2
    assert await states(storage, ids) == ["pending", "unknown", "refused", "pending"]


async def test_an_act_that_was_put_off_is_pending_again_later(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        [act] = await plan(unit, group, "k", DELETE)
        assert not await acts.retry(unit, act, AT + 30)
        await acts.claim(unit, [act], AT)
        assert await acts.retry(unit, act, AT + 30, reason="429")
        assert await acts.due(unit, AT + 29, LANE_DELETIONS, 5) == []
        [row] = await acts.due(unit, AT + 30, LANE_DELETIONS, 5)
        assert row.attempts == 1


async def test_simulated_acts_are_settled_when_they_are_written(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        ids = await plan(unit, group, "k", Planned(DELETE, simulated=True), Planned(Pin(), after=0))
        assert await acts.due(unit, AT, LANE_DELETIONS, 5) == []
        assert [row.id for row in await acts.due(unit, AT, LANE_SPEECH, 5)] == ids[1:]


async def test_a_post_goes_where_it_says_and_its_buttons_are_rows(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k", planned=[Planned(CARD)])
        [row] = await acts.of_decision(unit, number)
        assert row.chat_id == -900
        (paid, link), (other,) = row.buttons
        assert link == ""
        assert len({paid, other}) == 2
        assert len(paid.encode()) <= 64
        found = await buttons.get(unit, paid)
        assert found is not None
        assert (found.action, found.audience, found.ref, found.note) == ("fine.paid", "leaders", 7, "x")
        assert (found.group_id, found.decision_id) == (group.id, number)
        assert {each.id for each in await buttons.of_decision(unit, number)} == {paid, other}
        assert await buttons.get(unit, "forged") is None
        assert await buttons.get(unit, "for\0ged' OR 1=1 --") is None


async def test_the_first_press_wins(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        [act] = await plan(unit, group, "k", CARD)
        row: ActRow | None = await acts.get(unit, act)
        assert row is not None
    pressed = [storage.write(lambda unit: buttons.use(unit, row.buttons[0][0])) for _ in range(3)]
    assert sorted(await asyncio.gather(*pressed)) == [False, False, True]


async def test_measures_are_counted_once_a_decision(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        await decide(unit, group, "a", planned=[Planned(DELETE), Planned(MUTE), Planned(NOTICE)])
        number, _ = await decide(unit, group, "b", planned=[Planned(DELETE, held="leader")], at=AT + 1)
        await decide(unit, group, "c", planned=[Planned(MUTE)], at=AT - HOUR)
        assert await lookups.measures_since(unit, AT) == [(group.id, AT)]
        await books.spend(unit, number)
        assert sorted(await lookups.measures_since(unit, AT)) == [(group.id, AT), (group.id, AT + 1)]


async def test_an_act_that_cannot_be_read_stops_no_other(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        broken, sound = await plan(unit, group, "k", DELETE, DELETE)
        await unit.execute(rows.update().where(rows.c.id == broken).values(act='{"kind":"Explode"}'))
        assert [row.id for row in await acts.due(unit, AT, LANE_DELETIONS, 5)] == [sound]


async def test_a_deadline_comes_once_and_may_be_cancelled(storage: Storage, group: GroupRow) -> None:
    moments = (Deadline("nickname_remind", AT + 5), Deadline("nickname_due", AT + 9))
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "k")
        await deadlines.add(unit, group.id, PERSON, number, moments)
        await deadlines.add(unit, group.id, LEADER, number, [Deadline("fine_due", AT + 7)])
        assert await deadlines.next_due(unit) == AT + 5
        assert await deadlines.due(unit, AT + 4, 5) == []
        remind, due = await deadlines.due(unit, AT + 8, 5)
        assert (remind.kind, remind.decision_id, due.kind) == ("nickname_remind", number, "fine_due")
        assert [await deadlines.done(unit, remind.id), await deadlines.done(unit, remind.id)] == [True, False]
        assert await deadlines.cancel(unit, group_id=group.id, user_id=PERSON, kind="nickname_due") == 1
        assert await deadlines.cancel(unit, decision_id=number) == 1
        assert await deadlines.next_due(unit) is None
