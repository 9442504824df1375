"""The card about many who joined at once: let be, or, after a second press that names the number, removed."""

from bot import audit
from bot.protection import raids
from bot.storage import tickets
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.abilities import missing_for_card
from handlers.conduct.card_buttons import buttons_of
from handlers.conduct.press_cards import card_head
from handlers.conduct.undoing import undo_one
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.kept import person_name
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, phrase, write
from rules.conduct.effects import Button, Edit, Phrase


@press("raid.ask")
async def ask(talk: Talk, button: ButtonRow) -> None:
    ticket = await still_open(talk, button)
    if ticket is None:
        return
    n = len(await raids.people(talk.unit, group_row(talk), await talk.policy(), ticket, talk.at))
    sure = Button(phrase("button_raid_remove", n=n), "raid.remove", "leaders")
    back = Button(phrase("button_raid_back"), "raid.back", "leaders")
    await show(talk, ticket, (*ticket.words, phrase("raid_sure", n=n)), ((sure,), (back,)))


@press("raid.back")
async def back(talk: Talk, button: ButtonRow) -> None:
    ticket = await still_open(talk, button)
    if ticket is not None:
        await show(talk, ticket, ticket.words, buttons_of(ticket))


@press("raid.let_be")
async def let_be(talk: Talk, button: ButtonRow) -> None:
    """Friends after all: they are greeted together, if that is still timely."""
    ticket = await still_open(talk, button)
    if ticket is not None and await answered(talk, ticket, button.action):
        await audit.done(talk.unit, talk.actor, button.action, talk.at, group_id=ticket.group_id, before=of(ticket))
        await show(talk, ticket, (*ticket.words, phrase("outcome_raid_let_be", by=talk.actor.name)))
        await alert(talk, phrase("done"))


@press("raid.remove")
async def remove(talk: Talk, button: ButtonRow) -> None:
    """The press is the leader's own measure about all of them: their brake of a few an hour does not count here."""
    ticket = await still_open(talk, button)
    if ticket is None:
        return
    if (lacking := missing_for_card(group_row(talk), button.action)) is not None:
        await alert(talk, lacking)
        return
    wave = await raids.people(talk.unit, group_row(talk), await talk.policy(), ticket, talk.at)
    if not await answered(talk, ticket, button.action):
        return
    await raids.remove(talk.unit, group_row(talk), ticket.decision_id or 0, wave, talk.at)
    await audit.done(
        talk.unit, talk.actor, button.action, talk.at, group_id=ticket.group_id, before=of(ticket),
        after={"people": len(wave)},
    )  # fmt: skip
    undo = Button(phrase("button_undo"), "raid.undo", "leaders")
    said = phrase("outcome_raid_remove", by=talk.actor.name, n=len(wave))
    await show(talk, ticket, (*ticket.words, said), ((undo,),))
    await alert(talk, phrase("done"))


@press("raid.undo")
async def undo(talk: Talk, button: ButtonRow) -> None:
    """Whoever was removed may come back, whoever was not yet stays."""
    found = await tickets.of_decision(talk.unit, button.decision_id or 0)
    if not found or found[0].group_id != group_row(talk).id:
        await alert(talk, phrase("card_answered"))
        return
    if await undo_one(talk, button.decision_id or 0):
        await show(talk, found[0], (*found[0].words, phrase("outcome_case_undo", by=talk.actor.name)))


async def still_open(talk: Talk, button: ButtonRow) -> TicketRow | None:
    """The question behind the button; whoever comes second hears who answered it."""
    found = await tickets.of_decision(talk.unit, button.decision_id) if button.decision_id else []
    ticket = next((each for each in found if each.group_id == group_row(talk).id), None)
    if ticket is None or ticket.state == "expired":
        await alert(talk, phrase("card_answered"))
        return None
    if ticket.state == "open":
        return ticket
    by = await person_name(talk, ticket.group_id, ticket.answered_by)
    await alert(talk, phrase("raid_answered", by=by))
    return None


async def answered(talk: Talk, ticket: TicketRow, action: str) -> bool:
    if await tickets.answer(talk.unit, ticket.id, talk.actor.user_id, talk.at, action):
        return True
    await alert(talk, phrase("card_answered"))
    return False


def of(ticket: TicketRow) -> dict[str, object]:
    return {"decision": ticket.decision_id}


async def show(talk: Talk, ticket: TicketRow, words: tuple[Phrase, ...], buttons: Rows = ()) -> None:
    """The card itself changes; its buttons stay those of this group and this question."""
    said = (card_head(talk), *words)
    card = Edit(
        words=said, language=talk.public_language, message_id=talk.message_id, to_chat=talk.chat_id, buttons=buttons
    )
    await write(talk, card, talk.chat_id, ticket.group_id, ticket.decision_id)
