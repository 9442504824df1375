"""Power: from Telegram's administrators of that very group, from the bot's own roles there, from owning it all."""

from collections.abc import AsyncIterator

import pytest

from bot.audit import REFUSED, count, done, refused
from bot.powers import ANYONE, ASKED, LEADERS, OPERATORS
from bot.roles import Actor, Decision, Place, authorize, led_groups
from bot.storage import Storage, audit, groups, members, open_storage
from bot.storage import roles as stored
from bot.storage.members import AdminRow

NOW = 1_700_000_000
LEADER, OWNER, MEMBER, GONE, STRANGER = 1, 2, 3, 4, 5
RIGHTS = frozenset({"can_restrict_members", "can_delete_messages", "can_pin_messages", "can_invite_users"})


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    """Group 1 with a leader, an owner, a member and one who left; group 2 with nobody."""
    opened = await open_storage(database_url)
    async with opened.unit() as unit:
        for chat in (-101, -102):
            await groups.ensure(unit, chat, title="G", kind="supergroup", owner_id=9, at=NOW)
        admins = [AdminRow(LEADER, "L", "", "administrator", RIGHTS), AdminRow(OWNER, "O", "", "creator", RIGHTS)]
        await members.replace_admins(unit, 1, admins, NOW)
        await members.set_status(unit, 1, MEMBER, "member", at=NOW)
        await members.set_status(unit, 1, GONE, "left", at=NOW)
    try:
        yield opened
    finally:
        await opened.close()


async def ask(storage: Storage, actor: Actor, action: str, place: Place) -> Decision:
    async with storage.reading() as unit:
        return await authorize(unit, actor, action, place)


@pytest.mark.parametrize("action", sorted(action for action, power in ASKED.items() if power.who == LEADERS))
async def test_leaders_alone_lead_and_only_their_own_group(storage: Storage, action: str) -> None:  # S8
    here, there = Place(1), Place(2)
    for user, place, allowed in (
        (LEADER, here, True), (OWNER, here, True), (MEMBER, here, False), (GONE, here, False), (STRANGER, here, False),
        (LEADER, there, False), (OWNER, there, False), (LEADER, Place(0, private=True), False),
    ):  # fmt: skip
        assert (await ask(storage, Actor(user), action, place)).allowed is allowed, (user, place)


@pytest.mark.parametrize("action", sorted(action for action, power in ASKED.items() if power.who == OPERATORS))
async def test_what_is_for_operators_is_for_no_leader(storage: Storage, action: str) -> None:  # S8
    for place in (Place(1), Place(private=True)):
        assert (await ask(storage, Actor(LEADER), action, place)).why == "operators_only"
        assert (await ask(storage, Actor(STRANGER, operator=True), action, place)).allowed


@pytest.mark.parametrize("action", sorted(action for action, power in ASKED.items() if power.who == ANYONE))
async def test_what_is_for_everybody_needs_no_role(storage: Storage, action: str) -> None:
    assert (await ask(storage, Actor(STRANGER), action, Place(1))).allowed
    assert (await ask(storage, Actor(STRANGER), action, Place(0, private=True))).allowed


async def test_what_nobody_listed_nobody_may(storage: Storage) -> None:
    for actor in (Actor(OWNER), Actor(STRANGER, operator=True)):
        assert await ask(storage, actor, "command.format_disk", Place(1)) == Decision(False, "unknown_action")


async def test_an_operator_leads_every_group_but_names_it(storage: Storage) -> None:
    async with storage.unit() as unit:
        await stored.grant(unit, stored.EVERYWHERE, STRANGER, stored.OPERATOR, 9, NOW)
    for actor in (Actor(STRANGER), Actor(77, operator=True)):
        assert (await ask(storage, actor, "command.warn", Place(2))).allowed
        assert (await ask(storage, actor, "command.warn", Place(0, private=True))).why == "choose_group"


