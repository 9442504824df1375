"""The table of powers, tried whole: every action by every role, here, at another owner, and where no group is meant."""

from collections.abc import AsyncIterator

import pytest

from bot.powers import ANYONE, ASKED, OPERATORS, STAFF, Role
from bot.roles import Actor, Place, authorize, has_rights
from bot.storage import Storage, groups, members, open_storage, roles
from bot.storage.members import AdminRow

NOW = 1_700_000_000
HERE, SISTER, ELSEWHERE = Place(1), Place(2), Place(3)
MINE, ANOTHERS = 901, 902
# One person for each role; those of "owner:" hold it over all groups of the owner, "late" until a second ago.
PEOPLE: dict[str, tuple[int, frozenset[Role]]] = {
    "person": (11, frozenset({"person"})),
    "member": (12, frozenset({"person", "member"})),
    "volunteer": (13, frozenset({"person", "volunteer"})),
    "homework_officer": (14, frozenset({"person", "homework_officer"})),
    "reviewer": (15, frozenset({"person", "reviewer"})),
    "leader": (16, frozenset({"person", "leader"})),
    "officer": (17, frozenset({"person", "officer"})),
    "owner": (18, frozenset({"person", "owner"})),
    "owner:officer": (19, frozenset({"person", "officer"})),
    "owner:reviewer": (20, frozenset({"person", "reviewer"})),
    "late:leader": (21, frozenset({"person"})),
    "late:owner:owner": (22, frozenset({"person"})),
    "administrator": (23, frozenset({"person", "member", "leader"})),
    "operator": (24, frozenset({"person", "operator"})),
}


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    """Groups 1 and 2 of one owner, group 3 of another; everybody holds what they hold in group 1."""
    opened = await open_storage(database_url)
    async with opened.unit() as unit:
        for chat, owner in ((-101, MINE), (-102, MINE), (-103, ANOTHERS)):
            await groups.ensure(unit, chat, title="G", kind="supergroup", owner_id=owner, at=NOW)
        await members.set_status(unit, 1, 12, "member", at=NOW)
        everything = frozenset(right for power in ASKED.values() for right in power.needs)
        await members.replace_admins(unit, 1, [AdminRow(23, "A", "", "administrator", everything)], NOW)
        for name, (user, _) in PEOPLE.items():
            *how, role = name.split(":")
            until = NOW if "late" in how else 0
            if "owner" in how:
                await roles.grant_all(unit, MINE, user, role, 1, NOW, until)
            elif role in {"volunteer", "homework_officer", "reviewer", "leader", "officer", "owner"}:
                await roles.grant(unit, 1, user, role, 1, NOW, until)
        await roles.grant(unit, roles.EVERYWHERE, 24, roles.OPERATOR, 1, NOW)
    try:
        yield opened
    finally:
        await opened.close()


def held_in(name: str, place: Place) -> frozenset[Role]:
    """What counts there of what somebody holds."""
    held = PEOPLE[name][1]
    if place == HERE or name == "operator" or (place == SISTER and name.startswith("owner:")):
        return held
    return frozenset({"person"})


@pytest.mark.parametrize("name", PEOPLE)
async def test_every_action_is_open_to_whom_the_table_names_and_to_nobody_else(
    storage: Storage, name: str
) -> None:  # S8
    actor = Actor(PEOPLE[name][0], at=NOW)
    async with storage.reading() as unit:
        for action, power in ASKED.items():
            assert (await authorize(unit, actor, action, HERE)).allowed is bool(held_in(name, HERE) & power.who), action
        # Elsewhere one action for each line of the table: what they are called is asked above.
        for power, action in {power: action for action, power in ASKED.items()}.items():
            for place in (SISTER, ELSEWHERE):
                decision = await authorize(unit, actor, action, place)
                assert decision.allowed is bool(held_in(name, place) & power.who), (action, place, decision)
            nowhere = await authorize(unit, actor, action, Place(0, private=True))
            if power.who <= STAFF and power.who != OPERATORS:
                assert nowhere.why == "choose_group", action
            else:
                assert nowhere.allowed is bool(held_in(name, ELSEWHERE) & power.who), action


async def test_whoever_speaks_as_somebody_else_has_no_power_at_all(storage: Storage) -> None:  # S8
    async with storage.reading() as unit:
        for action, power in ASKED.items():
            anonymous = await authorize(unit, Actor(16, anonymous=True, at=NOW), action, HERE)
            channel = await authorize(unit, Actor(16, channel=True, at=NOW), action, HERE)
            assert not channel.allowed, action
            assert anonymous.allowed is (power.who == ANYONE), action


async def test_a_role_gives_nothing_from_its_last_second_on(storage: Storage) -> None:  # N05
    async with storage.unit() as unit:
        await roles.grant(unit, 1, 11, "leader", 1, NOW, NOW + 10)
        for at, allowed in ((NOW, True), (NOW + 9, True), (NOW + 10, False), (NOW + 11, False)):
            assert (await authorize(unit, Actor(11, at=at), "command.mute", HERE)).allowed is allowed, at
        # Where nobody says when, only what has no end counts.
        assert not (await authorize(unit, Actor(11), "command.mute", HERE)).allowed


async def test_a_role_that_may_not_ask_replaces_no_right_of_telegram(storage: Storage) -> None:
    async with storage.unit() as unit:
        row = AdminRow(30, "B", "", "administrator", frozenset())
        await members.replace_admins(unit, 1, [row], NOW + 1)
        await roles.grant(unit, 1, 30, "volunteer", 1, NOW)
        assert not await has_rights(unit, Actor(30, at=NOW), ASKED["command.mute"], 1)
        assert (await authorize(unit, Actor(30, at=NOW), "command.mute", HERE)).why == "right_missing"
