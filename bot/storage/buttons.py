"""Buttons under the bot's posts: a press names a random row, and all that it may do stands there."""

import secrets
from typing import NamedTuple

from sqlalchemy import select, update

from bot.storage.tables import buttons, clean
from bot.storage.unit import Unit
from rules.conduct.effects import Button

Rows = tuple[tuple[Button, ...], ...]
Ids = tuple[tuple[str, ...], ...]

RANDOM_BYTES = 12


class ButtonRow(NamedTuple):
    """`state` is open or used; `ref` and `note` are what the button is about."""

    id: str
    action: str
    audience: str
    user_id: int
    ref: int
    note: str
    group_id: int | None
    decision_id: int | None
    state: str
    created_at: int


async def make(unit: Unit, rows: Rows, *, group_id: int | None, decision_id: int | None, at: int) -> Ids:
    """A row for each button but links; their ids in the same arrangement, "" for a link."""
    ids = tuple(tuple("" if b.url else secrets.token_urlsafe(RANDOM_BYTES) for b in line) for line in rows)
    new = [
        ButtonRow(row_id, b.action, b.audience, b.user_id, b.ref, b.note, group_id, decision_id, "open", at)._asdict()
        for line, line_ids in zip(rows, ids, strict=True)
        for b, row_id in zip(line, line_ids, strict=True)
        if row_id
    ]
    if new:
        await unit.execute(unit.insert(buttons), new)
    return ids


async def get(unit: Unit, button_id: str) -> ButtonRow | None:
    row = (await unit.execute(select(buttons).where(buttons.c.id == clean(button_id)))).first()
    return None if row is None else ButtonRow._make(row)


async def use(unit: Unit, button_id: str) -> bool:
    """True for the first press alone."""
    first = update(buttons).where(buttons.c.id == clean(button_id), buttons.c.state == "open")
    return (await unit.execute(first.values(state="used"))).rowcount > 0


async def of_decision(unit: Unit, decision_id: int) -> list[ButtonRow]:
    found = select(buttons).where(buttons.c.decision_id == decision_id).order_by(buttons.c.created_at, buttons.c.id)
    return [ButtonRow._make(row) for row in await unit.execute(found)]
