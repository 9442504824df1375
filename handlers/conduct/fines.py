"""/fine: what an ad without a red packet still owes; members read 补发. It records what was given and holds nothing."""

from collections.abc import Awaitable, Callable, Mapping

from bot.storage import asides, books, fines
from handlers.conduct.measures import take
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.decisions import here, pointed_at
from handlers.reading.numbers import decision_number
from handlers.reading.targets import Target, find, group_row, known, measurable, names_a_person
from handlers.saying.answers import phrase, reply
from handlers.saying.personal import About, show, view
from handlers.saying.times import moment
from rules.conduct import fines as settling
from rules.conduct import measures
from rules.conduct.effects import Mention, Phrase
from rules.conduct.standing import OpenFine

MOST_SHOWN = 20


async def fine(talk: Talk, order: Order) -> None:
    name = WORDS.get(order.first().lower()) if order.first() else "list"
    if name is None:
        await reply(talk, phrase("usage_fine"))
        return
    await WAYS[name](talk, order.without_first()._replace(name=f"fine {name}"))


async def paid(talk: Talk, order: Order) -> None:
    found = await owed(talk, order)
    if found is not None:
        await settle_paid(talk, *found)


async def settle_paid(talk: Talk, target: Target, owing: OpenFine) -> None:
    """The packet was given: the ad comes back under its label."""
    aside = await asides.get(talk.unit, owing.decision_id)
    await take(talk, target, "fine.paid", lambda c, p: settling.paid(c, p, owing.fine_id, aside))


async def waive(talk: Talk, order: Order) -> None:
    found = await owed(talk, order)
    if found is not None:
        target, owing = found
        await take(talk, target, "fine.waive", lambda c, p: settling.waived(c, p, owing.fine_id), target.order.words)


async def grant_pass(talk: Talk, order: Order) -> None:
    """A red packet announced beforehand covers the next ad."""
    target = await find(talk, order)
    if target is None:
        return
    await take(talk, target, "fine.pass", measures.grant_pass)


async def open_one(talk: Talk, order: Order) -> None:
    """The message that is answered goes aside, so that it can be posted again."""
    if order.answered is None:
        await reply(talk, phrase("fine_needs_a_message"))
        return
    target = await measurable(talk, order)
    if target is None:
        return
    reason, facts = target.order.words, order.answered.facts
    if facts.user_id != target.user_id:
        await reply(talk, phrase("fine_needs_a_message"))
    elif target.row is None or target.row.rules_accepted_at is None:
        await reply(talk, phrase("fine_not_agreed", name=target.mention))
    else:
        await take(talk, target, "fine.open", lambda c, p: measures.open_fine(c, p, reason), reason, facts)


async def make_up(talk: Talk, order: Order) -> None:
    """补发 as a reply: to the notice of a 补发 it was given, to an ad it is asked for."""
    number = await pointed_at(talk, order)
    decision = await books.decision(talk.unit, number) if number else None
    if decision is not None and any(each.decision_id == number for each in await open_of(talk, decision.user_id)):
        await paid(talk, order)
    else:
        await open_one(talk, order)


async def listed(talk: Talk, _: Order) -> None:
    await show(talk, "fines", About(group_row(talk), 0))


@view("fines")
async def fines_of_group(talk: Talk, about: About) -> list[Phrase]:
    rows = await fines.open_fines(talk.unit, about.group.id)
    if not rows:
        return [phrase("fines_none")]
    lines = [
        phrase(
            "fine_line", number=row.decision_id, name=Mention(row.user_id, (await person(talk, row.user_id)).name),
            amount=row.amount, unit=row.unit, deadline=moment(talk, row.due_at),
        )
        for row in rows[:MOST_SHOWN]
    ]  # fmt: skip
    return [phrase("fines_head", n=len(rows)), *lines]


async def person(talk: Talk, user_id: int) -> Target:
    return await known(talk, user_id, str(user_id), Order("fine"))


async def owed(talk: Talk, order: Order) -> tuple[Target, OpenFine] | None:
    """Whose fine is meant: by its number, by a reply to its notice, or the oldest of a person."""
    typed = decision_number(order.first())
    number = typed or await pointed_at(talk, order)
    decision = await here(talk, number) if number else None
    if decision is not None:
        left = order.without_first() if typed else order
        target: Target | None = (await person(talk, decision.user_id))._replace(order=left)
        wanted = decision.id
    elif typed and order.answered is None and not await names_a_person(talk, order.first()):
        await reply(talk, phrase("no_such_decision", number=str(typed)))
        return None
    else:
        target, wanted = await find(talk, order, "who_or_number"), 0
    if target is None:
        return None
    open_fines = await open_of(talk, target.user_id)
    chosen = next((each for each in open_fines if wanted in {0, each.decision_id}), None)
    if chosen is None:
        await reply(talk, phrase("fine_none_open", name=target.mention))
        return None
    return target, chosen


async def open_of(talk: Talk, user_id: int) -> tuple[OpenFine, ...]:
    case = await talk.services.moderator.case_of(talk.unit, group_row(talk), user_id, talk.at)
    return case.member.standing.open_fines


WAYS: Mapping[str, Callable[[Talk, Order], Awaitable[None]]] = {
    "list": listed, "paid": paid, "waive": waive, "pass": grant_pass, "open": open_one, "ask": make_up,
}  # fmt: skip
WORDS: Mapping[str, str] = {
    "列表": "list", "已补": "paid", "补发": "ask", "免": "waive", "免除": "waive", "预告": "pass", "开": "open",
    **{name: name for name in WAYS},
}  # fmt: skip
