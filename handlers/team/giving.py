"""Who may give or take which role, in which group or over all of one owner's; nobody gives more than they hold."""

from typing import NamedTuple

from bot.powers import GIVEN_BY, OPERATORS, Role
from bot.roles import ROLES, from_telegram, roles_of
from bot.storage import members, roles
from bot.storage.roles import RoleRow
from handlers.frame.context import Talk
from handlers.reading.targets import group_row


class Held(NamedTuple):
    """What whoever asks holds here: `here` in this group by whatever way, `over` over all groups of its owner.

    `lasting` are those without an end that no row names; `rows` are the roles of the bot, with their ends.
    """

    here: frozenset[Role]
    over: frozenset[Role]
    lasting: frozenset[Role]
    rows: tuple[RoleRow, ...]


async def held_by(talk: Talk) -> Held:
    group, me = group_row(talk), talk.actor.user_id
    here = await roles_of(talk.unit, talk.actor, group.id)
    rows = tuple(row for row in await roles.of_group(talk.unit, group.id, talk.actor.at) if row.user_id == me)
    over = {ROLES[row.role] for row in rows if not row.group_id and row.role in ROLES} | here & OPERATORS
    known = (await members.load(talk.unit, [(group.id, me)])).get((group.id, me))
    return Held(here, frozenset(over), here & OPERATORS | from_telegram(known), rows)


def end_of_power(held: Held, role: Role, *, everywhere: bool) -> int:
    """When the last of what lets them give that role there ends, 0 for never."""
    able = GIVEN_BY[role]
    if held.lasting & able & (OPERATORS if everywhere else able):
        return 0
    ends = [row.until for row in held.rows if ROLES.get(row.role) in able and not (everywhere and row.group_id)]
    return 0 if 0 in ends else max(ends, default=0)


def may_give(held: Held, role: Role, *, everywhere: bool) -> bool:
    return bool((held.over if everywhere else held.here) & GIVEN_BY[role])


def givable(held: Held) -> list[Role]:
    """What may be given in this group."""
    return [role for role in GIVEN_BY if may_give(held, role, everywhere=False)]


async def put(talk: Talk, user_id: int, role: Role, until: int, *, everywhere: bool) -> None:
    group, by = group_row(talk), talk.actor.user_id
    if everywhere:
        await roles.grant_all(talk.unit, group.owner_id, user_id, role, by, talk.at, until)
    else:
        await roles.grant(talk.unit, group.id, user_id, role, by, talk.at, until)


async def take(talk: Talk, row: RoleRow) -> bool:
    """False where it was not held any more."""
    group = group_row(talk)
    if row.group_id:
        return await roles.revoke(talk.unit, row.group_id, row.user_id, row.role)
    return await roles.revoke_all(talk.unit, group.owner_id, row.user_id, row.role)


async def held_rows(talk: Talk, user_id: int) -> list[RoleRow]:
    """The roles of the bot that somebody holds here."""
    found = await roles.of_group(talk.unit, group_row(talk).id, talk.actor.at)
    return [row for row in found if row.user_id == user_id]
