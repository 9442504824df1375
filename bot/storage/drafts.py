"""What somebody sent to be imported, kept until they have seen what it would do and confirmed it, once."""

from typing import NamedTuple

from sqlalchemy import delete, select, update

from bot.storage.tables import clean, drafts
from bot.storage.unit import Unit

SECONDS = 24 * 3600


class DraftRow(NamedTuple):
    """`kind` is a permanent name; `group_id` 0: of no group; `content` is read again when it is confirmed."""

    id: int
    user_id: int
    group_id: int
    kind: str
    content: str
    at: int


COLUMNS = [drafts.c[name] for name in DraftRow._fields]


async def put(unit: Unit, user_id: int, group_id: int, kind: str, content: str, at: int) -> int:
    row = {"user_id": user_id, "group_id": group_id, "kind": kind, "content": clean(content), "at": at, "used_at": 0}
    made: int = await unit.scalar(unit.insert(drafts).values(row).returning(drafts.c.id))
    return made


async def peek(unit: Unit, draft_id: int, user_id: int, kind: str, now: int) -> DraftRow | None:
    """As long as it may be confirmed: by whoever sent it, within a day, and not yet."""
    mine = (drafts.c.id == draft_id, drafts.c.user_id == user_id, drafts.c.kind == kind)
    asked = select(*COLUMNS).where(*mine, drafts.c.used_at == 0, drafts.c.at > now - SECONDS)
    row = (await unit.execute(asked)).first()
    return None if row is None else DraftRow._make(row)


async def take(unit: Unit, draft_id: int, user_id: int, kind: str, now: int) -> DraftRow | None:
    """The same, and for the last time: of two presses one does it."""
    row = await peek(unit, draft_id, user_id, kind, now)
    if row is None:
        return None
    used = update(drafts).where(drafts.c.id == draft_id, drafts.c.used_at == 0).values(used_at=now, content="")
    return row if (await unit.execute(used)).rowcount else None


async def trim(unit: Unit, before: int) -> int:
    return (await unit.execute(delete(drafts).where(drafts.c.at < before))).rowcount
