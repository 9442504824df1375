"""The outbox: acts that were written with what caused them, and what became of each."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from bot.storage import codec, quiet
from bot.storage.actrows import COLUMNS, FAILED, SUCCEEDED, UNSETTLED, ActRow, row_of, some
from bot.storage.actstates import (
    CALLED_OFF,
    Recovered,
    call_off,
    comes_after,
    expire,
    give_up,
    hasten,
    hold,
    message_of,
    recover,
    refuse_ended,
    resume,
    retry,
    rewrite,
    say_no_more,
    settle,
)
from bot.storage.planning import say_here, write
from bot.storage.tables import acts, clean, links
from bot.storage.unit import Sql, Unit

__all__ = [
    "CALLED_OFF",
    "FAILED",
    "SUCCEEDED",
    "ActRow",
    "Recovered",
    "call_off",
    "comes_after",
    "expire",
    "give_up",
    "hasten",
    "hold",
    "message_of",
    "recover",
    "refuse_ended",
    "resume",
    "retry",
    "rewrite",
    "row_of",
    "say_here",
    "say_no_more",
    "settle",
    "some",
    "write",
]

MOST_MESSAGES = 200
QUIETED = 9


class Horizon(NamedTuple):
    """Lanes in which something is due (QUIETED: something waits to be let go), and when the next act of any will be."""

    lanes: frozenset[int]
    later: int | None


MESSAGES = Sql(
    "SELECT message_id FROM acts WHERE group_id = ?1 AND purpose = ?2 AND message_id > 0 ORDER BY id DESC LIMIT ?3",
    "SELECT message_id FROM acts WHERE group_id = $1 AND purpose = $2 AND message_id > 0 ORDER BY id DESC LIMIT $3",
)


def ready(now: BindParameter[int]) -> ColumnElement[bool]:
    """Pending, its time has come and not gone, and what it comes after is done."""
    before = acts.alias()
    waits = select(before.c.id).where(before.c.id == acts.c.after_id, before.c.state.not_in(SUCCEEDED)).exists()
    timely = and_(acts.c.not_before <= now, acts.c.expires_at > now)
    # What counts in a quiet group must have been let go; what is told in another post goes with that one.
    may_go = acts.c.quiet.in_((quiet.FREE, quiet.LET_GO))
    return and_(UNSETTLED, acts.c.state == "pending", may_go, timely, ~waits)


# Asked again and again, so put together once.
DUE = (
    select(*COLUMNS)
    .where(ready(bindparam("now", type_=BigInteger)), acts.c.lane == bindparam("which"))
    .where(acts.c.chat_id.not_in(bindparam("busy", expanding=True)))
    .order_by(acts.c.id)
    .limit(bindparam("most", type_=BigInteger))
)
HORIZON = Sql(
    "SELECT CASE quiet WHEN 1 THEN 9 ELSE lane END AS door, MIN(not_before), "
    "MIN(CASE WHEN not_before > ?1 THEN not_before END) FROM acts "
    "WHERE state IN ('pending', 'sending', 'held') AND state = 'pending' AND quiet <> 3 GROUP BY door",
    "SELECT CASE quiet WHEN 1 THEN 9 ELSE lane END AS door, MIN(not_before), "
    "MIN(CASE WHEN not_before > $1 THEN not_before END) FROM acts "
    "WHERE state IN ('pending', 'sending', 'held') AND state = 'pending' AND quiet <> 3 GROUP BY door",
)


async def due(unit: Unit, now: int, lane: int, limit: int, busy_chats: Collection[int] = ()) -> list[ActRow]:
    """What can be done now, in the order it was written."""
    found = await unit.execute(DUE, {"now": now, "which": lane, "most": limit, "busy": list(busy_chats)})
    return list(readable(found.all()))


async def pending_of_group(unit: Unit, group_id: int) -> list[ActRow]:
    found = await unit.execute(
        select(*COLUMNS).where(UNSETTLED, acts.c.state == "pending", acts.c.group_id == group_id)
    )
    return list(readable(found.all()))


def readable(rows: Iterable[Sequence[Any]]) -> Iterator[ActRow]:
    """Without an act that this version cannot read: it is left to `recover`."""
    for row in rows:
        with suppress(codec.CodecError):
            yield row_of(row)


async def claim(unit: Unit, ids: Collection[int], now: int) -> set[int]:
    """Those that were still pending; they are being sent from now on."""
    mine = update(acts).where(acts.c.id.in_(sorted(ids)), acts.c.state == "pending")
    new = mine.values(state="sending", attempts=acts.c.attempts + 1, settled_at=now, reason="")
    return set((await unit.execute(new.returning(acts.c.id))).scalars())


async def unclaim(unit: Unit, ids: Collection[int]) -> None:
    """Not a byte of them has left, whatever a commit whose answer was lost says of them."""
    mine = update(acts).where(acts.c.id.in_(sorted(ids)), acts.c.state == "sending")
    await unit.execute(mine.values(state="pending", attempts=acts.c.attempts - 1))


async def horizon(unit: Unit, now: int) -> Horizon:
    """A cheap look at what is pending, before anybody reads it."""
    rows = await unit.fetch(HORIZON, now)
    later = [row[2] for row in rows if row[2] is not None]
    return Horizon(frozenset(row[0] for row in rows if row[1] <= now), min(later, default=None))


async def results(unit: Unit, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What these acts left behind, by their numbers."""
    rows = await unit.execute(select(acts.c.id, acts.c.result).where(acts.c.id.in_(sorted(ids))))
    return {row.id: codec.decode_table(row.result) for row in rows}


async def get(unit: Unit, act_id: int) -> ActRow | None:
    return next(iter(await some(unit, acts.c.id == act_id)), None)


async def by_key(unit: Unit, key: str) -> ActRow | None:
    """The first act that was written under `key`."""
    return next(iter(await some(unit, acts.c.key == f"{clean(key)}:0")), None)


async def by_ids(unit: Unit, ids: Collection[int]) -> list[ActRow]:
    return await some(unit, acts.c.id.in_(sorted(ids)))


async def of_decision(unit: Unit, decision_id: int) -> list[ActRow]:
    return await some(unit, acts.c.decision_id == decision_id)


async def message_ids(unit: Unit, purpose: str, group_id: int) -> list[int]:
    """Messages of the bot that were posted for `purpose`, the newest first."""
    return [row[0] for row in await unit.fetch(MESSAGES, group_id, purpose, MOST_MESSAGES)]


async def trim(unit: Unit, before: int) -> int:
    """Forget settled acts that belong to no decision, that nothing comes after, and that made no link of ours."""
    follower = acts.alias()
    followed = select(follower.c.id).where(follower.c.after_id == acts.c.id).exists()
    needed = or_(followed, select(links.c.id).where(links.c.act_id == acts.c.id).exists())
    old = and_(acts.c.settled_at < before, acts.c.state.in_((*SUCCEEDED, *FAILED)), acts.c.decision_id.is_(None))
    return (await unit.execute(delete(acts).where(old, ~needed))).rowcount
