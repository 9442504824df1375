"""One-time links by which an installation finds its owner; only a hash of each is kept."""

from typing import NamedTuple

from sqlalchemy import delete, select, update

from bot.storage.tables import claims, clean
from bot.storage.unit import Unit


class ClaimRow(NamedTuple):
    """`used_at` 0: nobody has opened it in time."""

    id: str
    created_at: int
    expires_at: int
    used_by: int
    used_at: int


COLUMNS = [claims.c[name] for name in ClaimRow._fields]


async def offer(unit: Unit, claim_id: str, at: int, until: int) -> None:
    """The only one from now on: whatever nobody has used is void."""
    await unit.execute(delete(claims).where(claims.c.used_at == 0))
    await unit.execute(unit.insert(claims).values(ClaimRow(claim_id, at, until, 0, 0)._asdict()))


async def take(unit: Unit, claim_id: str, user_id: int, at: int) -> bool:
    """True for the first alone, and in time: whoever comes at the same moment waits for the row and finds it used."""
    good = (claims.c.id == clean(claim_id), claims.c.used_at == 0, claims.c.expires_at > at)
    taken = update(claims).where(*good).values(used_by=user_id, used_at=at)
    return (await unit.execute(taken)).rowcount > 0


async def get(unit: Unit, claim_id: str) -> ClaimRow | None:
    row = (await unit.execute(select(*COLUMNS).where(claims.c.id == clean(claim_id)))).first()
    return None if row is None else ClaimRow._make(row)
