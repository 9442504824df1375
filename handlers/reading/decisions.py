"""Which decision is meant: by its number, by a reply to what it was about or to its notice, or the last of a person."""

from collections.abc import Callable

from bot.storage import books, lookups
from bot.storage.books import DecisionRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.numbers import decision_number
from handlers.reading.targets import find, group_row, names_a_person
from handlers.saying.answers import phrase, reply

LAST = 50
# What a leader means by "take it back" without saying which: never an undo, nor what was good for the person.
MEASURES = frozenset(
    {"remind", "warn", "ask_to_leave", "remove", "mute", "delete", "fine", "ask_name", "read_only", "care"}
)


Found = tuple[DecisionRow, Order] | None


def any_of(_: DecisionRow) -> bool:
    return True


async def meant(talk: Talk, order: Order, only: Callable[[DecisionRow], bool] = any_of) -> Found:
    """The decision and the rest of the words; None after having said what is unclear.

    `only`: of a person's decisions the newest such one; by number or by a reply it may be any.
    """
    number = decision_number(order.first())
    if number is not None and order.mention is None:
        decision = await here(talk, number)
        if decision is not None:
            return decision, order.without_first()
        if order.answered is None and not await names_a_person(talk, order.first()):
            await reply(talk, phrase("no_such_decision", number=str(number)))
            return None
    about = await pointed_at(talk, order) if not order.first().startswith("@") and order.mention is None else 0
    decision = await here(talk, about) if about else None
    return (decision, order) if decision is not None else await last_of_person(talk, order, only)


def in_force(row: DecisionRow) -> bool:
    """A measure that was taken and still stands."""
    return row.state == "standing" and row.mode == "enforce" and row.step in MEASURES


async def here(talk: Talk, number: int) -> DecisionRow | None:
    """A decision of this group, never of another."""
    decision = await books.decision(talk.unit, number)
    return decision if decision is not None and decision.group_id == group_row(talk).id else None


async def pointed_at(talk: Talk, order: Order) -> int:
    """The decision about the message that is answered, or the one whose notice it is; 0 for none."""
    if order.answered is None or talk.private:
        return 0
    group, message_id = group_row(talk), order.answered.message_id
    if talk.chat_id == group.chat_id:
        decision = await books.decision_about(talk.unit, group.id, message_id)
        if decision is not None:
            return decision.id
    return await lookups.decision_of_post(talk.unit, group.id, talk.chat_id, message_id) or 0


async def last_of_person(talk: Talk, order: Order, only: Callable[[DecisionRow], bool]) -> Found:
    target = await find(talk, order, "who_or_number")
    if target is None:
        return None
    rows = await books.decisions_of(talk.unit, group_row(talk).id, target.user_id, LAST)
    found = next(filter(only, rows), None)
    if found is None:
        await reply(talk, phrase("no_records" if only is any_of else "no_decisions", name=target.mention))
        return None
    return found, target.order
