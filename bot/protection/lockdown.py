"""A group in which everybody may only read for a while: closed, told, made longer, opened again at its hour."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from bot import tongues
from bot.conduct.policies import zone_of
from bot.desks import cards
from bot.storage import acts, audit, deadlines, groups, lockdowns
from bot.storage.acts import ActRow
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.lockdowns import LockdownRow
from bot.storage.unit import Unit
from rules.conduct.effects import DAY, Act, Card, Deadline, Edit, Phrase, Planned, Say, SetPermissions

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

OVER: Literal["lockdown_over"] = "lockdown_over"
SHORTEST, USUAL, LONGEST = 60, 600, DAY
# Nobody may write until this is done, so it is tried for as long as it takes.
OPENING_SECONDS = 366 * DAY
CHANGED = "lockdown_changed"


async def begin(
    unit: Unit, group: GroupRow, allowed: frozenset[str], seconds: int, *, by: int, at: int, key: str,
    reason: str = "", thread: int = 0,
) -> LockdownRow:  # fmt: skip
    """`allowed` is what everybody may do now. Where it is closed already, it ends at the new hour instead."""
    until = at + seconds
    known = await lockdowns.get(unit, group.id)
    if known is not None:
        return await prolong(unit, group, known, until, at, key, reason)
    new = LockdownRow(group.id, at, until, by, allowed, 0, 0, reason)
    await lockdowns.begin(unit, new)
    await deadlines.add(unit, group.id, 0, None, [Deadline(OVER, until)])
    return await close(unit, group, new, at, key, thread)


async def close(unit: Unit, group: GroupRow, row: LockdownRow, at: int, key: str, thread: int = 0) -> LockdownRow:
    """What takes the permissions, and the line that tells the group once they are taken."""
    said = words(group, row.until, row.reason)
    planned = [
        Planned(SetPermissions(before=tuple(sorted(row.permissions))), expires_at=row.until),
        Planned(
            Say(words=said, language=group.language, thread=thread, purpose="answer"), after=0, expires_at=row.until
        ),
    ]
    ids = await write(unit, group, f"{key}:closed", planned, at)
    await lockdowns.told(unit, group.id, ids[0], ids[1])
    return row._replace(closing_act=ids[0], notice_act=ids[1])


async def prolong(
    unit: Unit, group: GroupRow, known: LockdownRow, until: int, at: int, key: str, reason: str
) -> LockdownRow:  # fmt: skip
    """The same lockdown with another end: what is given back stays what everybody had before it."""
    if until == known.until:
        return known
    new = known._replace(until=until, reason=reason or known.reason)
    await lockdowns.change(unit, group.id, until, new.reason)
    await deadlines.add(unit, group.id, 0, None, [Deadline(OVER, until)])
    closing = await acts.get(unit, known.closing_act)
    if closing is not None and closing.state in acts.FAILED:
        # It came to nothing, so nobody is kept from writing yet.
        return await close(unit, group, new, at, key)
    message_id = await posted(unit, known)
    if message_id:
        line = Edit(words=words(group, until, new.reason), language=group.language, message_id=message_id)
        await write(unit, group, f"{key}:longer", [Planned(line, expires_at=until)], at)
    return new


async def end(unit: Unit, group: GroupRow, at: int) -> bool:
    """Everybody may do again what they could do before; False where nothing is closed."""
    known = await lockdowns.get(unit, group.id)
    if known is None or not await lockdowns.over(unit, group.id):
        return False
    # Tried again after the group was opened, it would close it for ever.
    await acts.give_up(unit, [known.closing_act, known.notice_act], at)
    give_back = Planned(SetPermissions(allowed=tuple(sorted(known.permissions))), expires_at=at + OPENING_SECONDS)
    wanted = [give_back]
    message_id = await posted(unit, known)
    if message_id:
        line = Edit(words=(Phrase("protect.lockdown_over"),), language=group.language, message_id=message_id)
        wanted.append(Planned(line, after=0, expires_at=at + OPENING_SECONDS))
    await write(unit, group, f"lockdown:{known.closing_act}:over", wanted, at)
    return True


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    """Its hour has come, unless it was made longer, or ended, meanwhile."""
    known = await lockdowns.get(unit, group.id)
    if known is not None and known.until <= now and await end(unit, group, now):
        await audit.add(unit, at=now, actor_kind="clock", actor_id=0, action="lockdown.over", group_id=group.id)


async def settled(unit: Unit, row: ActRow, result: dict[str, object], at: int) -> None:
    """A person changed the permissions between: it is what counts, and leaders hear that the bot left it alone."""
    found = result.get("found")
    if not isinstance(row.act, SetPermissions) or not isinstance(found, list) or row.group_id is None:
        return
    if not row.act.allowed:
        await lockdowns.found(unit, row.id, frozenset(map(str, found)))
        return
    group = (await groups.by_ids(unit, [row.group_id])).get(row.group_id)
    if group is not None:
        card = Card(CHANGED, (Phrase("protect.lockdown_changed"),))
        await cards.ask(unit, group, card, key=f"{row.key}:changed", at=at)


async def posted(unit: Unit, known: LockdownRow) -> int:
    """The message that told the group, 0 where it does not stand."""
    found = await acts.get(unit, known.notice_act) if known.notice_act else None
    return acts.message_of(found.result) if found is not None and found.state == "done" else 0


def words(group: GroupRow, until: int, reason: str) -> tuple[Phrase, ...]:
    said = Phrase("protect.lockdown", (("until", clock_time(group, until)),))
    return (said, Phrase("protect.lockdown_reason", (("reason", reason),))) if reason else (said,)


def clock_time(group: GroupRow, at: int) -> str:
    return f"{datetime.fromtimestamp(at, zone_of(group)):%m-%d %H:%M}"


async def write(unit: Unit, group: GroupRow, key: str, planned: list[Planned], at: int) -> list[int]:
    return await acts.write(
        unit, key=key, group_id=group.id, chat_id=group.chat_id,
        planned=await tongues.addressed(unit, planned), at=at,
    )  # fmt: skip


def closing(allowed: frozenset[str]) -> Act:
    """What it takes, for whoever asks beforehand which right is needed."""
    return SetPermissions(before=tuple(sorted(allowed)))
