"""Quarrels between members as one case: its messages, kept apart until it is closed and a while after."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select, update

from bot.storage import codec
from bot.storage.tables import quarrel_messages, quarrels
from bot.storage.unit import Unit, missing
from rules.conduct.facts import Facts


class QuarrelRow(NamedTuple):
    """`state` is open or closed; `note` is how it ended, `owner_id` who closed it; whoever looks after it while it is
    open stands on its ticket."""

    id: int
    group_id: int
    title: str
    owner_id: int
    state: str
    opened_by: int
    opened_at: int
    closed_at: int
    note: str
    ticket_id: int


COLUMNS = [quarrels.c[name] for name in QuarrelRow._fields]


async def begin(unit: Unit, group_id: int, title: str, by: int, at: int) -> int:
    row = {
        "group_id": group_id, "title": title, "owner_id": 0, "state": "open", "opened_by": by, "opened_at": at,
        "closed_at": 0, "note": "", "ticket_id": 0,
    }  # fmt: skip
    return int(await unit.scalar(unit.insert(quarrels).values(row).returning(quarrels.c.id)))


async def asked(unit: Unit, quarrel_id: int, ticket_id: int) -> None:
    await unit.execute(update(quarrels).where(quarrels.c.id == quarrel_id).values(ticket_id=ticket_id))


async def get(unit: Unit, quarrel_id: int) -> QuarrelRow | None:
    row = (await unit.execute(select(*COLUMNS).where(quarrels.c.id == quarrel_id))).first()
    return QuarrelRow._make(row) if row is not None else None


async def of_group(unit: Unit, group_id: int, states: Collection[str], limit: int) -> list[QuarrelRow]:
    """The newest first."""
    mine = (quarrels.c.group_id == group_id, quarrels.c.state.in_(sorted(states)))
    found = select(*COLUMNS).where(*mine).order_by(quarrels.c.id.desc()).limit(limit)
    return [QuarrelRow._make(row) for row in await unit.execute(found)]


async def add(unit: Unit, quarrel_id: int, facts: Facts) -> bool:
    """False where that message belongs to it already."""
    row = {
        "quarrel_id": quarrel_id, "message_id": facts.message_id, "user_id": facts.user_id, "at": facts.at,
        "facts": codec.encode_facts(facts),
    }  # fmt: skip
    return (await unit.execute(missing(unit, quarrel_messages).values(row))).rowcount > 0


async def messages(unit: Unit, quarrel_id: int) -> list[Facts]:
    """In the order they were said."""
    of_it = select(quarrel_messages.c.facts).where(quarrel_messages.c.quarrel_id == quarrel_id)
    found = of_it.order_by(quarrel_messages.c.at, quarrel_messages.c.message_id)
    # Of whoever asked to be forgotten nothing is left but that there was something.
    return [codec.decode_facts(row.facts) for row in await unit.execute(found) if row.facts]


async def counts(unit: Unit, quarrel_ids: Collection[int]) -> dict[int, int]:
    of_them = quarrel_messages.c.quarrel_id.in_(sorted(quarrel_ids))
    found = select(quarrel_messages.c.quarrel_id, func.count()).where(of_them).group_by(quarrel_messages.c.quarrel_id)
    return {int(number): int(count) for number, count in await unit.execute(found)}


async def close(unit: Unit, quarrel_id: int, by: int, at: int, note: str) -> bool:
    """False where somebody closed it before."""
    return await turn(unit, quarrel_id, "open", {"state": "closed", "owner_id": by, "closed_at": at, "note": note})


async def reopen(unit: Unit, quarrel_id: int) -> bool:
    return await turn(unit, quarrel_id, "closed", {"state": "open", "owner_id": 0, "closed_at": 0, "note": ""})


async def turn(unit: Unit, quarrel_id: int, before: str, new: dict[str, object]) -> bool:
    change = update(quarrels).where(quarrels.c.id == quarrel_id, quarrels.c.state == before)
    return (await unit.execute(change.values(new))).rowcount > 0
