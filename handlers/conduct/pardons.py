"""/pardon: what counted against a person counts no more; one decision of it, or all."""

from bot.storage import books
from handlers.conduct.measures import take
from handlers.conduct.needless import burdened, where
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.numbers import decision_number
from handlers.reading.targets import find, group_row
from handlers.saying.answers import phrase, reply
from rules.conduct import measures


async def pardon(talk: Talk, order: Order) -> None:
    target = await find(talk, order)
    if target is None:
        return
    number = decision_number(target.order.first())
    if number is None:
        await take(talk, target, "pardon", where(burdened, measures.pardon), target.order.words)
        return
    decision = await books.decision(talk.unit, number)
    if decision is None or (decision.group_id, decision.user_id) != (group_row(talk).id, target.user_id):
        await reply(talk, phrase("no_such_decision", number=number))
        return
    reason = target.order.without_first().words
    await take(talk, target, "pardon", lambda c, p: measures.pardon(c, p, number), reason)
