"""Messages of the last two days without their text: who wrote when, and whether two were alike."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, select, tuple_

from bot.storage.tables import clean, recent_messages
from bot.storage.unit import Sql, Unit


class RecentRow(NamedTuple):
    """`fold_hash` and `simhash` are signed 64-bit numbers, 0 for a message without words."""

    group_id: int
    user_id: int
    message_id: int
    at: int
    fold_hash: int
    simhash: int
    album_id: str


COLUMNS = [recent_messages.c[name] for name in RecentRow._fields]

ADD = Sql(
    "INSERT INTO recent_messages (group_id, user_id, message_id, at, fold_hash, simhash, album_id) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET "
    "fold_hash = excluded.fold_hash, simhash = excluded.simhash",
    "INSERT INTO recent_messages (group_id, user_id, message_id, at, fold_hash, simhash, album_id) "
    "SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], "
    "$7::text[]) ON CONFLICT (group_id, message_id) DO UPDATE SET "
    "fold_hash = excluded.fold_hash, simhash = excluded.simhash",
)


async def add(unit: Unit, rows: Sequence[RecentRow]) -> None:
    """A message that is known keeps its time: an edit changes what it says, not when it came."""
    last = {(row.group_id, row.message_id): row for row in rows}
    if last:
        await unit.many(ADD, [(*last[key][:6], clean(last[key].album_id)) for key in sorted(last)])


async def since(unit: Unit, at: int) -> list[RecentRow]:
    """All of them, the oldest first."""
    found = select(*COLUMNS).where(recent_messages.c.at >= at)
    rows = await unit.execute(found.order_by(recent_messages.c.at, recent_messages.c.message_id))
    return [RecentRow._make(row) for row in rows]


async def trim(unit: Unit, before: int, most: int) -> int:
    """Some of the older ones; how many."""
    key = (recent_messages.c.group_id, recent_messages.c.message_id)
    old = select(*key).where(recent_messages.c.at < before).limit(most)
    return (await unit.execute(delete(recent_messages).where(tuple_(*key).in_(old)))).rowcount
