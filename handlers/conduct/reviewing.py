"""What a reviewer presses on the card of an appeal: take it back, keep it, shorten it; the last two for a reason."""

from telegram import Message

from bot import audit, tongues
from bot.conduct import appeals, closing
from bot.roles import roles_of
from bot.storage import appeals as stored
from bot.storage import books, tickets
from bot.storage.appeals import AppealRow
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.appeals import APPEAL, in_appeals, is_pressed
from handlers.conduct.cards import close, redraw, still_open
from handlers.conduct.shortening import can_shorten, shorten
from handlers.conduct.undoing import undo_one
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.protection.blacklist_words import in_list, is_above
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, answer, has_started, phrase, reply, whisper
from rules.conduct.effects import Button, Phrase

REASON = "appeal.reason"
READY = {"refused": ("agreed", "hurt", "told"), "shortened": ("milder", "explained", "passed")}
LONGEST_REASON = 200
CLOSING = "。.!！ \n"


async def reviewed(talk: Talk, number: int) -> tuple[AppealRow, DecisionRow] | None:
    """The open appeal about that decision, where whoever asks may look at it; None after having said why not."""
    row, appeal = await books.decision(talk.unit, number), await stored.open_of(talk.unit, number)
    if row is not None and appeal is None and row.group_id == group_row(talk).id:
        appeal = await adopted(talk, row)
    if row is None or appeal is None or row.group_id != group_row(talk).id:
        if talk.query_id:
            found = await tickets.of_decision(talk.unit, number)
            await still_open(talk, (each for each in found if each.kind == APPEAL))
        else:
            await answer(talk, phrase("card_answered"))
        return None
    if await is_above(talk, row):
        await reply(talk, in_list("undo_officers", number=str(row.id)))
        return None
    if row.user_id == talk.actor.user_id:
        await reply(talk, in_appeals("about_you"))
        return None
    if appeals.issuer(row) == talk.actor.user_id:
        await reply(talk, in_appeals("not_yours", number=str(row.id)))
        return None
    return appeal, row


async def is_of_old(talk: Talk, button: ButtonRow) -> bool:
    """An appeal from before appeals had rows: its card has other buttons."""
    number = button.decision_id or 0
    found = [each for each in await tickets.of_decision(talk.unit, number) if each.kind == APPEAL]
    return any(each.state == "open" for each in found) and not await stored.of_decision(talk.unit, number)


async def adopted(talk: Talk, row: DecisionRow) -> AppealRow | None:
    """One that was asked before there were rows for it is answered like any other."""
    found = [each for each in await tickets.of_decision(talk.unit, row.id) if each.kind == APPEAL]
    ticket = next((each for each in found if each.state == "open"), None)
    if ticket is None:
        return None
    number = await stored.begin(
        talk.unit, decision_id=row.id, group_id=row.group_id, user_id=row.user_id, words="", at=ticket.opened_at,
        due_at=0, ticket_id=ticket.id,
    )  # fmt: skip
    return await stored.get(talk.unit, number or 0)


@press("appeal.accept")
async def accept(talk: Talk, button: ButtonRow) -> None:
    found = await reviewed(talk, button.decision_id or 0)
    if found is None or not await ended(talk, found[0], "accepted"):
        return
    appeal, row = found
    await undo_one(talk, row.id)
    await answered(talk, appeal, row, "accepted", in_appeals("outcome_accepted", by=talk.actor.name))
    # Whoever runs the program can teach the rule by the example; everybody else has done enough.
    runs = "operator" in await roles_of(talk.unit, talk.actor, row.group_id)
    if runs and row.issuer_kind == "rule" and await has_started(talk, talk.actor.user_id):
        await whisper(talk, (in_appeals("learn", number=str(row.id)),))


@press("appeal.keep", "case.keep")
async def keep(talk: Talk, button: ButtonRow) -> None:
    await ask_why(talk, button, "refused", "card_reason")


@press("appeal.shorten")
async def ask_to_shorten(talk: Talk, button: ButtonRow) -> None:
    row = await books.decision(talk.unit, button.decision_id or 0)
    if row is not None and await stored.open_of(talk.unit, row.id) and not await can_shorten(talk, row):
        await alert(talk, in_appeals("nothing_to_shorten"))
        return
    await ask_why(talk, button, "shortened", "card_reason_shorten")


