"""Which updates were taken: an update that comes twice changes nothing the second time."""

from collections.abc import Sequence

from sqlalchemy import delete, select, tuple_

from bot.storage.tables import updates_seen
from bot.storage.unit import Sql, Unit

MARK = Sql(
    "INSERT OR IGNORE INTO updates_seen (bot_id, update_id, at) SELECT ?1, value, ?3 FROM json_each(?2) "
    "RETURNING update_id",
    "INSERT INTO updates_seen (bot_id, update_id, at) SELECT $1, each, $3 FROM unnest($2::bigint[]) AS each "
    "ON CONFLICT DO NOTHING RETURNING update_id",
)


async def mark(unit: Unit, bot_id: int, update_ids: Sequence[int], at: int) -> set[int]:
    """Those that are new; from now on they are not."""
    if not update_ids:
        return set()
    return {int(row[0]) for row in await unit.fetch(MARK, bot_id, unit.array(update_ids), at)}


async def trim(unit: Unit, before: int, most: int) -> int:
    """Forget some of what was taken before; Telegram repeats nothing older than a day."""
    key = (updates_seen.c.bot_id, updates_seen.c.update_id)
    old = select(*key).where(updates_seen.c.at < before).limit(most)
    return (await unit.execute(delete(updates_seen).where(tuple_(*key).in_(old)))).rowcount
