"""The lease: one row a bot that says whose turn it is; whoever takes it over shuts out all that had it before."""

from typing import NamedTuple

from sqlalchemy import select, update

from bot.storage.errors import StorageError
from bot.storage.fence import SPACE, key_of
from bot.storage.migrate import HEAD, OUR_LOCK, VERSION
from bot.storage.tables import leases
from bot.storage.unit import Sql, Unit, missing

SCHEMA_STAYS = Sql("", "SELECT pg_advisory_xact_lock_shared($1)")
ALONE = Sql("", "SELECT pg_advisory_xact_lock($1::int, $2::int)")


class LeaseRow(NamedTuple):
    """`epoch` grows with every turn; `instance` is the random number of the process that has it, 0 before the first.

    `beats` is counted here on PostgreSQL only. `place` tells people where that process is.
    """

    epoch: int
    instance: int
    beats: int
    place: str


FREE = LeaseRow(0, 0, 0, "")
COLUMNS = [leases.c[name] for name in LeaseRow._fields]


async def look(unit: Unit, bot_id: int) -> LeaseRow:
    row = (await unit.execute(select(*COLUMNS).where(leases.c.bot_id == bot_id))).first()
    return FREE if row is None else LeaseRow._make(row)


async def take(unit: Unit, bot_id: int, seen: LeaseRow, instance: int, place: str) -> LeaseRow:
    """The next epoch for `instance`, if the lease still is as it was seen; how it stands now.

    Waits for every Unit of the one before that has begun, and for a change of the schema, which may be refused then.
    """
    if unit.dialect == "postgresql":
        await unit.fetch(SCHEMA_STAYS, OUR_LOCK)
        await unit.fetch(ALONE, SPACE, key_of(bot_id))
    if (schema := str((await unit.fetch(VERSION))[0][0])) != HEAD:
        raise StorageError(f"the database has another schema by now ({schema})", "start the newest version installed")
    await unit.execute(missing(unit, leases).values(bot_id=bot_id, **FREE._asdict()))
    mine = LeaseRow(seen.epoch + 1, instance, 0, place)
    as_seen = (leases.c.bot_id == bot_id, leases.c.epoch == seen.epoch)
    await unit.execute(update(leases).where(*as_seen).values(**mine._asdict()))
    return await look(unit, bot_id)
