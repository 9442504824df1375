"""How an act changes its state until it is settled: tried again, held, called off, expired; sends nothing."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, case, or_, select, update

from bot.storage import codec
from bot.storage.actrows import ASKED, COLUMNS, FAILED, UNSETTLED, ActRow, some
from bot.storage.tables import acts, groups
from bot.storage.unit import Unit
from rules.conduct.effects import DAY, Act, Say, SendFile, idempotent, lifetime

# Why an act that is being sent will not be sent once more: the reason it carries meanwhile.
CALLED_OFF, MIGRATED = "called_off", "migrated"
ENDED = (CALLED_OFF, MIGRATED)
# What somebody asked about a text is answered with words of it: they are kept no longer than the answer is on its way.
ASKED_ABOUT = "asked"
WORDLESS = codec.encode_act(Say(words=(), language="", purpose="asked"))
# What somebody was handed is theirs: no copy of it stays.
TEXTLESS = codec.encode_act(SendFile(file_name="", text="", language=""))
FORGOTTEN = case(
    (acts.c.purpose == ASKED_ABOUT, WORDLESS), (acts.c.kind == SendFile.__name__, TEXTLESS), else_=acts.c.act
)


class Recovered(NamedTuple):
    """After a restart: acts that are sent again, and those of which nobody will ever know."""

    again: tuple[int, ...]
    unknown: tuple[ActRow, ...]


async def settle(
    unit: Unit, act_id: int, state: str, now: int, *, reason: str = "", result: dict[str, Any] | None = None
) -> bool:
    """What became of it; False where it was settled before. What needed it in vain ends refused."""
    told = result or {}
    one = update(acts).where(acts.c.id == act_id, acts.c.state.in_(("pending", "sending", "held")))
    new = one.values(
        state=state, settled_at=now, reason=reason, result=codec.encode_table(told), message_id=message_of(told),
        act=FORGOTTEN,
    )  # fmt: skip
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
    one = update(acts).where(acts.c.id == act_id, acts.c.state == "sending", acts.c.reason.not_in(ENDED))
    return (await unit.execute(one.values(state="pending", not_before=not_before, reason=reason))).rowcount > 0


async def refuse_ended(unit: Unit, ids: Collection[int], now: int) -> None:
    """Of acts whose sending came to nothing, those that were called off, or lost their message, meanwhile."""
    over = and_(acts.c.id.in_(sorted(ids)), acts.c.state == "sending", acts.c.reason.in_(ENDED))
    gone = update(acts).where(over).values(state="refused", settled_at=now, act=FORGOTTEN).returning(acts.c.id)
    await refuse_followers(unit, list((await unit.execute(gone)).scalars()), now)


async def hold(unit: Unit, ids: Collection[int] = (), *, group_id: int | None = None, cause: str) -> int:
    """Those named, or all pending ones of a group, wait for `cause` to end."""
    fitting = acts.c.id.in_(sorted(ids)) if group_id is None else acts.c.group_id == group_id
    # Of a whole group only what waits: what is being sent says itself what became of it.
    states = ("pending", "sending") if group_id is None else ("pending",)
    change = update(acts).where(fitting, UNSETTLED, acts.c.state.in_(states)).values(state="held", cause=cause)
    return (await unit.execute(change)).rowcount


async def resume(
    unit: Unit, *, group_id: int | None = None, decision_id: int | None = None, cause: str, at: int | None = None
) -> int:
    """What was held for `cause` goes on. `at`: it was people who waited, so its time begins only now."""
    given = {"group_id": group_id, "decision_id": decision_id}
    fitting = [acts.c[name] == value for name, value in given.items() if value is not None]
    held = and_(UNSETTLED, acts.c.state == "held", acts.c.cause == cause, *fitting)
    if at is not None:
        for row in (await unit.execute(select(*COLUMNS).where(held))).all():
            later = max(row.expires_at, at + lifetime(codec.decode_act(row.act)))
            await unit.execute(update(acts).where(acts.c.id == row.id).values(expires_at=later, created_at=at))
    return (await unit.execute(update(acts).where(held).values(state="pending", cause=""))).rowcount


async def expire(unit: Unit, now: int) -> list[int]:
    """Those whose time is over, and no longer worth doing."""
    waiting = or_(acts.c.state == "pending", and_(acts.c.state == "held", acts.c.cause.not_in(ASKED)))
    over = update(acts).where(UNSETTLED, waiting, acts.c.expires_at <= now)
    over = over.values(state="expired", settled_at=now, act=FORGOTTEN)
    ids = list((await unit.execute(over.returning(acts.c.id))).scalars())
    await refuse_followers(unit, ids, now)
    return ids


async def hasten(unit: Unit, seconds: int) -> int:
    """The clock was set back by so much: what is to be tried again waits no longer than it was to."""
    again = and_(UNSETTLED, acts.c.state == "pending", acts.c.attempts > 0)
    change = update(acts).where(again).values(not_before=acts.c.not_before - seconds)
    return (await unit.execute(change)).rowcount


async def rewrite(unit: Unit, act_id: int, act: Act) -> bool:
    """Before it begins, an act may become another; its buttons stay. False where it began."""
    waiting = update(acts).where(acts.c.id == act_id, acts.c.state.in_(("pending", "held")))
    return (await unit.execute(waiting.values(act=codec.encode_act(act)))).rowcount > 0


async def comes_after(unit: Unit, act_id: int, before: int) -> None:
    """It uses what `before` made, once that is done: it changes a post that may still be on its way."""
    await unit.execute(update(acts).where(acts.c.id == act_id).values(after_id=before))


async def call_off(unit: Unit, decision_id: int, at: int, *, deletions: bool = True) -> int:
    """What waited because of that decision is not done any more; posts of ours about it are taken down now. Without
    `deletions` messages of members still go.

    What is being sent may still be done, but is not tried again.
    """
    mine = acts.c.decision_id == decision_id
    waiting = and_(mine, acts.c.state.in_(("pending", "held")))
    own_post = and_(acts.c.kind == "Delete", ~acts.c.against_member)
    await unit.execute(update(acts).where(waiting, own_post).values(not_before=at, expires_at=at + 2 * DAY))
    stays = own_post if deletions else acts.c.kind == "Delete"
    await unit.execute(update(acts).where(mine, acts.c.state == "sending", ~stays).values(reason=CALLED_OFF))
    change = update(acts).where(waiting, ~stays).values(state="refused", reason=CALLED_OFF, settled_at=at)
    return (await unit.execute(change)).rowcount


async def give_up(unit: Unit, ids: Collection[int], at: int) -> None:
    """What waits is not done any more; what is being sent may still be done, but is not tried again."""
    mine = acts.c.id.in_(sorted(ids))
    await unit.execute(update(acts).where(mine, acts.c.state == "sending").values(reason=CALLED_OFF))
    waiting = update(acts).where(mine, acts.c.state.in_(("pending", "held")))
    gone = waiting.values(state="refused", reason=CALLED_OFF, settled_at=at).returning(acts.c.id)
    await refuse_followers(unit, list((await unit.execute(gone)).scalars()), at)


async def say_no_more(unit: Unit, group_id: int, user_id: int, at: int) -> None:
    """What was said in the group to somebody who is gone is taken down, and nothing more is said to them there."""
    here = select(groups.c.chat_id).where(groups.c.id == group_id).scalar_subquery()
    theirs = and_(UNSETTLED, acts.c.user_id == user_id, acts.c.chat_id == here, acts.c.decision_id.is_not(None))
    own_post = and_(theirs, acts.c.kind == "Delete", ~acts.c.against_member, acts.c.not_before > at)
    await unit.execute(update(acts).where(own_post).values(not_before=at, expires_at=at + 2 * DAY))
    unsaid = and_(theirs, acts.c.purpose == "notice", acts.c.state.in_(("pending", "held")))
    gone = update(acts).where(unsaid).values(state="refused", reason=CALLED_OFF, settled_at=at).returning(acts.c.id)
    await refuse_followers(unit, list((await unit.execute(gone)).scalars()), at)


async def refuse_followers(unit: Unit, failed: Sequence[int], now: int) -> None:
    """Whatever comes after acts that failed, and after that, and so on."""
    while failed:
        behind = update(acts).where(acts.c.after_id.in_(failed), acts.c.state.in_(("pending", "held")))
        new = behind.values(state="refused", reason="predecessor", settled_at=now, act=FORGOTTEN)
        failed = list((await unit.execute(new.returning(acts.c.id))).scalars())


async def recover(unit: Unit, now: int) -> Recovered:
    """After a restart: what may be repeated is pending again, the rest stays unknown for ever."""
    # First, for `some` fails at an act it cannot read.
    await refuse_unreadable(unit, now)
    rows = await some(unit, UNSETTLED, acts.c.state == "sending")
    again = tuple(row.id for row in rows if idempotent(row.act))
    unknown = tuple(row for row in rows if not idempotent(row.act))
    if again:
        await refuse_ended(unit, again, now)
        mine = update(acts).where(acts.c.id.in_(again), acts.c.state == "sending")
        again = tuple((await unit.execute(mine.values(state="pending").returning(acts.c.id))).scalars())
    # Sent or not, who knows: a second post would be seen by everybody, a missing one is told to leaders.
    for row in unknown:
        await settle(unit, row.id, "unknown", now, reason="restart")
    return Recovered(tuple(sorted(again)), unknown)


async def refuse_unreadable(unit: Unit, now: int) -> None:
    """Acts of another version of this program."""
    for row in (await unit.execute(select(acts.c.id, acts.c.act).where(UNSETTLED))).all():
        try:
            codec.decode_act(row.act)
        except codec.CodecError:
            await settle(unit, row.id, "refused", now, reason="unreadable")
