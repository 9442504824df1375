"""An appeal as its author makes it: asked once about a decision, with words of their own; what its card says."""

from typing import NamedTuple, cast

from telegram import Message

from bot.conduct import appeals, closing
from bot.desks import cards
from bot.powers import Audience
from bot.storage import appeals as stored
from bot.storage import awaited, tickets
from bot.storage.appeals import AppealRow
from bot.storage.awaited import AwaitedRow
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.records import decision_line
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.kept import facts_of, issuer, person_name
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, answer, catalogue, has_started, phrase
from handlers.saying.personal import me
from handlers.saying.times import moment
from rules.conduct.effects import DAY, Button, Card, Phrase, Planned

EXCERPT, LONGEST = 300, 1000
ADD = "appeal.add"
APPEAL = appeals.KIND

in_appeals = catalogue("appeals")


class Asked(NamedTuple):
    """What its author is told at once; `new` where somebody will look, with the button to say more; `wordless` is
    the appeal that has no words yet."""

    said: Phrase
    new: bool = False
    rows: Rows = ()
    wordless: int = 0


async def ask(talk: Talk, row: DecisionRow, words: str = "") -> Asked:
    """Ask somebody else to look again, once about a decision."""
    days = (await talk.policy()).appeals.days
    known = await stored.of_decision(talk.unit, row.id)
    waiting = next((each for each in known if each.state == "open"), None)
    if waiting is not None and words.strip():
        await more_words(talk, waiting, words.strip())
        return Asked(in_appeals("words_added"))
    if waiting is not None:
        return Asked(in_appeals("noted_before", due=moment(talk, waiting.due_at or talk.at + DAY)))
    if row.state == "reversed":
        return Asked(phrase("appeal_undone"))
    before = next((each for each in await tickets.of_decision(talk.unit, row.id) if each.kind == APPEAL), None)
    if before is not None:
        return Asked(phrase("appeal_noted" if before.state == "open" else "appeal_answered"))
    if talk.at > row.at + days * DAY:
        return Asked(in_appeals("too_late", number=str(row.id), days=days))
    return await begun(talk, row, words)


async def begun(talk: Talk, row: DecisionRow, words: str) -> Asked:
    group, services = group_row(talk), talk.services
    due_at = await appeals.promised_at(talk.unit, services.moderator, group, talk.at)
    said = await asked(talk, row, words, due_at)
    made = await appeals.begin(
        talk.unit, group, row, said, words[:LONGEST], key=f"appeal:{row.id}:{talk.update_id}", at=talk.at, due_at=due_at
    )
    told = in_appeals("noted_rule" if await appeals.lifts(talk.unit, row) else "noted_person", due=moment(talk, due_at))
    if made is None:
        return Asked(in_appeals("noted_before", due=moment(talk, due_at)))
    return Asked(told, True) if words else Asked(told, True, ((add_button(talk, made),),), made.id)


async def listen(talk: Talk, told: Asked) -> tuple[Phrase, ...]:
    """What stands in private: where there are no words yet, the next ones are those of the appeal."""
    if not told.wordless:
        return (told.said,)
    now = int(talk.services.clock.now())
    await awaited.put(talk.unit, AwaitedRow(talk.actor.user_id, ADD, group_row(talk).id, str(told.wordless), now))
    return told.said, in_appeals("say_more")


def add_button(talk: Talk, made: AppealRow) -> Button:
    return Button(in_appeals("button_words"), ADD, "member", talk.actor.user_id, ref=made.id)


async def asked(talk: Talk, row: DecisionRow, words: str, due_at: int) -> tuple[Phrase, ...]:
    """The card: who asks and with what words, about what, who decided it and why, the text, and until when."""
    head = phrase("card_appeal", name=me(talk), number=str(row.id))
    facts = facts_of(row)
    quote = (Phrase("conduct.card_quote", (("text", facts.text[:EXCERPT]),)),) if facts and facts.text else ()
    said = (phrase("card_appeal_words", text=words[:EXCERPT]),) if words else ()
    lifts = await appeals.lifts(talk.unit, row)
    until = in_appeals("card_due_lifts" if lifts else "card_due", due=moment(talk, due_at))
    by = await person_name(talk, row.group_id, row.issuer_id) if appeals.issuer(row) else ""
    other = (in_appeals("card_not_by", name=by),) if by else ()
    return head, *said, decision_line(talk, row), await decided_by(talk, row), *quote, until, *other


