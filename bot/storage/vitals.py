"""Whether the database takes a write now, and what waits in it; cheap enough to be asked every few seconds."""

from typing import NamedTuple

from bot.storage.errors import StorageError, passing
from bot.storage.migrate import HEAD, PROBE, VERSION
from bot.storage.store import Storage
from bot.storage.unit import Sql, Unit
from rules.conduct.effects import LANE_SPEECH

WAITING = Sql(
    "SELECT kind, cause, COUNT(*), MIN(CASE WHEN cause = '' AND not_before = 0 AND after_id IS NULL AND lane <> ?1 "
    "THEN created_at END) FROM acts WHERE state IN ('pending', 'sending', 'held') GROUP BY kind, cause",
    "SELECT kind, cause, COUNT(*), MIN(CASE WHEN cause = '' AND not_before = 0 AND after_id IS NULL AND lane <> $1 "
    "THEN created_at END) FROM acts WHERE state IN ('pending', 'sending', 'held') GROUP BY kind, cause",
)


LATER = Sql(
    "SELECT COUNT(*) FROM acts WHERE state = 'pending' AND not_before > ?1",
    "SELECT COUNT(*) FROM acts WHERE state = 'pending' AND not_before > $1",
)


class Waiting(NamedTuple):
    """Acts that are not settled: pending by kind, held by cause; `oldest` (Unix seconds) of those, posts aside, that
    nothing keeps from being sent: posts wait for Telegram's limits as a matter of course.
    """

    pending: dict[str, int]
    held: dict[str, int]
    oldest: int | None


async def schema_at_head(storage: Storage) -> bool:
    """Writes, without changing anything; whether the schema is this program's. Raises StorageError."""
    try:
        async with storage.unit() as unit:
            found = (await unit.fetch(VERSION))[0][0]
            await unit.driver.execute(PROBE)
    except StorageError:
        raise
    except Exception as error:
        trouble = passing(error)
        raise (trouble or StorageError(f"it refuses a write ({type(error).__name__})", "look at the log")) from error
    return bool(found == HEAD)


async def planned_for_later(unit: Unit, now: int) -> int:
    """Acts whose hour has not come: answers that disappear after a minute, requests that end."""
    return int((await unit.fetch(LATER, now))[0][0])


async def waiting(unit: Unit) -> Waiting:
    pending: dict[str, int] = {}
    held: dict[str, int] = {}
    oldest: list[int] = []
    for kind, cause, count, since in await unit.fetch(WAITING, LANE_SPEECH):
        counted, name = (held, cause) if cause else (pending, kind)
        counted[name] = counted.get(name, 0) + int(count)
        if since is not None:
            oldest.append(int(since))
    return Waiting(pending, held, min(oldest, default=None))
