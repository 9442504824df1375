"""The books as a whole: sums for whoever checks them, never for deciding."""

from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, select

from bot.storage.tables import acts, checkins, decisions, entries, groups, members, postings, undecided
from bot.storage.unit import Unit


class Decided(NamedTuple):
    """One decision, for reading by programs: the Telegram ids it is about, who decided what, and where it stands."""

    chat_id: int
    message_id: int
    user_id: int
    issuer: str
    rule: str
    step: str
    mode: str
    state: str


async def keys(unit: Unit) -> list[tuple[int, int]]:
    """(group, person) of everybody of whom something is written."""
    written = select(entries.c.group_id, entries.c.user_id).union(select(checkins.c.group_id, checkins.c.user_id))
    return [(row[0], row[1]) for row in await pairs(unit, written)]


async def entries_by_kind(unit: Unit) -> dict[tuple[int, int], dict[str, int]]:
    columns = (entries.c.group_id, entries.c.user_id, entries.c.kind)
    counted = select(*columns, func.count()).group_by(*columns)
    found: dict[tuple[int, int], dict[str, int]] = {}
    for group_id, user_id, kind, count in await pairs(unit, counted):
        found.setdefault((group_id, user_id), {})[kind] = count
    return found


async def checkins_by_member(unit: Unit) -> dict[tuple[int, int], int]:
    columns = (checkins.c.group_id, checkins.c.user_id)
    return {(row[0], row[1]): row[2] for row in await pairs(unit, select(*columns, func.count()).group_by(*columns))}


async def decided(unit: Unit) -> list[Decided]:
    columns = [decisions.c[n] for n in ("message_id", "user_id", "issuer_kind", "rule", "step", "mode", "state")]
    found = select(groups.c.chat_id, *columns).join(groups, groups.c.id == decisions.c.group_id)
    return [Decided(*row) for row in await pairs(unit, found.order_by(decisions.c.id))]


async def acts_by_state(unit: Unit) -> dict[str, int]:
    """Simulated ones too; those that wait for a cause count as held."""
    held = case((and_(acts.c.state == "pending", acts.c.cause != ""), "held"), else_=acts.c.state)
    counted = select(held.label("shown"), func.count()).group_by("shown")
    return {row[0]: row[1] for row in await pairs(unit, counted)}


async def totals(unit: Unit) -> dict[str, int]:
    tables = {"groups": groups, "members": members, "decisions": decisions, "entries": entries, "checkins": checkins}
    found = {name: await number_of(unit, select(func.count()).select_from(t)) for name, t in tables.items()}
    open_cases = select(func.count()).select_from(undecided).where(undecided.c.resolved_at.is_(None))
    unclear = select(func.count()).select_from(acts).where(acts.c.state == "unknown")
    issued = select(func.coalesce(func.sum(postings.c.amount), 0))
    return {
        **found,
        "undecided": await number_of(unit, open_cases),
        "unknown": await number_of(unit, unclear),
        "sum_of_postings": await number_of(unit, issued),
    }


async def pairs(unit: Unit, statement: Any) -> list[Any]:
    return list(await unit.execute(statement))


async def number_of(unit: Unit, statement: Any) -> int:
    return int((await unit.execute(statement)).scalar_one())
