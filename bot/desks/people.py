"""Who is there for a question: on shift, standing in for somebody, holding the role; it only finds them."""

from collections.abc import Collection, Iterable

from bot.conduct.policies import zone_of
from bot.powers import AUDIENCES, Audience
from bot.storage import backups, members, roles, shifts, users
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from bot.storage.users import UserRow
from rules.programme.localtime import local


async def holders(unit: Unit, group: GroupRow, audience: Audience, at: int) -> frozenset[int]:
    """Everybody who may answer, but operators: Telegram's administrators lead, others by a role of the bot."""
    who = AUDIENCES[audience]
    led = {row.user_id for row in await members.admins(unit, group.id) if not row.is_bot} if "leader" in who else set()
    return frozenset(led | await roles.holders(unit, group.id, at, who))


async def owning(unit: Unit, group: GroupRow) -> list[int]:
    """Whose installation it is: the last to be asked."""
    return [*([group.owner_id] if group.owner_id else []), *sorted(await roles.operators(unit))]


async def on_shift(unit: Unit, group: GroupRow, at: int) -> list[int]:
    there = local(at, zone_of(group))
    minute = there.hour * 60 + there.minute
    found = await shifts.of_group(unit, group.id)
    now = [row for row in found if row.weekday == there.weekday() and row.from_minute <= minute < row.until_minute]
    return [row.user_id for row in now]


async def first_reachable(
    unit: Unit, group: GroupRow, audience: Audience = "leaders", but: Collection[int] = (), *, at: int
) -> UserRow | None:
    """On shift, else who set the group up, else another who may answer, else who owns it all."""
    able, owners = await holders(unit, group, audience, at), await owning(unit, group)
    # Until it is known who leads there, whoever set it up does.
    trusted = able | {*owners, *(() if group.admins_at else (group.set_up_by,))}
    first = [each for each in (*await on_shift(unit, group, at), group.set_up_by) if each in trusted]
    order = [*first, *sorted(able), *owners]
    return await first_of(unit, order, but)


async def stand_in(unit: Unit, group: GroupRow, audience: Audience, silent: set[int], at: int) -> UserRow | None:
    """Who takes over where somebody is silent: their backup, else who is on shift, else who owns it all."""
    able = await holders(unit, group, audience, at)
    known = await backups.of_group(unit, group.id)
    named = [known[each] for each in sorted(silent) if each in known]
    here = [each for each in (*named, *await on_shift(unit, group, at)) if each in able]
    return await first_of(unit, [*here, *await owning(unit, group)], silent)


async def first_of(unit: Unit, order: Iterable[int], but: Collection[int]) -> UserRow | None:
    """The first who can be written to."""
    wanted = [each for each in order if each and each not in but]
    found = await users.reachable(unit, wanted)
    return next((found[each] for each in wanted if each in found), None)
