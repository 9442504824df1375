"""What leaders press on a request to join: let in, decline kindly, mark the fee as paid, ask one thing more."""

from telegram import Message

from bot import audit
from bot.joining import deciding
from bot.joining.card import OWED, buttons
from bot.joining.card import phrase as in_join
from bot.storage import awaited, joinrequests, tickets, users
from bot.storage.awaited import AwaitedRow
from bot.storage.buttons import ButtonRow
from bot.storage.joinrequests import RequestRow
from bot.storage.tickets import TicketRow
from handlers.conduct.cards import redraw
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.joining import early
from handlers.joining.questions import WORDS, policy_of
from handlers.reading.kept import person_name
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, answer, has_started, phrase, reply, write
from handlers.saying.panels import back, show
from rules.conduct.effects import DAY, Phrase, Say
from rules.conduct.joining import method, owes

LONGEST_QUESTION = 300
ASK = "join.ask"


async def wanted(talk: Talk, row: RequestRow | None) -> RequestRow | None:
    """The request if it waits for a leader; else whoever asks hears how it stands."""
    if row is not None and row.state == "waiting":
        return row
    if row is None:
        await reply(talk, in_join("no_such_request"))
    elif row.state == "asking":
        await early.once_more(talk, row)
    elif row.decided_by:
        by = await person_name(talk, row.group_id, row.decided_by)
        await reply(talk, phrase("card_answered_by", by=by))
    else:
        await reply(talk, phrase("card_answered"))
    return None


async def of_button(talk: Talk, button: ButtonRow) -> RequestRow | None:
    return await wanted(talk, await joinrequests.last_of(talk.unit, group_row(talk).id, button.ref))


async def still_open(talk: Talk, button: ButtonRow) -> RequestRow | None:
    """The request whether or not all is answered: whoever presses this was asked once more."""
    row = await joinrequests.get(talk.unit, button.ref)
    row = row if row is not None and row.group_id == group_row(talk).id else None
    return row if row is not None and row.state == "asking" else await wanted(talk, row)


@press(early.APPROVE)
async def approve_now(talk: Talk, button: ButtonRow) -> None:
    row = await still_open(talk, button)
    if row is not None:
        await let_in(talk, row)


@press(early.DECLINE)
async def decline_now(talk: Talk, button: ButtonRow) -> None:
    row = await still_open(talk, button)
    if row is not None:
        await turn_away(talk, row)


@press("join.approve")
async def approve(talk: Talk, button: ButtonRow) -> None:
    row = await of_button(talk, button)
    if row is not None:
        await let_in(talk, row)


@press("join.decline")
async def decline(talk: Talk, button: ButtonRow) -> None:
    row = await of_button(talk, button)
    if row is not None:
        await turn_away(talk, row)


async def let_in(talk: Talk, row: RequestRow) -> None:
    policy = await policy_of(talk)
    if owes(policy, row.answers):
        await reply(talk, in_join("pay_first"))
        return
    ticket, by = await tickets.get(talk.unit, row.ticket_id), talk.actor
    how = method(policy, row.answers, alone=False)
    if not await deciding.approve(talk.unit, group_row(talk), row, by=by.user_id, method=how, at=talk.at, who=by.name):
        await reply(talk, phrase("card_answered"))
        return
    await said(talk, ticket, in_join("outcome_approved", by=by.name))


async def turn_away(talk: Talk, row: RequestRow) -> None:
    policy, ticket, by = await policy_of(talk), await tickets.get(talk.unit, row.ticket_id), talk.actor
    if not await deciding.decline(
        talk.unit, group_row(talk), row, policy, by=by.user_id, reason="desk", at=talk.at, who=by.name
    ):
        await reply(talk, phrase("card_answered"))
        return
    await said(talk, ticket, in_join("outcome_declined", by=by.name))


async def said(talk: Talk, ticket: TicketRow | None, outcome: Phrase) -> None:
    """On the card that was pressed, wherever it stands; the one that was posted is changed by the decision itself."""
    if talk.query_id and ticket is not None:
        await redraw(talk, ticket, (*ticket.words, outcome))
    elif talk.query_id and talk.private:
        await show(talk, [outcome], ((back(early.PANEL),),))
    await reply(talk, phrase("done") if talk.query_id else outcome)


@press("join.paid")
async def paid(talk: Talk, button: ButtonRow) -> None:
    """Who marked it stands on the card and in the record; it lets nobody in yet."""
    row = await joinrequests.last_of(talk.unit, group_row(talk).id, button.ref)
    if row is None or row.state != "asking":
        row = await wanted(talk, row)
    if row is None:
        return
    by = talk.actor
    answers = row.answers._replace(paid_by=by.user_id, paid_at=talk.at)
    if row.answers.paid_by or not await joinrequests.update_open(talk.unit, row.id, answers=answers):
        await reply(talk, phrase("card_answered"))
        return
    await audit.done(
        talk.unit, by, "join.paid", talk.at, group_id=row.group_id, target_id=row.user_id, after={"request": row.id}
    )
    ticket = await tickets.get(talk.unit, row.ticket_id)
    if ticket is not None:
        now = in_join("card_paid_by", by=by.name)
        words = tuple(now if each.key == OWED else each for each in ticket.words)
        await tickets.reword(talk.unit, ticket.id, words)
        rows: Rows = buttons(row.user_id, owed=False)
        await redraw(talk, ticket, words, rows)
    await reply(talk, in_join("marked_paid"))


@press(ASK)
async def ask(talk: Talk, button: ButtonRow) -> None:
    row = await of_button(talk, button)
    if row is not None:
        await ask_for(talk, ASK, str(row.id), [in_join("ask_what", name=row.name)])


@awaits(ASK, f"press.{ASK}")
async def asked(talk: Talk, note: str, text: str, _: Message) -> None:
    """The person answers it as they answered the others, and then leaders see a new card."""
    found = await joinrequests.get(talk.unit, int(note))
    row = await wanted(talk, found if found is not None and found.group_id == group_row(talk).id else None)
    words = " ".join(text.split())[:LONGEST_QUESTION]
    if row is None:
        return
    if not words:
        await ask_for(talk, ASK, note, [in_join("ask_what", name=row.name)])
        return
    row = row._replace(answers=row.answers._replace(asked=(*row.answers.asked, (words, ""))))
    outcome = in_join("outcome_asked", by=talk.actor.name, question=words)
    await deciding.set_back(talk.unit, group_row(talk), row, outcome, talk.actor.user_id, talk.at)
    if await has_started(talk, row.user_id):
        await put_to(talk, row, words)
        await answer(talk, in_join("asked_them", name=row.name))
    else:
        await answer(talk, in_join("cannot_reach", name=row.name, link=row.answers.resume))


async def put_to(talk: Talk, row: RequestRow, words: str) -> None:
    known = (await users.get(talk.unit, [row.user_id])).get(row.user_id)
    language = (known.language if known else "") or group_row(talk).language
    line = in_join("ask_besides", question=words, title=group_row(talk).title)
    said_so = Say(words=(line,), language=language, to_user=row.user_chat_id, purpose="answer")
    await write(talk, said_so, row.user_chat_id, row.group_id)
    until = int(talk.services.clock.now()) + DAY - awaited.SECONDS
    await awaited.put(talk.unit, AwaitedRow(row.user_id, WORDS, row.group_id, "", until))
