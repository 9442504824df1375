"""What the end of an errand changes in the database, in the caller's Unit; it sends nothing."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from bot.conduct import inviting
from bot.desks import alarms
from bot.gateway import EXPIRED, Again, Done, Held, Later, Migrated, Outcome, Refused, Unknown
from bot.gateway.refusals import BLOCKED, DEACTIVATED, INACTIVE, MAY_SPEAK, NEEDS_SUPERGROUP, NEVER_STARTED, UNREACHABLE
from bot.joining import deciding
from bot.outbox import quieting
from bot.outbox.errands import Ended, Errand, elsewhere
from bot.protection import lockdown
from bot.speech import topics
from bot.storage import Unit, acts, arrivals, groups, quiet, users
from bot.storage.acts import ActRow
from rules.conduct.effects import DAY, LANE_PRESSES, Delete, Leave, Planned, Say, lifetime, required_right
from rules.conduct.plan import instead

RIGHT = "right:"
# Done once the basic group has become a supergroup.
SUPERGROUP = "supergroup"
# Whoever cannot be written to is told by a line in the group.
UNHEARD = frozenset((BLOCKED, NEVER_STARTED, UNREACHABLE))


class Right(NamedTuple):
    """A right of the bot in a group."""

    group_id: int
    name: str


class News(NamedTuple):
    """What somebody should hear of once the Unit has been committed."""

    unknown: tuple[ActRow, ...] = ()
    missing: tuple[Right, ...] = ()
    worked: tuple[Right, ...] = ()

    def __add__(self, other: object) -> "News":
        if not isinstance(other, News):
            return NotImplemented
        return News(self.unknown + other.unknown, self.missing + other.missing, self.worked + other.worked)


async def settle(unit: Unit, ended: Ended, now: float) -> News:
    """One errand's end, as rows: they are read again, for the group may have moved or the decision been taken back."""
    errand, outcome, wait = ended
    rows = await acts.by_ids(unit, ids(errand))
    if not rows:
        return News()
    errand = errand._replace(rows=tuple(rows))
    match as_meant(errand, outcome):
        case Done(result=result):
            await done(unit, errand, dict(result), int(now))
            return News(worked=tuple(rights(errand)))
        case Refused(reason=reason) if reason == NEEDS_SUPERGROUP and errand.row.group_id is not None:
            await acts.hold(unit, ids(errand), cause=SUPERGROUP)
        case Refused(reason=reason):
            await refused(unit, errand, reason, int(now))
        case Held(cause=cause):
            # What was called off meanwhile must not wait for a right to come back.
            await acts.refuse_ended(unit, ids(errand), int(now))
            return await held(unit, errand, cause, int(now))
        case Migrated(new_chat_id=new):
            await groups.migrate(unit, errand.chat_id, new)
            await again(unit, errand, now, 0.0, "moved")
        case Later():
            await again(unit, errand, now, wait, "flood limit")
        case Again(reason=reason):
            await again(unit, errand, now, wait, reason)
        case Unknown(reason=reason):
            await end(unit, errand, "unknown", int(now), reason)
            return News(unknown=errand.rows)
    return News()


async def again(unit: Unit, errand: Errand, now: float, wait: float, reason: str) -> None:
    """Rounded down: the limiter of this process waits exactly, the row tells the next one. It does not know presses."""
    rounded = math.ceil if errand.row.lane == LANE_PRESSES else int
    await acts.refuse_ended(unit, ids(errand), int(now))
    for row in errand.rows:
        await acts.retry(unit, row.id, rounded(now + wait), reason=reason)


def rights(errand: Errand) -> Iterator[Right]:
    right = required_right(errand.act)
    if right is not None and errand.row.group_id is not None:
        yield Right(errand.row.group_id, right)


def ids(errand: Errand) -> list[int]:
    return [row.id for row in errand.rows]


def as_meant(errand: Errand, outcome: Outcome) -> Outcome:
    """A chat that is not the group itself says nothing about what the bot may do in the group."""
    away = elsewhere(errand.act) or errand.row.group_id is None
    return Refused(UNREACHABLE) if isinstance(outcome, Held) and away else outcome


async def end(unit: Unit, errand: Errand, state: str, now: int, reason: str = "") -> None:
    for row in errand.rows:
        await acts.settle(unit, row.id, state, now, reason=reason)


