"""What every writing transaction of a bot that holds a lease proves as it begins: that nobody has taken over."""

from collections.abc import Callable

from bot.storage.errors import LeaseLost

# The first of two keys of PostgreSQL's advisory locks; the second is of the bot.
SPACE = 0x4C656173
OURS = "SELECT 1 FROM leases WHERE bot_id = ?1 AND epoch = ?2"


def key_of(bot_id: int) -> int:
    """The lower half of the number, with a sign; two bots that share it only wait for each other's takeovers."""
    return (bot_id + 0x80000000) % 0x100000000 - 0x80000000


class Fence:
    """SQLite asks in the visit that begins the transaction.

    PostgreSQL asks in the message that begins it: a shared lock first, which a takeover takes for itself alone and
    so waits for every commit that has begun; and the epoch after it, so that it is that of the moment.
    """

    __slots__ = ("_lost", "postgresql", "sqlite")

    def __init__(self, bot_id: int, epoch: int, lost: Callable[[], None]) -> None:
        self._lost = lost
        self.sqlite = (OURS, (bot_id, epoch))
        # Several statements in one message take no bound values; these are whole numbers of our own.
        self.postgresql = (
            f"BEGIN; SELECT pg_advisory_xact_lock_shared({SPACE:d}, {key_of(bot_id):d}); "  # noqa: S608
            f"SELECT 1 FROM leases WHERE bot_id = {bot_id:d} AND epoch = {epoch:d}"
        )

    def lost(self) -> LeaseLost:
        self._lost()
        return LeaseLost()