async def test_a_role_of_the_bot_counts_where_it_was_given(storage: Storage) -> None:
    async with storage.unit() as unit:
        await stored.grant(unit, 2, MEMBER, "leader", 9, NOW)
        await stored.grant(unit, 1, MEMBER, "volunteer", 9, NOW)
    assert (await ask(storage, Actor(MEMBER), "command.warn", Place(2))).allowed
    assert not (await ask(storage, Actor(MEMBER), "command.warn", Place(1))).allowed
    async with storage.reading() as unit:
        assert await led_groups(unit, Actor(MEMBER), frozenset({1, 2})) == {2}


async def test_who_is_anonymous_is_asked_to_confirm_and_a_channel_is_nobody(storage: Storage) -> None:
    anonymous, channel = Actor(1087968824, anonymous=True), Actor(136817688, channel=True)
    assert (await ask(storage, anonymous, "command.warn", Place(1))).why == "confirm"
    assert (await ask(storage, anonymous, "command.rules", Place(1))).allowed
    assert (await ask(storage, channel, "command.warn", Place(1))).why == "channel"


async def test_a_demoted_leader_leads_no_more(storage: Storage) -> None:
    async with storage.unit() as unit:
        await members.set_status(unit, 1, LEADER, "member", at=NOW + 1)
    assert not (await ask(storage, Actor(LEADER), "command.warn", Place(1))).allowed


@pytest.mark.parametrize("right", sorted(RIGHTS))
async def test_an_administrator_does_through_the_bot_what_telegram_lets_them_do(storage: Storage, right: str) -> None:
    async with storage.unit() as unit:
        await members.set_status(unit, 1, LEADER, "administrator", at=NOW + 1, admin_rights=frozenset({right}))
        await members.set_status(unit, 1, OWNER, "creator", at=NOW + 1, admin_rights=frozenset())
    for action, power in ASKED.items():
        if power.who == LEADERS:
            decision = await ask(storage, Actor(LEADER), action, Place(1))
            assert decision.allowed is (needed_for(action) <= {right}), action
            assert decision.why in {"", "right_missing"}
            assert (await ask(storage, Actor(OWNER), action, Place(1))).allowed


def needed_for(action: str) -> frozenset[str]:
    return ASKED[action].needs


async def test_a_role_of_the_bot_needs_no_right_of_telegram(storage: Storage) -> None:
    async with storage.unit() as unit:
        await members.set_status(unit, 1, LEADER, "administrator", at=NOW + 1, admin_rights=frozenset())
        assert (await authorize(unit, Actor(LEADER), "command.mute", Place(1))).why == "right_missing"
        assert (await authorize(unit, Actor(LEADER, operator=True), "command.mute", Place(1))).allowed
        await stored.grant(unit, 1, LEADER, "leader", 9, NOW)
        assert (await authorize(unit, Actor(LEADER), "command.mute", Place(1))).allowed


async def test_the_audit_keeps_who_did_what_to_whom(storage: Storage) -> None:
    async with storage.unit() as unit:
        await done(unit, Actor(LEADER), "warn", NOW, group_id=1, target_id=MEMBER, after={"decision": 7})
        await refused(unit, Actor(STRANGER), "command.warn", NOW, Decision(False, "leaders_only"), 1)
        await done(unit, Actor(1087968824, anonymous=True), "policy.set", NOW, group_id=1)
    async with storage.reading() as unit:
        rows = await audit.of(unit)
        assert await count(unit, STRANGER, REFUSED, 1, NOW - 1) == 1
    assert [(row.actor_kind, row.actor_id, row.action, row.target_id, row.after) for row in reversed(rows)] == [
        ("person", LEADER, "warn", MEMBER, {"decision": 7}),
        ("person", STRANGER, "refused", 0, {"action": "command.warn", "why": "leaders_only"}),
        ("anonymous_admin", 1087968824, "policy.set", 0, {}),
    ]
