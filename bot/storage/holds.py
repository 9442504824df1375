"""What still needs a person's number: measures in force, questions that are open, tasks somebody has."""

from typing import NamedTuple

from sqlalchemy import Table, and_, func, select

from bot.storage import books
from bot.storage.actrows import UNSETTLED
from bot.storage.members import LEADING
from bot.storage.tables import (
    acts,
    appeals,
    blacklist,
    cares,
    decisions,
    entries,
    members,
    owner_roles,
    roles,
    tickets,
)
from bot.storage.unit import Unit
from rules.conduct.standing import BookRow, Standing, sum_up

LONG_AGO = 0
IN_CARE = ("offered", "inside", "ready")


class Hold(NamedTuple):
    """`kind` is a permanent name; `until` 0: nobody knows yet."""

    kind: str
    group_id: int
    until: int = 0


async def of(unit: Unit, user_id: int, now: int, asked_at: int) -> tuple[Hold, ...]:
    """What began before it was asked; what came since belongs to somebody who came back."""
    return (
        *await in_books(unit, user_id, now, asked_at),
        *await waiting(unit, user_id, asked_at),
        *await tasks(unit, user_id),
    )


async def in_books(unit: Unit, user_id: int, now: int, asked_at: int) -> list[Hold]:
    mine = select(entries.c.group_id).where(entries.c.user_id == user_id).distinct()
    keys = {(int(group_id), user_id) for group_id in (await unit.execute(mine)).scalars()}
    found = await books.rows(unit, keys, LONG_AGO)
    return [hold for key in sorted(found) for hold in of_group(key[0], found[key], now, asked_at)]


def of_group(group_id: int, rows: list[BookRow], now: int, asked_at: int) -> list[Hold]:
    before = [each for each in rows if each.at <= asked_at]
    standing = sum_up(before, now)
    counted = [each.valid_until for each in before if each.valid_until > now and not each.voided]
    return [Hold(kind, group_id, until or max(counted, default=0)) for kind, until in in_force(standing)]


def in_force(standing: Standing) -> list[tuple[str, int]]:
    """Kinds, with their end where the measure itself names it."""
    found = [("counted", 0)] if standing.warnings or standing.rules or standing.asked else []
    found += [("fine", max(fine.due_at for fine in standing.open_fines))] if standing.open_fines else []
    found += [("mute", standing.muted_until)] if standing.muted_until else []
    found += [("read_only", 0)] if standing.read_only else []
    return [*found, ("banned", 0)] if standing.removed and standing.banned else found


async def waiting(unit: Unit, user_id: int, asked_at: int) -> list[Hold]:
    open_ones = (
        ("held", decisions, decisions.c.state == "held", decisions.c.at),
        ("appeal", appeals, appeals.c.state == "open", appeals.c.opened_at),
        ("question", tickets, tickets.c.state == "open", tickets.c.opened_at),
        ("care", cares, cares.c.state.in_(IN_CARE), cares.c.offered_at),
        ("act", acts, and_(acts.c.against_member, UNSETTLED), acts.c.created_at),
    )
    found: list[Hold] = []
    for kind, table, still, at in open_ones:
        asked = select(table.c.group_id).where(table.c.user_id == user_id, still, at <= asked_at).distinct()
        found += [Hold(kind, int(group_id)) for group_id in (await unit.execute(asked)).scalars()]
    listed = select(blacklist.c.expires_at).where(
        blacklist.c.user_id == user_id, blacklist.c.state == "active", blacklist.c.added_at <= asked_at
    )
    return [*found, *(Hold("blacklist", 0, int(until)) for until in (await unit.execute(listed)).scalars())]


async def tasks(unit: Unit, user_id: int) -> list[Hold]:
    """Whoever looks after a group is named there as long as they do."""
    leads = select(members.c.group_id).where(members.c.user_id == user_id, members.c.status.in_(LEADING))
    held = [int(group_id) for group_id in (await unit.execute(leads)).scalars()]
    held += [0 for table in (roles, owner_roles) if await some(unit, table, user_id)]
    return [Hold("task", group_id) for group_id in held]


async def some(unit: Unit, table: Table, user_id: int) -> bool:
    return bool(await unit.scalar(select(func.count()).select_from(table).where(table.c.user_id == user_id)))
