"""What one person has in hand in a group, counted and given to another; decides nothing."""

from collections.abc import Collection

from sqlalchemy import func, select, update

from bot.storage.tables import backups, shifts, tickets
from bot.storage.unit import Unit


async def taken(unit: Unit, group_id: int, user_id: int, new: int, audiences: Collection[str]) -> int:
    """Open questions that person has taken up, but those that `new` may not answer."""
    mine = (tickets.c.state == "open", tickets.c.group_id == group_id, tickets.c.taken_by == user_id)
    found = select(func.count()).select_from(tickets).where(*mine, tickets.c.not_by != new)
    return int(await unit.scalar(found.where(tickets.c.audience.in_(sorted(audiences)))))


async def on_shift(unit: Unit, group_id: int, user_id: int) -> int:
    mine = (shifts.c.group_id == group_id, shifts.c.user_id == user_id)
    return int(await unit.scalar(select(func.count()).select_from(shifts).where(*mine)))


async def standing_in(unit: Unit, group_id: int, user_id: int, new: int) -> int:
    """For how many others that person stands in, but for `new` themselves."""
    mine = (backups.c.group_id == group_id, backups.c.backup_id == user_id, backups.c.user_id != new)
    return int(await unit.scalar(select(func.count()).select_from(backups).where(*mine)))


async def stand_in(unit: Unit, group_id: int, old: int, new: int) -> None:
    """`new` stands in wherever `old` did; nobody stands in for themselves."""
    mine = (backups.c.group_id == group_id, backups.c.backup_id == old, backups.c.user_id != new)
    await unit.execute(update(backups).where(*mine).values(backup_id=new))
