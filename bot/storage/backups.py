"""Who stands in for whom in a group when somebody who took something up is silent; decides nothing."""

from sqlalchemy import and_, delete, select

from bot.storage.tables import backups
from bot.storage.unit import Unit


async def put(unit: Unit, group_id: int, user_id: int, backup_id: int, by: int, at: int) -> None:
    row = {"group_id": group_id, "user_id": user_id, "backup_id": backup_id, "set_by": by, "at": at}
    new = {"backup_id": backup_id, "set_by": by, "at": at}
    made = unit.insert(backups).values(row).on_conflict_do_update(index_elements=["group_id", "user_id"], set_=new)
    await unit.execute(made)


async def of_group(unit: Unit, group_id: int) -> dict[int, int]:
    """Who stands in, by whom for."""
    found = select(backups.c.user_id, backups.c.backup_id).where(backups.c.group_id == group_id)
    return {int(user): int(backup) for user, backup in await unit.execute(found.order_by(backups.c.at))}


async def remove(unit: Unit, group_id: int, user_id: int) -> bool:
    """False where nobody stood in."""
    one = delete(backups).where(and_(backups.c.group_id == group_id, backups.c.user_id == user_id))
    return (await unit.execute(one)).rowcount > 0
