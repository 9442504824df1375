"""People who have spoken with the bot alone: only they may be written to."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import update

from bot.storage.tables import users
from bot.storage.unit import Sql, Unit, missing


class UserRow(NamedTuple):
    """`blocked_at` is 0 unless the person has blocked the bot; `language` "" until chosen."""

    user_id: int
    name: str
    username: str
    language: str
    started_at: int
    blocked_at: int

    @property
    def reachable(self) -> bool:
        """Telegram lets a bot write only to those who pressed Start and have not blocked it."""
        return bool(self.started_at) and not self.blocked_at


GET = Sql(
    "SELECT user_id, name, username, language, started_at, blocked_at FROM json_each(?1) AS k "
    "CROSS JOIN users ON user_id = k.value",
    "SELECT user_id, name, username, language, started_at, blocked_at FROM unnest($1::bigint[]) AS k(asked) "
    "JOIN users ON user_id = k.asked",
)


async def get(unit: Unit, user_ids: Collection[int]) -> dict[int, UserRow]:
    if not user_ids:
        return {}
    return {row[0]: UserRow._make(row) for row in await unit.fetch(GET, unit.array(user_ids))}


async def reachable(unit: Unit, user_ids: Collection[int]) -> dict[int, UserRow]:
    """Those who may be written to."""
    return {user_id: row for user_id, row in (await get(unit, user_ids)).items() if row.reachable}


async def started(unit: Unit, user_id: int, name: str, username: str, language: str, at: int) -> None:
    """Somebody pressed Start, perhaps again; a language that was chosen stays."""
    row = UserRow(user_id, name, username, language, at, 0)._asdict()
    new = {"name": name, "username": username, "started_at": at, "blocked_at": 0, "quiet_since": 0}
    await unit.execute(unit.insert(users).values(row).on_conflict_do_update(index_elements=["user_id"], set_=new))


async def blocked(unit: Unit, user_id: int, at: int) -> None:
    await unit.execute(missing(unit, users).values(UserRow(user_id, "", "", "", 0, at)._asdict()))
    await unit.execute(update(users).where(users.c.user_id == user_id).values(blocked_at=at))


async def set_language(unit: Unit, user_id: int, language: str) -> None:
    await unit.execute(missing(unit, users).values(UserRow(user_id, "", "", language, 0, 0)._asdict()))
    await unit.execute(update(users).where(users.c.user_id == user_id).values(language=language))
