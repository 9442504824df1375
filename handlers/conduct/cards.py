"""A card that asks leaders: the question is answered once, by whoever is first, and then the card says how."""

from collections.abc import Iterable, Mapping
from typing import cast

from bot import audit
from bot.desks import taking
from bot.powers import Audience
from bot.storage import tickets
from bot.storage.tickets import TicketRow
from handlers.conduct.card_buttons import buttons_of, is_to_decide
from handlers.frame.context import Talk
from handlers.reading.kept import person_name
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, act, alert, catalogue, phrase, write
from handlers.saying.panels import card_head
from handlers.saying.times import moment
from rules.conduct.effects import Edit, Phrase

in_desk = catalogue("desk")


async def still_open(talk: Talk, found: Iterable[TicketRow]) -> TicketRow | None:
    """The question of this group among those found; whoever comes second hears who answered it."""
    here = [each for each in found if each.group_id == group_row(talk).id]
    ticket = next((each for each in here if each.state == "open"), None)
    if ticket is not None and ticket.not_by != talk.actor.user_id:
        return ticket
    if ticket is not None:
        await alert(talk, in_desk("not_you"))
        return None
    answered = next((each for each in here if each.state == "answered"), None)
    if answered is None:
        await alert(talk, phrase("card_answered"))
    else:
        by = await person_name(talk, answered.group_id, answered.answered_by)
        await alert(talk, phrase("card_answered_by", by=by))
    return None


async def is_first(talk: Talk, ticket: TicketRow, answer: str) -> bool:
    """Of two who press at the same moment; the second one hears it, and so does whoever may not answer this one."""
    if ticket.not_by == talk.actor.user_id:
        await alert(talk, in_desk("not_you"))
        return False
    first = await tickets.answer(talk.unit, ticket.id, talk.actor.user_id, talk.at, answer)
    if not first:
        await alert(talk, phrase("card_answered"))
    return first


async def state_of(talk: Talk, ticket: TicketRow) -> tuple[Phrase, ...]:
    """Who looks after it, and by when an answer is promised."""
    by = await person_name(talk, ticket.group_id, ticket.taken_by) if ticket.taken_by else ""
    taken = (in_desk("taken_by", name=by),) if by else ()
    late = "overdue" if ticket.due_at <= talk.actor.at else "promised"
    return (*taken, in_desk(late, at=moment(talk, ticket.due_at))) if ticket.due_at else taken


def buttons_on(talk: Talk, ticket: TicketRow) -> Rows:
    """The card's own, and the one by which somebody takes it up or puts it back."""
    audience = cast(Audience, ticket.audience)
    elsewhere = ticket.taken_by and ticket.taken_by != talk.actor.user_id and talk.private
    if elsewhere or not is_to_decide(ticket):
        return buttons_of(ticket)
    make = taking.let_go if ticket.taken_by else taking.take
    more = taking.file_of(ticket.decision_id, audience)
    return (*buttons_of(ticket), (make(ticket.id, audience), *more))


async def settle(
    talk: Talk, ticket: TicketRow, action: str, outcome: Phrase, buttons: Rows = (), *, after: Mapping[str, object] = {}
) -> None:
    """What was answered is audited, stands on the card, and whoever pressed hears that it is done."""
    await audit.done(
        talk.unit, talk.actor, action, talk.at, group_id=ticket.group_id, target_id=ticket.user_id,
        before={"decision": ticket.decision_id}, after=after,
    )  # fmt: skip
    await redraw(talk, ticket, (*ticket.words, outcome), buttons)
    await alert(talk, phrase("done"))


async def redraw(talk: Talk, ticket: TicketRow, words: tuple[Phrase, ...], buttons: Rows = ()) -> None:
    """The card itself changes; its buttons stay those of this group and this question."""
    await write(talk, changed(talk, words, buttons), talk.chat_id, ticket.group_id, ticket.decision_id)


async def close(talk: Talk, words: tuple[Phrase, ...], outcome: Phrase) -> None:
    """The card keeps its words, loses its buttons and says who decided what."""
    await act(talk, changed(talk, (*words, outcome)))


def changed(talk: Talk, words: tuple[Phrase, ...], buttons: Rows = ()) -> Edit:
    """In the language of everybody who reads the card, not of whoever pressed."""
    return Edit(
        words=(card_head(group_row(talk)), *words), language=talk.public_language, message_id=talk.message_id,
        to_chat=talk.chat_id, buttons=buttons,
    )  # fmt: skip
