"""How groups came to the bot, and what goes with those that nobody lets in."""

import re
from typing import NamedTuple

from sqlalchemy import delete, select, update

from bot.storage import groups
from bot.storage.actrows import UNSETTLED
from bot.storage.actstates import give_up
from bot.storage.groups import GroupRow
from bot.storage.tables import (
    acts,
    arrivals,
    audit,
    decisions,
    entries,
    metadata,
    policies,
    postings,
    transactions,
    undecided,
)
from bot.storage.tables import groups as table
from bot.storage.unit import Unit, missing


class ArrivalRow(NamedTuple):
    """`adder_id` 0: nobody knows who it was. `members` 0: not known. `asked_at` 0: nobody had to be asked.

    `template` is what the link named, "" for nothing yet; `template_by` who said so. `fresh`: the group was not known
    before, so nothing of it is kept where nobody lets it in.
    """

    group_id: int
    adder_id: int
    adder_name: str
    adder_username: str
    members: int
    fresh: bool
    asked_at: int
    template: str
    template_by: int
    at: int


COLUMNS = [arrivals.c[name] for name in ArrivalRow._fields]
# They only grow, and say nothing of a group in which nothing was ever decided.
BOOKS = (audit, decisions, entries, transactions, postings)
CHANGEABLE = frozenset(ArrivalRow._fields) - {"group_id"}


async def note(unit: Unit, row: ArrivalRow) -> None:
    """A new arrival takes the place of the last one of that group."""
    values = row._asdict()
    new = {name: value for name, value in values.items() if name != "group_id"}
    insert = unit.insert(arrivals).values(values)
    await unit.execute(insert.on_conflict_do_update(index_elements=["group_id"], set_=new))


async def get(unit: Unit, group_id: int) -> ArrivalRow | None:
    row = (await unit.execute(select(*COLUMNS).where(arrivals.c.group_id == group_id))).first()
    return None if row is None else made(ArrivalRow._make(row))


async def change(unit: Unit, group_id: int, **columns: str | int) -> None:
    """Raises TypeError for a name that is no column."""
    if unknown := columns.keys() - CHANGEABLE:
        raise TypeError(f"no changeable column of an arrival: {', '.join(sorted(unknown))}")
    await unit.execute(update(arrivals).where(arrivals.c.group_id == group_id).values(columns))


async def ensure(unit: Unit, row: ArrivalRow) -> None:
    await unit.execute(missing(unit, arrivals).values(row._asdict()))


async def asked(unit: Unit) -> list[ArrivalRow]:
    """Those about which an operator has not answered yet, the oldest first."""
    waiting = select(*COLUMNS).join(table, table.c.id == arrivals.c.group_id).where(table.c.state == groups.PENDING)
    return [made(ArrivalRow._make(row)) for row in await unit.execute(waiting.order_by(arrivals.c.asked_at))]


def made(row: ArrivalRow) -> ArrivalRow:
    return row._replace(fresh=bool(row.fresh))


async def settle(unit: Unit, group_id: int, state: str) -> bool:
    """From pending to `state`; True for the first answer alone."""
    one = update(table).where(table.c.id == group_id, table.c.state == groups.PENDING)
    return (await unit.execute(one.values(state=state))).rowcount > 0


async def cards_of(unit: Unit, group_id: int) -> list[tuple[int, int]]:
    """(chat, message) of the cards about that group which operators have before them."""
    found = select(acts.c.chat_id, acts.c.message_id).where(
        acts.c.group_id == group_id, acts.c.purpose == "card", acts.c.message_id > 0, acts.c.chat_id > 0
    )
    return [(row[0], row[1]) for row in await unit.execute(found.order_by(acts.c.id))]


async def from_outside(unit: Unit, raw: str) -> bool:
    """Whether an update that cannot be read names a group nobody has let the bot into: it is not to be kept."""
    chats = (await unit.execute(select(table.c.chat_id).where(table.c.state.in_(groups.OUTSIDE)))).scalars()
    return any(names(raw, chat) for chat in chats)


def names(raw: str, chat_id: int) -> bool:
    """Whether an update says that number: the id of another group may begin with the same figures."""
    return re.search(rf"{chat_id}(?!\d)", raw) is not None


async def drop_cards(unit: Unit, group_id: int) -> None:
    """Questions that were not sent yet need not be."""
    unsent = (acts.c.group_id == group_id, acts.c.purpose == "card", acts.c.state.in_(("pending", "held")))
    await unit.execute(delete(acts).where(*unsent))


async def stay(unit: Unit, group_id: int, at: int) -> None:
    """Whatever was to make the bot leave that group is over."""
    leaving = (acts.c.group_id == group_id, acts.c.kind == "Leave", UNSETTLED)
    await give_up(unit, list((await unit.execute(select(acts.c.id).where(*leaving))).scalars()), at)


async def gone(unit: Unit, group: GroupRow, at: int) -> bool:
    """The bot is out of a group that nobody had let in: nothing is kept of it. False for any other group."""
    if group.state not in groups.OUTSIDE:
        return False
    row = await get(unit, group.id)
    if row is None or row.fresh:
        await forget(unit, group)
    else:
        await groups.update(unit, group.id, state="inactive", bot_status="left")
        await unit.execute(delete(arrivals).where(arrivals.c.group_id == group.id))
        await stay(unit, group.id, at)
    return True


async def forget(unit: Unit, group: GroupRow) -> None:
    """Every row of that group; what the audit says names neither its title nor its chat."""
    alike = select(undecided.c.id, undecided.c.raw).where(undecided.c.raw.contains(str(group.chat_id), autoescape=True))
    its_own = [row.id for row in await unit.execute(alike) if names(row.raw, group.chat_id)]
    await unit.execute(delete(undecided).where(undecided.c.id.in_(its_own)))
    for each in reversed(metadata.sorted_tables):
        if "group_id" in each.c and each not in BOOKS:
            await unit.execute(delete(each).where(each.c.group_id == group.id))
    await unit.execute(delete(policies).where(policies.c.scope == "group", policies.c.scope_id == group.id))
    await unit.execute(delete(acts).where(acts.c.chat_id == group.chat_id))
    await unit.execute(delete(table).where(table.c.id == group.id))