async def decided_by(talk: Talk, row: DecisionRow) -> Phrase:
    by = await issuer(talk, row)
    return phrase("why_by_for", by=by, reason=row.reason) if row.reason else phrase("why_by", by=by)


@press(ADD)
async def add_words(talk: Talk, button: ButtonRow) -> None:
    """Words of one's own, for whoever looks; after the answer they would reach nobody."""
    made = await own_open(talk, button.ref)
    if made is None:
        await alert(talk, in_appeals("words_closed"))
    else:
        await ask_for(talk, ADD, str(made.id), [in_appeals("ask_words")])


@awaits(ADD, action="command.appeal")
async def words_added(talk: Talk, note: str, text: str, _: Message) -> None:
    made = await own_open(talk, int(note))
    if made is None:
        await answer(talk, in_appeals("words_closed"))
        return
    if not text.strip():
        await ask_for(talk, ADD, note, [in_appeals("ask_words")])
        return
    await more_words(talk, made, text)
    await answer(talk, in_appeals("words_added"))


async def more_words(talk: Talk, made: AppealRow, text: str) -> None:
    await stored.change(talk.unit, made.id, words=f"{made.words}\n{text}".strip()[:LONGEST])
    said = in_appeals("card_more_words", name=me(talk), number=str(made.decision_id), text=text[:EXCERPT])
    await tell_desk(talk, made, said)


async def own_open(talk: Talk, number: int) -> AppealRow | None:
    made = await stored.get(talk.unit, number)
    mine = made is not None and made.state == "open" and made.user_id == talk.actor.user_id
    return made if mine else None


async def tell_desk(talk: Talk, made: AppealRow, said: Phrase) -> None:
    """Under the card, where it was shown; and on the question itself, for /inbox."""
    ticket = await tickets.get(talk.unit, made.ticket_id)
    if ticket is None:
        return
    await stored.say_more(talk.unit, ticket.id, (*ticket.words, said))
    group = group_row(talk)
    place = await cards.reach(
        talk.unit, group, cast(Audience, ticket.audience), ticket.not_by, made.user_id, at=talk.at
    )
    if place is not None:
        shown = cards.post(group, Card(APPEAL, (said,), appeals.buttons()), place)
        planned = Planned(shown, expires_at=talk.at + cards.CARD_SECONDS)
        key = f"appeal:{made.id}:more:{talk.update_id}"
        await cards.send(talk.unit, group, place, planned, key=key, at=talk.at, decision_id=made.decision_id)


async def taken(talk: Talk, ticket: TicketRow) -> None:
    """Somebody looks after it: its author hears that, and no name."""
    made = await stored.of_ticket(talk.unit, ticket.id)
    if made is None or made.state != "open" or not await has_started(talk, made.user_id):
        return
    group, due = group_row(talk), moment(talk, made.due_at or ticket.due_at)
    await appeals.tell(talk.unit, talk.services.moderator, group, made, "taken", talk.at, title=group.title, due=due)


async def close_questions(talk: Talk, row: DecisionRow) -> None:
    """What was taken back is no question any more, neither in /inbox nor on a card."""
    await closing.close(
        talk.unit, row, phrase("outcome_case_undo", by=talk.actor.name), by=talk.actor.user_id, answer="case.undo",
        at=talk.at, key=f"closed:{talk.services.me.id}:{talk.update_id}",
        pressed=lambda chat_id, message_id: is_pressed(talk, chat_id, message_id),
    )  # fmt: skip


def is_pressed(talk: Talk, chat_id: int, message_id: int) -> bool:
    """The card that was pressed says its outcome itself."""
    return bool(talk.query_id) and (chat_id, message_id) == (talk.chat_id, talk.message_id)
