"""The outbox: acts that were written with what caused them, and what became of each."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    true,
    update,
)

from bot.storage import codec
from bot.storage.buttons import Ids
from bot.storage.planning import write
from bot.storage.tables import acts
from bot.storage.unit import Sql, Unit
from rules.conduct.effects import Act, idempotent, lifetime

__all__ = ["ActRow", "Recovered", "write"]

SUCCEEDED = ("done", "simulated")
FAILED = ("refused", "expired", "unknown")
# These wait for a yes or no of people, not for Telegram: their time has not begun.
ASKED = ("leader", "brake")
MOST_MESSAGES = 200


class ActRow(NamedTuple):
    """`state`: pending, sending, held, done, refused, expired, simulated, unknown; `cause` says why it is held.

    `chat_id` is where it happens. `after_id` names the act whose `result` it needs. `buttons` are the ids of the
    buttons of the act, in their arrangement, "" for a link. Times are Unix seconds.
    """

    id: int
    key: str
    decision_id: int | None
    group_id: int | None
    chat_id: int
    user_id: int
    kind: str
    act: Act
    lane: int
    state: str
    cause: str
    reason: str
    after_id: int | None
    not_before: int
    expires_at: int
    attempts: int
    created_at: int
    settled_at: int
    result: dict[str, Any]
    buttons: Ids


class Recovered(NamedTuple):
    """After a restart: acts that are sent again, and those of which nobody will ever know."""

    again: tuple[int, ...]
    unknown: tuple[ActRow, ...]


class Horizon(NamedTuple):
    """Lanes in which something is due, and when the next act of any lane will be."""

    lanes: frozenset[int]
    later: int | None


DAYS = 2 * 24 * 3600

COLUMNS = [acts.c[name] for name in ActRow._fields]

# One decision of a rule is one measure, however many acts it takes.
SPENT = (
    "SELECT d.group_id, d.at FROM decisions AS d WHERE d.issuer_kind = 'rule' AND d.mode = 'enforce' "
    "AND d.step NOT IN ('settle', 'free', 'undo', 'pardon') "
    "AND EXISTS (SELECT 1 FROM acts AS a WHERE a.decision_id = d.id AND (a.against_member OR a.purpose = 'notice') "
    "AND a.state NOT IN ('simulated', 'refused', 'expired') "
    "AND NOT (a.state = 'held' AND a.cause IN ('leader', 'brake'))) "
)
MEASURES = Sql(SPENT + "AND d.at >= ?1", SPENT + "AND d.at >= $1")
MESSAGES = Sql(
    "SELECT message_id FROM acts WHERE group_id = ?1 AND purpose = ?2 AND message_id > 0 ORDER BY id DESC LIMIT ?3",
    "SELECT message_id FROM acts WHERE group_id = $1 AND purpose = $2 AND message_id > 0 ORDER BY id DESC LIMIT $3",
)


def ready(now: BindParameter[int] | None = None) -> ColumnElement[bool]:
    """Pending, and what it comes after is done; `now`: and its time has come and not gone."""
    before = acts.alias()
    waits = select(before.c.id).where(before.c.id == acts.c.after_id, before.c.state.not_in(SUCCEEDED)).exists()
    timely = true() if now is None else and_(acts.c.not_before <= now, acts.c.expires_at > now)
    return and_(acts.c.state == "pending", timely, ~waits)


# Asked again and again, so put together once.
DUE = (
    select(*COLUMNS)
    .where(ready(bindparam("now", type_=BigInteger)), acts.c.lane == bindparam("which"))
    .where(acts.c.chat_id.not_in(bindparam("busy", expanding=True)))
    .order_by(acts.c.id)
    .limit(bindparam("most", type_=BigInteger))
)
HORIZON = Sql(
    "SELECT lane, MIN(not_before), MIN(CASE WHEN not_before > ?1 THEN not_before END) FROM acts "
    "WHERE state = 'pending' GROUP BY lane",
    "SELECT lane, MIN(not_before), MIN(CASE WHEN not_before > $1 THEN not_before END) FROM acts "
    "WHERE state = 'pending' GROUP BY lane",
)


async def due(unit: Unit, now: int, lane: int, limit: int, busy_chats: Collection[int] = ()) -> list[ActRow]:
    """What can be done now, in the order it was written. An act that cannot be read is left to `recover`."""
    found = await unit.execute(DUE, {"now": now, "which": lane, "most": limit, "busy": list(busy_chats)})
    rows = []
    for row in found.all():
        try:
            rows.append(row_of(row))
        except codec.CodecError:
            continue
    return rows


async def claim(unit: Unit, ids: Collection[int], now: int) -> set[int]:
    """Those that were still pending; they are being sent from now on."""
    mine = update(acts).where(acts.c.id.in_(sorted(ids)), acts.c.state == "pending")
    new = mine.values(state="sending", attempts=acts.c.attempts + 1, settled_at=now)
    return set((await unit.execute(new.returning(acts.c.id))).scalars())


async def settle(
    unit: Unit, act_id: int, state: str, now: int, *, reason: str = "", result: dict[str, Any] | None = None
) -> bool:
    """What became of it; False where it was settled before. What needed it in vain ends refused."""
    told = result or {}
    one = update(acts).where(acts.c.id == act_id, acts.c.state.in_(("pending", "sending", "held")))
    new = one.values(
        state=state, settled_at=now, reason=reason, result=codec.encode_table(told), message_id=message_of(told)
    )
    changed = (await unit.execute(new)).rowcount > 0
    if changed and state in FAILED:
        await refuse_followers(unit, [act_id], now)
    return changed


def message_of(result: dict[str, Any]) -> int:
    """The first message a post became."""
    many = result.get("message_ids") or (0,)
    return int(result.get("message_id") or many[0])


async def retry(unit: Unit, act_id: int, not_before: int, *, reason: str = "") -> bool:
    """Back to pending: not now, but it was not in vain."""
    one = update(acts).where(acts.c.id == act_id, acts.c.state == "sending")
    return (await unit.execute(one.values(state="pending", not_before=not_before, reason=reason))).rowcount > 0


async def hold(
    unit: Unit, ids: Collection[int] = (), *, group_id: int | None = None, kinds: Collection[str] = (), cause: str
) -> int:
    """Those named, or all pending ones of a group (of these `kinds`), wait for `cause` to end."""
    fitting = acts.c.id.in_(sorted(ids)) if group_id is None else acts.c.group_id == group_id
    states = ("pending", "sending") if group_id is None else ("pending",)
    change = update(acts).where(fitting, acts.c.state.in_(states)).values(state="held", cause=cause)
    if kinds:
        change = change.where(acts.c.kind.in_(sorted(kinds)))
    return (await unit.execute(change)).rowcount


async def resume(
    unit: Unit, *, group_id: int | None = None, decision_id: int | None = None, cause: str, at: int | None = None
) -> int:
    """What was held for `cause` goes on. `at`: it was people who waited, so its time begins only now."""
    given = {"group_id": group_id, "decision_id": decision_id}
    fitting = [acts.c[name] == value for name, value in given.items() if value is not None]
    held = and_(acts.c.state == "held", acts.c.cause == cause, *fitting)
    if at is not None:
        for row in (await unit.execute(select(*COLUMNS).where(held))).all():
            later = max(row.expires_at, at + lifetime(codec.decode_act(row.act)))
            await unit.execute(update(acts).where(acts.c.id == row.id).values(expires_at=later, created_at=at))
    return (await unit.execute(update(acts).where(held).values(state="pending", cause=""))).rowcount


async def expire(unit: Unit, now: int) -> list[int]:
    """Those whose time is over, and no longer worth doing."""
    waiting = or_(acts.c.state == "pending", and_(acts.c.state == "held", acts.c.cause.not_in(ASKED)))
    over = update(acts).where(waiting, acts.c.expires_at <= now).values(state="expired", settled_at=now)
    ids = list((await unit.execute(over.returning(acts.c.id))).scalars())
    await refuse_followers(unit, ids, now)
    return ids


async def call_off(unit: Unit, decision_id: int, at: int) -> int:
    """What waited because of that decision is not done any more; posts of ours about it are taken down now."""
    waiting = and_(acts.c.decision_id == decision_id, acts.c.state.in_(("pending", "held")))
    own_post = and_(acts.c.kind == "Delete", ~acts.c.against_member)
    await unit.execute(update(acts).where(waiting, own_post).values(not_before=at, expires_at=at + DAYS))
    change = update(acts).where(waiting, ~own_post).values(state="refused", reason="called_off", settled_at=at)
    return (await unit.execute(change)).rowcount


async def refuse_followers(unit: Unit, failed: Sequence[int], now: int) -> None:
    """Whatever comes after acts that failed, and after that, and so on."""
    while failed:
        behind = update(acts).where(acts.c.after_id.in_(failed), acts.c.state.in_(("pending", "held")))
        new = behind.values(state="refused", reason="predecessor", settled_at=now)
        failed = list((await unit.execute(new.returning(acts.c.id))).scalars())


async def recover(unit: Unit, now: int) -> Recovered:
    """After a restart: what may be repeated is pending again, the rest stays unknown for ever."""
    await refuse_unreadable(unit, now)
    rows = await some(unit, acts.c.state == "sending")
    again = tuple(row.id for row in rows if idempotent(row.act))
    unknown = tuple(row for row in rows if not idempotent(row.act))
    if again:
        await unit.execute(update(acts).where(acts.c.id.in_(again)).values(state="pending"))
    for row in unknown:
        await settle(unit, row.id, "unknown", now, reason="restart")
    return Recovered(again, unknown)


async def refuse_unreadable(unit: Unit, now: int) -> None:
    """Acts of another version of this program."""
    waiting = select(acts.c.id, acts.c.act).where(acts.c.state.in_(("pending", "sending", "held")))
    for row in (await unit.execute(waiting)).all():
        try:
            codec.decode_act(row.act)
        except codec.CodecError:
            await settle(unit, row.id, "refused", now, reason="unreadable")


async def next_due(unit: Unit) -> int | None:
    """When the next pending act may be done, perhaps long ago."""
    found: int | None = await unit.scalar(select(func.min(acts.c.not_before)).where(ready()))
    return found


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


async def of_decision(unit: Unit, decision_id: int) -> list[ActRow]:
    return await some(unit, acts.c.decision_id == decision_id)


async def measures_since(unit: Unit, since: int) -> list[tuple[int, int]]:
    """(group, when) of each decision of a rule that was or will be carried out: what a brake counts."""
    return [(row[0], row[1]) for row in await unit.fetch(MEASURES, since)]


async def message_ids(unit: Unit, purpose: str, group_id: int) -> list[int]:
    """Messages of the bot that were posted for `purpose`, the newest first."""
    return [row[0] for row in await unit.fetch(MESSAGES, group_id, purpose, MOST_MESSAGES)]


async def by_state(unit: Unit) -> dict[str, int]:
    rows = await unit.execute(select(acts.c.state, func.count()).group_by(acts.c.state))
    return {row[0]: int(row[1]) for row in rows}


async def oldest_waiting(unit: Unit) -> int | None:
    """Since when the oldest act waits that could have been done at once."""
    found: int | None = await unit.scalar(select(func.min(acts.c.created_at)).where(ready(), acts.c.not_before == 0))
    return found


async def trim(unit: Unit, before: int) -> int:
    """Forget settled acts that belong to no decision and that nothing comes after."""
    follower = acts.alias()
    needed = select(follower.c.id).where(follower.c.after_id == acts.c.id).exists()
    old = and_(acts.c.settled_at < before, acts.c.state.in_((*SUCCEEDED, *FAILED)), acts.c.decision_id.is_(None))
    return (await unit.execute(delete(acts).where(old, ~needed))).rowcount


async def some(unit: Unit, *conditions: ColumnElement[bool]) -> list[ActRow]:
    return [row_of(row) for row in await unit.execute(select(*COLUMNS).where(*conditions).order_by(acts.c.id))]


def row_of(row: Sequence[Any]) -> ActRow:
    found = ActRow._make(row)
    return found._replace(
        act=codec.decode_act(str(found.act)), result=codec.decode_table(str(found.result)),
        buttons=codec.decode_ids(str(found.buttons)),
    )  # fmt: skip
