"""The audit as a table, for leaders and for the command line; it reads and changes nothing."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import sheets
from bot.storage import Unit, groups, members, users
from bot.storage import audit as rows
from bot.storage.audit import AuditRow
from bot.storage.groups import GroupRow

HEADER = (
    "number", "at", "group", "who", "who_id", "who_name", "action", "whom_id", "whom_name", "before", "after",
)  # fmt: skip
MOST = 20_000
Names = Mapping[tuple[int, int], str]


async def table(unit: Unit, found: Sequence[GroupRow], since: int, *, refused: bool = True) -> str:
    """CSV, the oldest first, in each group's own time; cells that look like formulas are made safe."""
    entries = await rows.of_groups(unit, [group.id for group in found], since, MOST, refused=refused)
    names = await named(unit, entries)
    by_id = {group.id: group for group in found}
    return sheets.write(HEADER, (cells(row, by_id.get(row.group_id), names) for row in reversed(entries)))


def cells(row: AuditRow, group: GroupRow | None, names: Names) -> tuple[object, ...]:
    zone = ZoneInfo(group.zone if group is not None else "UTC")
    when = datetime.fromtimestamp(row.at, zone).isoformat(sep=" ")
    who, whom = names.get((row.group_id, row.actor_id), ""), names.get((row.group_id, row.target_id), "")
    return (
        row.id, when, group.title if group is not None else "", row.actor_kind, row.actor_id or "", who, row.action,
        row.target_id or "", whom, told(row.before), told(row.after),
    )  # fmt: skip


def told(facts: Mapping[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False) if facts else ""


async def named(unit: Unit, entries: Sequence[AuditRow]) -> Names:
    """Those who did it, and those it was done to, as that group knows them."""
    keys = set(people(entries))
    known = await members.load(unit, keys)
    alone = await users.get(unit, {user_id for _, user_id in keys})
    return {key: name_of(key, known, alone) for key in keys}


def people(entries: Collection[AuditRow]) -> Iterator[tuple[int, int]]:
    for row in entries:
        yield from ((row.group_id, user_id) for user_id in (row.actor_id, row.target_id) if user_id)


def name_of(
    key: tuple[int, int], known: Mapping[tuple[int, int], members.MemberRow], alone: Mapping[int, users.UserRow]
) -> str:
    if key in known and known[key].name:
        return known[key].name
    return alone[key[1]].name if key[1] in alone else ""


async def owned(unit: Unit, group: GroupRow, owner_ids: Collection[int]) -> list[GroupRow]:
    """All groups among those numbers, at least this one."""
    found = [each for each in await groups.all_active(unit) if each.id in owner_ids]
    return found if any(each.id == group.id for each in found) else [group]
