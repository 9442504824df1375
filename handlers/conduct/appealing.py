"""[申诉] and /appeal: the same by one press and in words; quiet in the group, a choice of buttons in private."""

from collections.abc import Sequence

from bot.storage import books, tickets
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.conduct.appeals import APPEAL, Asked, ask, listen
from handlers.conduct.records import is_unsaid
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.joining import waits
from handlers.reading.decisions import in_force
from handlers.reading.homes import once_homes
from handlers.reading.numbers import decision_number
from handlers.reading.targets import group_row
from handlers.saying.answers import (
    alert,
    answer,
    has_started,
    in_their_language,
    phrase,
    receipt,
    reply,
    whisper,
    word,
)
from rules.conduct.effects import Button, Phrase

LAST, MOST_SHOWN = 20, 8
NAME = "nickname_format"


async def appeal(talk: Talk, order: Order) -> None:
    """The newest own decision in force, or the one with that number; further words go onto the card."""
    if talk.actor.anonymous or talk.actor.channel:
        await reply(talk, phrase("personal_needs_a_name"))
        return
    number = decision_number(order.first())
    if number is None and talk.private:
        await choose(talk, order.words)
        return
    row = await newest(talk) if number is None else await own(talk, number)
    words = order.words if number is None else order.without_first().words
    if row is None:
        missing = phrase("appeal_none") if number is None else phrase("appeal_no_such", number=str(number))
        await reply(talk, missing)
        return
    told = await ask(talk, row, words)
    if talk.private or not told.new:
        await answer(talk, await listen(talk, told), told.rows)
        return
    await receipt(talk)
    await remember(talk, told)


async def remember(talk: Talk, told: Asked) -> None:
    """What was promised stands in private as well, where that is possible, with the button to say more."""
    if told.new and await has_started(talk, talk.actor.user_id):
        await in_their_language(talk)
        await whisper(talk, await listen(talk, told), told.rows)


async def newest(talk: Talk) -> DecisionRow | None:
    rows = await books.decisions_of(talk.unit, group_row(talk).id, talk.actor.user_id, LAST)
    return next(iter(appealable(rows)), None)


def appealable(rows: Sequence[DecisionRow]) -> list[DecisionRow]:
    """In force, the newest first; of a name that was settled afterwards nothing is left to look at."""
    settled = max((row.id for row in rows if row.rule == NAME and row.step == "settle"), default=0)
    return [row for row in rows if in_force(row) and not (row.step == "ask_name" and row.id < settled)]


async def own(talk: Talk, number: int) -> DecisionRow | None:
    """A decision about whoever asks; in private its group becomes that of the conversation."""
    row = await books.decision(talk.unit, number)
    if row is None or row.user_id != talk.actor.user_id or is_unsaid(row):
        return None
    if talk.private:
        talk.group = next((group for group in await once_homes(talk) if group.id == row.group_id), None)
    return row if talk.group is not None and talk.group.id == row.group_id else None


async def choose(talk: Talk, words: str) -> None:
    """All that may be appealed, of every group one is or was in, each with its button; one alone needs no choice."""
    found = []
    for group in await once_homes(talk):
        found += [(group, row) for row in await open_to_appeal(talk, group)]
    if not found:
        await waits.or_else(talk, phrase("appeal_none"))
    elif len(found) == 1 and words:
        talk.group, row = found[0]
        told = await ask(talk, row, words)
        await answer(talk, await listen(talk, told), told.rows)
    else:
        for group, row in sorted(found, key=lambda each: -each[1].id)[:MOST_SHOWN]:
            talk.group = group
            await whisper(talk, (phrase("appeal_which", title=group.title), line(talk, row)), ((button(row),),))


async def open_to_appeal(talk: Talk, group: GroupRow) -> list[DecisionRow]:
    """What the leaders can still be asked to look at again: once about each."""
    rows = await books.decisions_of(talk.unit, group.id, talk.actor.user_id, LAST)
    return [row for row in appealable(rows) if not await was_asked(talk, row)]


async def was_asked(talk: Talk, row: DecisionRow) -> bool:
    return any(each.kind == APPEAL for each in await tickets.of_decision(talk.unit, row.id))


def line(talk: Talk, row: DecisionRow) -> Phrase:
    rule = word(talk, f"rule_{row.rule}") if row.rule else word(talk, "rule_by_person")
    return phrase("appeal_line", number=str(row.id), rule=rule, step=word(talk, f"step_{row.step}"))


def button(row: DecisionRow) -> Button:
    label = Phrase("conduct.button_appeal")
    return Button(label, action="appeal.open", audience="member", user_id=row.user_id, ref=row.id)


@press("appeal.open")
async def on_appeal(talk: Talk, button: ButtonRow) -> None:
    """One press, no reason needed; somebody else looks, and the same press twice asks once."""
    row = await books.decision(talk.unit, button.ref or button.decision_id or 0)
    mine = row is not None and row.group_id == group_row(talk).id and row.user_id == talk.actor.user_id
    if row is None or not mine:
        await alert(talk, phrase("press_unknown"))
        return
    told = await ask(talk, row)
    await alert(talk, told.said)
    await remember(talk, told)
