"""Lets go what the bot says unasked: as much as the day has room for, several in one post; the rest waits.

The only way from written to sendable for a post that counts, whoever wrote it; deletions and mutes never pass here.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.storage import acts, groups, quiet
from bot.storage.acts import ActRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import gathering
from rules.conduct.effects import DAY, HOUR, Planned, Say
from rules.conduct.gathering import Day, Terms, Waiting
from rules.programme.localtime import local, moment

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

TermsOf = Callable[[Unit, GroupRow], Awaitable[tuple[Terms, ZoneInfo]]]
KEY = "gathered:"
# Longer than the longest wait: a night, or a whole day whose posts are spent.
KEPT = 36 * HOUR


def by_policy(moderator: "Moderator") -> TermsOf:
    """As each group decided, on its own clock."""

    async def terms_of(unit: Unit, group: GroupRow) -> tuple[Terms, ZoneInfo]:
        ruled = await moderator.ruled(unit, group)
        return gathering.terms_of(ruled.policy), ruled.zone

    return terms_of


async def day_of(unit: Unit, group_id: int, now: int, zone: ZoneInfo) -> Day:
    return Day(*await quiet.used(unit, group_id, midnight(now, zone)))


def midnight(now: int, zone: ZoneInfo) -> int:
    return moment(local(now, zone).date(), time(0), zone)


async def work(unit: Unit, group_id: int, terms_of: TermsOf | None, now: int) -> None:
    """Everything that could be said now of one group; afterwards each was let go or waits for a later moment."""
    group = (await groups.by_ids(unit, [group_id])).get(group_id)
    rows = await quiet.waiting(unit, group_id, now)
    if terms_of is None or group is None:
        await quiet.let_go(unit, [row.id for row in rows if row.not_before <= now], now)
        return
    terms, zone = await terms_of(unit, group)
    await remind(unit, [row for row in rows if row.chat_id > 0], now, zone, terms)
    await in_group(unit, group, [row for row in rows if row.chat_id < 0], now, zone, terms)


async def in_group(unit: Unit, group: GroupRow, rows: Sequence[ActRow], now: int, zone: ZoneInfo, terms: Terms) -> None:
    """What fits goes; whatever stays is looked at again when there may be room."""
    if not any(row.not_before <= now for row in rows):
        return
    day = await day_of(unit, group.id, now, zone)
    by_id = {row.id: row for row in rows}
    wanting = [Waiting(row.id, row.not_before <= now, gathering.mergeable(row.act)) for row in rows]
    pressing = await quiet.restricting(unit, [row.id for row in rows if row.not_before <= now])
    go = gathering.posts(wanting, gathering.room(now, day, terms, zone))
    if not go and pressing:
        sharing = gathering.with_pressing(wanting, pressing)
        go = gathering.posts(sharing, gathering.pressed_room(now, day, terms, zone))
    for together in go:
        await post(unit, group, [by_id[each] for each in together], now)
    gone = {each for together in go for each in together}
    left = [each.id for each in wanting if each.due and each.id not in gone]
    if left:
        day = await day_of(unit, group.id, now, zone)
        again = gathering.next_look(now, day, terms, zone, pressing=not pressing.isdisjoint(left))
        await quiet.keep(unit, left, again, now + KEPT)


async def post(unit: Unit, group: GroupRow, rows: Sequence[ActRow], now: int) -> None:
    if len(rows) == 1:
        await quiet.let_go(unit, [rows[0].id], now)
        return
    said = gathering.together([row.act for row in rows if isinstance(row.act, Say)])
    [number] = await acts.write(
        unit, key=f"{KEY}{group.id}:{rows[0].id}:{rows[-1].id}", group_id=group.id, chat_id=group.chat_id,
        planned=[Planned(said)], at=now,
    )  # fmt: skip
    await quiet.let_go(unit, [number], now)
    await quiet.share(unit, [row.id for row in rows], number, now + DAY)


async def remind(unit: Unit, rows: Sequence[ActRow], now: int, zone: ZoneInfo, terms: Terms) -> None:
    """In private: a few a day for each person, the rest tomorrow when people are awake."""
    for row in rows:
        if row.not_before > now:
            continue
        count, _ = await quiet.used(unit, 0, midnight(now, zone), chat_id=row.chat_id)
        if count < gathering.PRIVATE_A_DAY:
            await quiet.let_go(unit, [row.id], now)
            continue
        tomorrow = local(now, zone).date() + timedelta(days=1)
        await quiet.keep(unit, [row.id], moment(tomorrow, terms.night_until, zone), now + KEPT)
