"""Which decision is meant: by its number, by a reply to what it was about or to its notice, or the last of a person."""

from bot.storage import books, lookups
from bot.storage.books import DecisionRow
from handlers.answers import phrase, reply
from handlers.context import Talk
from handlers.numbers import decision_number
from handlers.orders import Order
from handlers.targets import find, group_row

LAST = 10


async def meant(talk: Talk, order: Order, state: str = "") -> tuple[DecisionRow, Order] | None:
    """The decision and the rest of the words; None after having said what is unclear. `state`: only such a one."""
    number = decision_number(order.first())
    if number is not None:
        decision = await here(talk, number)
        if decision is not None:
            return decision, order.without_first()
        if order.answered is None and len(order.first()) < len("10000"):
            await reply(talk, phrase("no_such_decision", number=str(number)))
            return None
    about = await pointed_at(talk, order) if not order.first().startswith("@") and order.mention is None else 0
    decision = await here(talk, about) if about else None
    return (decision, order) if decision is not None else await last_of_person(talk, order, state)


async def here(talk: Talk, number: int) -> DecisionRow | None:
    """A decision of this group, never of another."""
    decision = await books.decision(talk.unit, number)
    return decision if decision is not None and decision.group_id == group_row(talk).id else None


async def pointed_at(talk: Talk, order: Order) -> int:
    """The decision about the message that is answered, or the one whose notice it is; 0 for none."""
    if order.answered is None or talk.private:
        return 0
    group_id, message_id = group_row(talk).id, order.answered.message_id
    decision = await books.decision_about(talk.unit, group_id, message_id)
    if decision is not None:
        return decision.id
    return await lookups.decision_of_post(talk.unit, group_id, message_id) or 0


async def last_of_person(talk: Talk, order: Order, state: str) -> tuple[DecisionRow, Order] | None:
    target = await find(talk, order)
    if target is None:
        return None
    rows = await books.decisions_of(talk.unit, group_row(talk).id, target.user_id, LAST)
    found = next((row for row in rows if state in {"", row.state}), None)
    if found is None:
        await reply(talk, phrase("no_decisions", name=target.mention))
        return None
    return found, target.order