async def ask_why(talk: Talk, button: ButtonRow, state: str, question: str) -> None:
    """The card asks for a reason: one of a few by a press, for somebody on a phone, or one's own words in private."""
    found = await reviewed(talk, button.decision_id or 0)
    ticket = await tickets.get(talk.unit, found[0].ticket_id) if found is not None else None
    if found is None or ticket is None:
        return
    ready: Rows = tuple(
        (Button(in_appeals(f"reason_{each}"), REASON, "reviewers", note=f"{state} {each}"),) for each in READY[state]
    )
    last = (appeals.button("own_reason", state), appeals.button("return"))
    await redraw(talk, ticket, (*ticket.words, in_appeals(question)), (*ready, last))


@press("appeal.return")
async def back_to_card(talk: Talk, button: ButtonRow) -> None:
    found = await reviewed(talk, button.decision_id or 0)
    ticket = await tickets.get(talk.unit, found[0].ticket_id) if found is not None else None
    if ticket is not None:
        await redraw(talk, ticket, ticket.words, appeals.buttons())


@press(REASON)
async def ready_reason(talk: Talk, button: ButtonRow) -> None:
    state, _, name = button.note.partition(" ")
    found = await reviewed(talk, button.decision_id or 0)
    if found is not None and name in READY.get(state, ()):
        await decide(talk, *found, state, in_appeals(f"reason_{name}"))


@press("appeal.own_reason")
async def own_reason(talk: Talk, button: ButtonRow) -> None:
    found = await reviewed(talk, button.decision_id or 0)
    if found is not None and button.note in READY:
        await ask_for(talk, REASON, f"{button.note} {found[1].id}", [in_appeals("ask_reason")])


@awaits(REASON, action="review")
async def reason_came(talk: Talk, note: str, text: str, _: Message) -> None:
    state, number = note.split(" ", 1)
    said = " ".join(text.split()).strip(CLOSING)[:LONGEST_REASON]
    if not said:
        await answer(talk, in_appeals("reason_empty"))
        return
    found = await reviewed(talk, int(number))
    if found is not None:
        await decide(talk, *found, state, Phrase("own", (("template", said),)))


async def decide(talk: Talk, appeal: AppealRow, row: DecisionRow, state: str, reason: Phrase) -> None:
    """Kept, or shortened: its author reads why, the card says who."""
    in_group = talk.services.texts.plain(reason, group_row(talk).language)
    if state == "shortened" and not await can_shorten(talk, row):
        await reply(talk, in_appeals("nothing_to_shorten"))
        return
    if not await ended(talk, appeal, state, in_group):
        return
    if state == "shortened":
        await shorten(talk, appeal, row, in_group)
    else:
        moderator, group = talk.services.moderator, group_row(talk)
        theirs = talk.services.texts.plain(reason, await tongues.of_person(talk.unit, row.user_id, group.language))
        await appeals.tell(talk.unit, moderator, group, appeal, "kept", talk.at, reason=theirs)
    await answered(talk, appeal, row, state, in_appeals(f"outcome_{state}", by=talk.actor.name, reason=in_group))


async def ended(talk: Talk, appeal: AppealRow, state: str, reason: str = "") -> bool:
    """Of two reviewers one is first; the other hears that it is done."""
    first = await stored.end(talk.unit, appeal.id, state, talk.actor.user_id, talk.at, reason)
    if not first:
        await reply(talk, phrase("card_answered"))
        return False
    await tickets.answer(talk.unit, appeal.ticket_id, talk.actor.user_id, talk.at, f"appeal.{state}")
    return True


async def answered(talk: Talk, appeal: AppealRow, row: DecisionRow, state: str, outcome: Phrase) -> None:
    await audit.done(
        talk.unit, talk.actor, f"appeal.{state}", talk.at, group_id=row.group_id, target_id=row.user_id,
        before={"decision": row.id}, after={"appeal": appeal.id},
    )  # fmt: skip
    await closing.close(
        talk.unit, row, outcome, by=talk.actor.user_id, answer=f"appeal.{state}", at=talk.at,
        key=f"closed:{talk.services.me.id}:{talk.update_id}", only=APPEAL,
        pressed=lambda chat_id, message_id: is_pressed(talk, chat_id, message_id),
    )  # fmt: skip
    ticket: TicketRow | None = await tickets.get(talk.unit, appeal.ticket_id)
    if talk.query_id and ticket is not None:
        await close(talk, ticket.words, outcome)
    if not talk.press_answered:
        await reply(talk, phrase("done"))
