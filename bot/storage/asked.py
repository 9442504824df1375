"""How often somebody asked about a text; the answers themselves lose their words when they are sent."""

from sqlalchemy import func, select

from bot.storage.actstates import ASKED_ABOUT
from bot.storage.tables import acts
from bot.storage.unit import Unit


async def count(unit: Unit, user_id: int, since: int) -> int:
    mine = (acts.c.user_id == user_id, acts.c.purpose == ASKED_ABOUT, acts.c.created_at >= since)
    return int(await unit.scalar(select(func.count()).select_from(acts).where(*mine)))
