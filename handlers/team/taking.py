"""[我来处理] and [先放回去]: whoever looks after a question says so on its card, and promises an answer."""

from bot import audit
from bot.desks import cards as desk
from bot.desks import taking
from bot.storage import tickets
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct import appeals
from handlers.conduct.cards import buttons_on, redraw, state_of
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.kept import person_name
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, catalogue, phrase
from handlers.saying.times import moment
from rules.conduct.effects import HOUR

in_desk = catalogue("desk")


@press(taking.TAKE)
async def take(talk: Talk, pressed: ButtonRow) -> None:
    ticket = await asked(talk, pressed)
    if ticket is None:
        return
    me, due_at = talk.actor.user_id, talk.at + (await talk.policy()).desk.promised_hours * HOUR
    if ticket.not_by == me:
        await alert(talk, in_desk("not_you"))
        return
    if not await tickets.take(talk.unit, ticket.id, me, talk.at, due_at):
        name = await person_name(talk, ticket.group_id, ticket.taken_by)
        await alert(talk, in_desk("is_taken", name=name))
        return
    taken = ticket._replace(taken_by=me, taken_at=talk.at, due_at=ticket.due_at or due_at)
    await desk.watch(talk.unit, group_row(talk), talk.at)
    await audited(talk, ticket, taken)
    await shown(talk, taken)
    if ticket.kind == appeals.APPEAL:
        await appeals.taken(talk, taken)
    await alert(talk, in_desk("you_took", at=moment(talk, taken.due_at)))


@press(taking.LET_GO)
async def let_go(talk: Talk, pressed: ButtonRow) -> None:
    ticket = await asked(talk, pressed)
    if ticket is None:
        return
    if ticket.taken_by != talk.actor.user_id:
        await alert(talk, in_desk("not_yours"))
        return
    await tickets.let_go(talk.unit, ticket.id)
    free = ticket._replace(taken_by=0, taken_at=0)
    await audited(talk, ticket, free)
    await shown(talk, free)
    await alert(talk, in_desk("let_go"))


async def asked(talk: Talk, pressed: ButtonRow) -> TicketRow | None:
    """The open question behind the button, of this group; None after having said that it is answered."""
    ticket = await tickets.get(talk.unit, pressed.ref)
    if ticket is not None and ticket.group_id == group_row(talk).id and ticket.state == "open":
        return ticket
    await alert(talk, phrase("card_answered"))
    return None


async def shown(talk: Talk, ticket: TicketRow) -> None:
    await redraw(talk, ticket, (*ticket.words, *await state_of(talk, ticket)), buttons_on(talk, ticket))


async def audited(talk: Talk, before: TicketRow, after: TicketRow) -> None:
    await audit.done(
        talk.unit, talk.actor, "ticket.taken" if after.taken_by else "ticket.let_go", talk.at,
        group_id=before.group_id, target_id=before.user_id,
        before={"ticket": before.id, "taken_by": before.taken_by}, after={"taken_by": after.taken_by},
    )  # fmt: skip
