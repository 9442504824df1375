"""The one question of power: may this person do this here? It answers and never acts.

Power in a group comes from Telegram's administrators of that group and from the bot's own roles there; an operator owns
the installation. Who leads one group has no power in another.
"""

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from bot.powers import ASKED, LEADERS, OFFICERS, OPERATORS, OWNERS, REVIEWERS, STAFF, Power, Role
from bot.storage import Unit, members
from bot.storage import roles as stored
from bot.storage.members import LEADING

Why = Literal[
    "", "unknown_action", "operators_only", "owners_only", "officers_only", "leaders_only", "reviewers_only",
    "staff_only", "members_only", "choose_group", "confirm", "channel",
    "unknown", "elsewhere", "not_yours", "right_missing",
]  # fmt: skip

NEVER = 2**62
PRESENT = LEADING | {"member", "restricted"}
ROLES: Mapping[str, Role] = {
    "owner": "owner", "officer": "officer", "leader": "leader", "homework_officer": "homework_officer",
    "reviewer": "reviewer", "volunteer": "volunteer",
}  # fmt: skip


class Actor(NamedTuple):
    """Who asks, and when. `anonymous`: an administrator who speaks as the group, nobody knows which; `channel`: a
    channel. Where no moment is told, only roles without an end count.
    """

    user_id: int
    name: str = ""
    username: str = ""
    operator: bool = False
    anonymous: bool = False
    channel: bool = False
    at: int = NEVER


class Place(NamedTuple):
    """Where it would work: `group_id` 0 means no group is named; `private` is a chat with the bot alone."""

    group_id: int = 0
    private: bool = False


class Decision(NamedTuple):
    allowed: bool
    why: Why = ""


ALLOWED = Decision(True)
REFUSALS: Mapping[frozenset[Role], Why] = {
    OPERATORS: "operators_only", OWNERS: "owners_only", OFFICERS: "officers_only", LEADERS: "leaders_only",
    REVIEWERS: "reviewers_only", STAFF: "staff_only",
}  # fmt: skip


async def authorize(unit: Unit, actor: Actor, action: str, place: Place) -> Decision:
    """Whether `actor` may do `action` (a key of ASKED) in `place`; the reason if not."""
    power = ASKED.get(action)
    if power is None:
        return Decision(False, "unknown_action")
    who = power.who
    of_a_group = who <= STAFF and who != OPERATORS
    if of_a_group and not place.group_id:
        return Decision(False, "choose_group")
    # Telegram hides which administrator it is: they confirm by a press in their own name.
    if actor.anonymous and of_a_group:
        return Decision(False, "confirm")
    if actor.channel:
        return Decision(False, "channel")
    if not await roles_of(unit, actor, place.group_id) & who:
        return Decision(False, REFUSALS.get(who, "members_only"))
    able = await has_rights(unit, actor, power, place.group_id)
    return ALLOWED if able else Decision(False, "right_missing")


async def has_rights(unit: Unit, actor: Actor, power: Power, group_id: int) -> bool:
    """Nobody does through the bot what Telegram does not let them do by hand; the bot's own roles need no rights."""
    needed = power.needs
    if not needed or actor.operator or actor.user_id in await stored.operators(unit):
        return True
    key = (group_id, actor.user_id)
    held = (await stored.of_many(unit, [key], actor.at)).get(key, frozenset())
    if power.who & {ROLES[name] for name in held if name in ROLES}:
        return True
    row = (await members.load(unit, [key])).get(key)
    return row is not None and (row.status == "creator" or needed <= row.admin_rights)


async def roles_of(unit: Unit, actor: Actor, group_id: int) -> frozenset[Role]:
    """The roles of `actor` in that group, never those of another."""
    return (await roles_in(unit, actor, [group_id]))[group_id]


async def led_groups(
    unit: Unit, actor: Actor, group_ids: Collection[int], who: frozenset[Role] = LEADERS
) -> frozenset[int]:
    """Those of the groups in which `actor` may act as a leader, or as one of `who`."""
    found = await roles_in(unit, actor, group_ids)
    return frozenset(group_id for group_id, held in found.items() if held & who)


async def roles_in(unit: Unit, actor: Actor, group_ids: Collection[int]) -> dict[int, frozenset[Role]]:
    """The roles of `actor` by group; group 0 is none."""
    owns = actor.operator or actor.user_id in await stored.operators(unit)
    base: frozenset[Role] = frozenset({"person", "operator"}) if owns else frozenset({"person"})
    nobody = actor.anonymous or actor.channel
    keys = [] if nobody else [(group_id, actor.user_id) for group_id in group_ids if group_id]
    rows, held = await members.load(unit, keys), await stored.of_many(unit, keys, actor.at)
    found = dict.fromkeys(group_ids, base)
    for key in keys:
        given = {ROLES[name] for name in held.get(key, ()) if name in ROLES}
        found[key[0]] = base | from_telegram(rows.get(key)) | given
    return found


def from_telegram(row: members.MemberRow | None) -> frozenset[Role]:
    if row is None or row.status not in PRESENT:
        return frozenset()
    return frozenset({"member", "leader"}) if row.status in LEADING else frozenset({"member"})
