"""How instances see each other live on PostgreSQL: each holds a lock of the server by a connection of its own."""

import asyncio
from collections.abc import Callable
from typing import Any

import asyncpg

from bot.storage.address import Address
from bot.storage.engine import PostgresConnection, connected_postgres
from bot.storage.errors import StorageUnavailable, passing
from bot.storage.fence import SPACE, key_of
from bot.storage.lease import LeaseRow
from bot.storage.life import new_instance
from bot.storage.lockfile import Sight

# The server forgets a machine that is gone after 19 s; a beat need not be on its disk to have been.
SETTINGS = {
    "application_name": "dengta lease",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
    "synchronous_commit": "off",
}
STUCK_SECONDS = 10.0

LOCK = "SELECT pg_try_advisory_lock($1)"
# Given back with the statement: who looks must not keep out whom it looks at.
FREE = "SELECT pg_try_advisory_xact_lock_shared($1)"
BEAT = "UPDATE leases SET beats = beats + 1 WHERE bot_id = $1 AND instance = $2"
# Sessions that hold the liveness lock of an instance (one key of 64 bits) or the fence of its bot (two of 32).
EVICT = """
SELECT count(pg_terminate_backend(pid)) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND ((objsubid = 1 AND ((classid::bigint << 32) | objid::bigint) = $1::bigint)
  OR (objsubid = 2 AND classid::bigint = $2::bigint AND objid::bigint = $3::bigint))
"""


class SessionLife:
    """The lock's key is the instance's random number: nothing else in the database has it. `broken` hears at once
    when the server has ended the connection, for then the lock is free.
    """

    def __init__(self, where: Address, broken: Callable[[], None]) -> None:
        self.instance = new_instance()
        self._where = where
        self._broken = broken
        self._connection: PostgresConnection | None = None
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        await self._ask("SELECT 1")

    async def beat(self, bot_id: int) -> None:
        await self._ask(BEAT, bot_id, self.instance)

    async def sight(self, row: LeaseRow) -> Sight:
        return Sight(not await self._ask(FREE, row.instance), row.beats)

    async def evict(self, row: LeaseRow, bot_id: int) -> None:
        """Its transactions would end by themselves after a minute of idleness; this is to be sooner."""
        await self._ask(EVICT, row.instance, SPACE, key_of(bot_id) % 0x100000000)

    async def tidy(self) -> None:
        return None

    async def close(self) -> None:
        await self._drop()

    async def _ask(self, statement: str, *values: Any) -> Any:
        """One value; a connection that fails is given up, and the next question has a new one, with the lock."""
        async with self._turn:
            try:
                return await (await self._ready()).fetchval(statement, *values, timeout=STUCK_SECONDS)
            except asyncpg.InsufficientPrivilegeError:
                return None
            except Exception as error:
                await self._drop()
                if (trouble := passing(error)) is None:
                    raise
                raise trouble from error

    async def _ready(self) -> PostgresConnection:
        if self._connection is None or self._connection.is_closed():
            connection = await connected_postgres(self._where, SETTINGS)
            self._connection = connection
            connection.add_termination_listener(self._ended)
            if not await connection.fetchval(LOCK, self.instance, timeout=STUCK_SECONDS):
                raise StorageUnavailable("somebody is just looking whether this instance lives", "try again")
        return self._connection

    def _ended(self, connection: object) -> None:
        if connection is self._connection:
            self._broken()

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None and not connection.is_closed():
            try:
                await connection.close(timeout=1.0)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                connection.terminate()
