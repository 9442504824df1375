"""What waits for a look: a leader posts it or gives it back with a reason, and its author may have the text back."""

from collections.abc import Awaitable, Callable, Iterable

from telegram import Message

from bot.conduct import closing
from bot.storage import asides, books, codec, tickets
from bot.storage.asides import AsideRow
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.cards import buttons_on, redraw, state_of, still_open
from handlers.conduct.measures import decide
from handlers.conduct.press_cards import on_card, person
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, answer, catalogue, has_started, phrase, write
from handlers.saying.personal import me
from rules.conduct import approvals
from rules.conduct.effects import Button, Mention, Phrase, Repost

in_approval = catalogue("approval")

KIND, WORDS = "approval", "approval.words"
LONGEST_REASON = 300


@on_card("approval.post")
async def post(talk: Talk, row: DecisionRow) -> None:
    kept = await asides.of_decision(talk.unit, row.id)
    await decide(talk, await person(talk, row), "approval.post", lambda c, p: approvals.posted(c, p, kept, row.id))


def giving_back(name: str) -> Callable[[Talk, DecisionRow], Awaitable[None]]:
    async def give_back(talk: Talk, row: DecisionRow) -> None:
        await returned(talk, row, approvals.Reason(name))

    return give_back


for reason in approvals.REASONS:
    on_card(f"approval.{reason}")(giving_back(reason))


async def returned(talk: Talk, row: DecisionRow, why: approvals.Reason) -> None:
    whom = await person(talk, row)
    await decide(
        talk, whom, "approval.return", lambda c, p: approvals.returned(c, p, why, row.id), why.text or why.name
    )


@press("approval.return")
async def choose_why(talk: Talk, button: ButtonRow) -> None:
    ticket = await waiting(talk, button)
    if ticket is not None:
        await redraw(talk, ticket, (*ticket.words, in_approval("ask_why")), reasons())


@press("approval.back")
async def as_before(talk: Talk, button: ButtonRow) -> None:
    ticket = await waiting(talk, button)
    if ticket is not None:
        await redraw(talk, ticket, (*ticket.words, *await state_of(talk, ticket)), buttons_on(talk, ticket))


def reasons() -> Rows:
    def for_leaders(name: str) -> Button:
        return Button(in_approval(f"button_{name}"), f"approval.{name}", "leaders")

    ready = tuple((for_leaders(name),) for name in approvals.REASONS)
    return (*ready, (for_leaders("words"), for_leaders("back")))


@press(WORDS)
async def ask_words(talk: Talk, button: ButtonRow) -> None:
    ticket = await waiting(talk, button)
    if ticket is not None:
        await ask_for(talk, WORDS, str(ticket.id), [in_approval("ask_words")])


@awaits(WORDS)
async def words_came(talk: Talk, note: str, text: str, _: Message) -> None:
    ticket = await tickets.get(talk.unit, int(note))
    row = await books.decision(talk.unit, ticket.decision_id) if ticket is not None and ticket.decision_id else None
    said = " ".join(text.split())[:LONGEST_REASON]
    if ticket is None or row is None or row.group_id != group_row(talk).id:
        await answer(talk, phrase("press_unknown"))
    elif not said:
        await ask_for(talk, WORDS, note, [in_approval("ask_words")])
    elif await tickets.answer(talk.unit, ticket.id, talk.actor.user_id, talk.at, WORDS):
        await returned(talk, row, approvals.Reason("words", said, talk.actor.name))
        outcome = phrase("outcome_approval_words", by=talk.actor.name)
        key = f"closed:{talk.services.me.id}:{talk.update_id}"
        await closing.close(talk.unit, row, outcome, by=talk.actor.user_id, answer=WORDS, at=talk.at, key=key)
        await answer(talk, in_approval("returned", name=Mention(row.user_id, (await person(talk, row)).name)))
    else:
        await answer(talk, phrase("card_answered"))


@press("approval.look")
async def look(talk: Talk, button: ButtonRow) -> None:
    """All of it, with its pictures and files, where the card stands."""
    kept = await asides.of_decision(talk.unit, button.decision_id or 0)
    if not kept or kept[0].group_id != group_row(talk).id:
        await alert(talk, in_approval("gone"))
        return
    author = Mention(kept[0].user_id, kept[0].name)
    await show_again(talk, kept, author, talk.chat_id, in_approval("label_look"))
    await alert(talk, phrase("done"))


@press("approval.text")
async def give_text(talk: Talk, button: ButtonRow) -> None:
    """To its author alone, in private with everything that hung on it, else the words in an alert."""
    settled = await books.decision(talk.unit, button.decision_id or 0)
    number = codec.decode_verdict(settled.verdict).cancels if settled is not None and settled.verdict else 0
    kept = await asides.of_decision(talk.unit, number)
    if not kept or kept[0].user_id != talk.actor.user_id:
        await alert(talk, in_approval("gone"))
    elif await has_started(talk, talk.actor.user_id):
        await show_again(talk, kept, me(talk), talk.actor.user_id, in_approval("label_yours"))
        await alert(talk, phrase("sent_to_you"))
    else:
        await alert(talk, in_approval("yours", text="\n".join(each.text for each in kept if each.text) or "–"))


async def show_again(talk: Talk, kept: Iterable[AsideRow], author: Mention, chat_id: int, label: Phrase) -> None:
    for each in kept:
        again = Repost(
            author=author, label=label, language=talk.language, text=each.text, entities=each.entities,
            media=each.media,
        )  # fmt: skip
        await write(talk, again, chat_id, None)


async def waiting(talk: Talk, button: ButtonRow) -> TicketRow | None:
    found = await tickets.of_decision(talk.unit, button.decision_id or 0)
    return await still_open(talk, [each for each in found if each.kind == KIND])
