"""What a brake counts, and whom it asks: one measure a decision, one card a group (fairness 3)."""

from functools import partial

from bot.storage import lookups, tickets
from rules.conduct.effects import Restrict, Say
from tests.bot.moderation.court import AD, BLOCKED, CHAT, DAY, HOUR, MINUTE, NOON, Court

OTHER = CHAT - 1
NAMES = {"nickname_format": {"mode": "enforce"}}


async def questions(court: Court, kind: str) -> int:
    pending = await court.read(lambda unit: tickets.pending(unit, [court.group]))
    return [ticket.kind for ticket in pending].count(kind)


async def test_newcomers_asked_for_their_names_leave_the_brake_alone(court: Court) -> None:
    await court.open({**BLOCKED, **NAMES}, members=60)
    for user in range(101, 111):
        assert (await court.joins(user, NOON)).step == "ask_name"
    assert (await court.says(7, "badword", NOON + MINUTE)).held == ""
    assert await court.read(lambda unit: lookups.measures_since(unit, NOON)) == [(court.group, NOON + MINUTE)]


async def test_what_the_clock_decides_is_counted_too(court: Court) -> None:
    await court.open(NAMES, members=100)
    for user in range(101, 121):
        await court.joins(user, NOON + user, name="bad")
        await court.performed(NOON + MINUTE + user)
        await court.says(user, "大家好", NOON + HOUR + user, name="bad")
    await court.rings(NOON + 25 * HOUR)
    silenced = [act for act in await court.acts() if isinstance(act.act, Restrict)]
    assert [act.state for act in silenced].count("pending") == 5
    assert {act.cause for act in silenced if act.state == "held"} == {"brake"}
    assert await questions(court, "brake") == 1


async def test_a_group_held_by_the_brake_of_the_installation_is_asked_once(court: Court) -> None:
    policy = {**BLOCKED, "brakes": {"installation_most": 3}}
    await court.open(policy)
    await court.open(policy, chat=OTHER)
    for user in range(501, 504):
        await court.says(user, "badword", NOON, chat_id=OTHER)
    for user in range(701, 706):
        assert (await court.says(user, "badword", NOON + MINUTE)).held == "brake"
    assert await questions(court, "brake") == 1


async def test_what_a_leader_released_is_a_measure_from_then_on(court: Court) -> None:
    await court.open({"ad_without_red_packet": {"mode": "enforce"}})
    counted = partial(court.read, lambda unit: lookups.measures_since(unit, NOON - DAY))
    await court.says(7, AD, NOON)
    assert await counted() == []
    (held,) = await court.decisions(7)
    assert await court.releases(held.id, NOON + HOUR)
    assert await counted() == [(court.group, NOON)]


async def test_the_message_of_a_step_that_waits_for_a_leader_goes_at_once_only_within_the_brake(court: Court) -> None:
    await court.open({**BLOCKED, "ladder": {"highest": "remind"}}, members=20)
    for user in (7, 8):
        await court.says(user, "badword", NOON - 3 * HOUR)
        await court.performed(NOON - 3 * HOUR)
    assert (await court.says(7, "badword", NOON)).held == "leader"
    for user in (101, 102):
        await court.says(user, "badword", NOON + MINUTE)
    await court.says(8, "badword", NOON + 2 * MINUTE)
    states = {user: [(act.kind, act.state) for act in await court.acts(user)][-2:] for user in (7, 8)}
    assert states == {7: [("Delete", "pending"), ("Say", "held")], 8: [("Delete", "held"), ("Say", "held")]}
    assert not any(isinstance(act.act, Say) and act.state == "pending" for act in await court.acts(8))
