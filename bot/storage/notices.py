"""The one notice of each group: its text, where it stands, when it was last looked at."""

from typing import Any, NamedTuple

from sqlalchemy import delete, select, update

from bot.storage.tables import clean, group_notices
from bot.storage.unit import Unit


class NoticeRow(NamedTuple):
    """`act_id` is what was last done for it; `message_id` 0: it is not known yet where it stands.

    `asked_about` is the other pinned message that leaders were asked about.
    """

    group_id: int
    text: str
    act_id: int
    message_id: int
    asked_about: int
    looked_at: int
    set_by: int
    at: int


COLUMNS = [group_notices.c[name] for name in NoticeRow._fields]


async def get(unit: Unit, group_id: int) -> NoticeRow | None:
    row = (await unit.execute(select(*COLUMNS).where(group_notices.c.group_id == group_id))).first()
    return None if row is None else NoticeRow._make(row)


async def put(unit: Unit, row: NoticeRow) -> None:
    values = row._replace(text=clean(row.text))._asdict()
    insert = unit.insert(group_notices).values(values)
    await unit.execute(insert.on_conflict_do_update(index_elements=["group_id"], set_=values))


async def change(unit: Unit, group_id: int, **columns: Any) -> None:
    await unit.execute(update(group_notices).where(group_notices.c.group_id == group_id).values(columns))


async def remove(unit: Unit, group_id: int) -> None:
    await unit.execute(delete(group_notices).where(group_notices.c.group_id == group_id))


async def not_looked_at_since(unit: Unit, before: int, limit: int) -> list[NoticeRow]:
    """Those whose turn it is, the longest waiting first."""
    found = select(*COLUMNS).where(group_notices.c.looked_at <= before).order_by(group_notices.c.looked_at)
    return [NoticeRow._make(row) for row in await unit.execute(found.limit(limit))]


async def oldest_look(unit: Unit) -> int | None:
    found = select(group_notices.c.looked_at).order_by(group_notices.c.looked_at).limit(1)
    at: int | None = await unit.scalar(found)
    return at