async def done(unit: Unit, errand: Errand, result: dict[str, object], now: int) -> None:
    for row in errand.rows:
        # What stands in a chat that has moved on meanwhile has no number any more.
        kept = {} if errand.chat_id not in (0, row.chat_id) else result
        await acts.settle(unit, row.id, "done", now, result=kept)
        if isinstance(row.act, Leave) and row.group_id is not None:
            await out_of(unit, row.group_id, now)
        await lockdown.settled(unit, row, kept, now)
        message_id = kept.get("message_id")
        if row.key.startswith(quieting.KEY):
            await quiet.told(unit, row.id, now, kept, acts.message_of(kept))
        if isinstance(row.act, Say) and isinstance(message_id, int) and (at := gone_at(row, row.act, now)):
            await take_down(unit, row, row.chat_id, message_id, at)


def gone_at(row: ActRow, act: Say, now: int) -> int:
    """When the post is to disappear (0: never): at once where it was called off while it was being sent."""
    if row.reason == acts.CALLED_OFF and not elsewhere(act):
        return now
    # Of what was said in private it is said of the line that would have stood for it.
    return now + act.delete_after if act.delete_after and not act.instead else 0


async def take_down(unit: Unit, row: ActRow, chat_id: int, message_id: int, at: int) -> None:
    """A post that was to disappear does so by an act of its own."""
    planned = Planned(Delete(message_ids=(message_id,), own=True), not_before=at, expires_at=at + 2 * DAY)
    await acts.write(
        unit, key=f"{row.key}:gone", decision_id=row.decision_id, group_id=row.group_id, chat_id=chat_id,
        user_id=row.user_id, planned=[planned], at=at,
    )  # fmt: skip


async def refused(unit: Unit, errand: Errand, reason: str, now: int) -> None:
    if reason in UNHEARD and await told_in_group(unit, errand.row, reason, now):
        return
    await end(unit, errand, "expired" if reason == EXPIRED else "refused", now, reason)
    await topics.refused(unit, errand.row.group_id, errand.act, reason, now)
    await deciding.refused(unit, errand.row, reason, now)
    if reason in UNHEARD:
        await inviting.refused(unit, errand.row, now)
    if reason in (BLOCKED, DEACTIVATED) and errand.chat_id > 0:
        await users.blocked(unit, errand.chat_id, now)


async def told_in_group(unit: Unit, row: ActRow, reason: str, now: int) -> bool:
    """The same act becomes the line, so that what comes after it still does; False where there is none to say."""
    if not isinstance(row.act, Say) or not row.act.instead or row.group_id is None:
        return False
    line, group = instead(row.act), (await groups.by_ids(unit, [row.group_id])).get(row.group_id)
    ends = min(row.expires_at, row.created_at + lifetime(line))
    if group is None or now >= ends:
        return False
    if reason == BLOCKED:
        await users.blocked(unit, row.act.to_user, now)
    return await acts.say_here(unit, row, line, group.chat_id, now, ends)


async def held(unit: Unit, errand: Errand, cause: str, now: int) -> News:
    await acts.hold(unit, ids(errand), cause=cause)
    group_id = errand.row.group_id
    if group_id is None:
        return News()
    if cause == INACTIVE:
        await out_of(unit, group_id, now)
        return News()
    return await without(unit, group_id, cause.removeprefix(RIGHT), errand.row.kind)


async def without(unit: Unit, group_id: int, right: str, speaking: str) -> News:
    """All acts of the group that Telegram would refuse for the same wait as well, so that each is not in its turn."""
    alike = [row.id for row in await acts.pending_of_group(unit, group_id) if needs(row, right, speaking)]
    await acts.hold(unit, alike, cause=RIGHT + right)
    group = (await groups.by_ids(unit, [group_id], lock=True)).get(group_id)
    # Its return is heard of only where its loss is known.
    if group is not None:
        await groups.update(unit, group_id, bot_rights=group.bot_rights - {right})
    return News(missing=(Right(group_id, right),))


def needs(row: ActRow, right: str, speaking: str) -> bool:
    """Whether it needs that right of an administrator; or the bot's voice in the group, as what speaks in that way."""
    required = required_right(row.act)
    mute = right == MAY_SPEAK and required is None and row.kind == speaking and not elsewhere(row.act)
    return required == right or mute


async def out_of(unit: Unit, group_id: int, now: int) -> None:
    """The bot is in that group no more: what was to be done waits, and whoever set it up hears of it once."""
    group = (await groups.by_ids(unit, [group_id], lock=True)).get(group_id)
    if group is None or await arrivals.gone(unit, group, now):
        return
    await acts.hold(unit, group_id=group_id, cause=INACTIVE)
    await groups.update(unit, group_id, state="inactive", bot_status="left")
    if group.state == "active":
        await alarms.shut_out(unit, group, now)
