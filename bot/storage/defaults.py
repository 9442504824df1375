"""The settings groups began with, each set of them once under its fingerprint, never changed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from bot.storage import codec
from bot.storage.tables import clean, defaults, groups
from bot.storage.unit import Unit, missing


async def keep(unit: Unit, fingerprint: str, settings: Mapping[str, object]) -> None:
    row = {"fingerprint": fingerprint, "settings": codec.encode_table(dict(settings))}
    await unit.execute(missing(unit, defaults).values(row))


async def get(unit: Unit, fingerprint: str) -> dict[str, Any]:
    """Empty where none are kept under it."""
    found = select(defaults.c.settings).where(defaults.c.fingerprint == clean(fingerprint))
    row = (await unit.execute(found)).first()
    return {} if row is None else codec.decode_table(str(row.settings))


async def pin(unit: Unit, fingerprint: str, group_id: int | None = None) -> int:
    """That group, or every one, begins with them unless it began with others; how many did."""
    mine = update(groups).where(groups.c.defaults == "")
    if group_id is not None:
        mine = mine.where(groups.c.id == group_id)
    return (await unit.execute(mine.values(defaults=clean(fingerprint)))).rowcount
