"""/approve and /decline: a request by its number, or by answering its card."""

import re

from bot.storage import joinrequests
from bot.storage.joinrequests import RequestRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.joining.press_desk import let_in, turn_away, wanted
from handlers.reading.numbers import decision_number
from handlers.reading.targets import group_row
from handlers.saying.panels import open_panel

PANEL = "joining"
# As a card names its request, in whichever language it is read.
NAMED = re.compile(r"#(\d{1,18})")


async def approve(talk: Talk, order: Order) -> None:
    row = await meant(talk, order)
    if row is not None:
        await let_in(talk, row)


async def decline(talk: Talk, order: Order) -> None:
    row = await meant(talk, order)
    if row is not None:
        await turn_away(talk, row)


async def meant(talk: Talk, order: Order) -> RequestRow | None:
    """One of this group; without a number, those who wait are shown."""
    number = decision_number(order.first()) or of_card(order)
    if number is None:
        await open_panel(talk, PANEL)
        return None
    row = await joinrequests.get(talk.unit, number)
    return await wanted(talk, row if row is not None and row.group_id == group_row(talk).id else None)


def of_card(order: Order) -> int | None:
    """The number on the bot's own card that the order answers."""
    card = order.answered
    found = NAMED.search(card.facts.text) if card is not None and card.kind == "bot" else None
    return int(found[1]) if found else None
