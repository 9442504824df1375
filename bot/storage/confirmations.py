"""Who has said yes to what needs two people; each yes is good for a while only."""

from sqlalchemy import delete, select

from bot.storage.tables import clean, confirmations
from bot.storage.unit import Unit


async def put(unit: Unit, subject: str, user_id: int, at: int) -> None:
    """Said again, it counts from now."""
    row = {"subject": subject, "user_id": user_id, "at": at}
    keys = ["subject", "user_id"]
    await unit.execute(
        unit.insert(confirmations).values(row).on_conflict_do_update(index_elements=keys, set_={"at": at})
    )


async def since(unit: Unit, subject: str, at: int) -> frozenset[int]:
    """Who said yes since then."""
    found = select(confirmations.c.user_id).where(confirmations.c.subject == clean(subject), confirmations.c.at >= at)
    return frozenset((await unit.execute(found)).scalars())


async def forget(unit: Unit, subject: str) -> None:
    await unit.execute(delete(confirmations).where(confirmations.c.subject == clean(subject)))
