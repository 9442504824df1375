"""The card about many who joined at once: let be, or, after a second press that names the number, removed."""

from collections.abc import Collection

from bot.protection import raids
from bot.storage import tickets
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.abilities import missing_for_card
from handlers.conduct.card_buttons import buttons_of
from handlers.conduct.cards import is_first, redraw, settle, still_open
from handlers.conduct.undoing import undo_one
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.frame.second import confirmed, in_desk
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, phrase
from rules.conduct.effects import Button
from rules.conduct.raids import RULE


async def behind(talk: Talk, button: ButtonRow, kinds: Collection[str] = (RULE,)) -> list[TicketRow]:
    """The questions of those kinds about the decision that the button belongs to."""
    found = await tickets.of_decision(talk.unit, button.decision_id) if button.decision_id else []
    return [each for each in found if each.kind in kinds]


@press("raid.ask")
async def ask(talk: Talk, button: ButtonRow) -> None:
    ticket = await still_open(talk, await behind(talk, button))
    if ticket is None:
        return
    n = len(await raids.people(talk.unit, group_row(talk), await talk.policy(), ticket, talk.at))
    await redraw(talk, ticket, (*ticket.words, phrase("raid_sure", n=n)), sure_buttons(n))


def sure_buttons(n: int) -> Rows:
    sure = Button(phrase("button_raid_remove", n=n), "raid.remove", "leaders")
    return ((sure,), (Button(phrase("button_raid_back"), "raid.back", "leaders"),))


@press("raid.back")
async def back(talk: Talk, button: ButtonRow) -> None:
    ticket = await still_open(talk, await behind(talk, button))
    if ticket is not None:
        await redraw(talk, ticket, ticket.words, buttons_of(ticket))


@press("raid.let_be")
async def let_be(talk: Talk, button: ButtonRow) -> None:
    """Friends after all: they are greeted together, if that is still timely."""
    ticket = await still_open(talk, await behind(talk, button))
    if ticket is not None and await is_first(talk, ticket, button.action):
        await settle(talk, ticket, button.action, phrase("outcome_raid_let_be", by=talk.actor.name))


@press("raid.remove")
async def remove(talk: Talk, button: ButtonRow) -> None:
    """The press is the leader's own measure about all of them: their brake of a few an hour does not count here, but of
    many more it takes two.
    """
    ticket = await still_open(talk, await behind(talk, button))
    if ticket is None:
        return
    if (lacking := missing_for_card(group_row(talk), button.action)) is not None:
        await alert(talk, lacking)
        return
    wave = await raids.people(talk.unit, group_row(talk), await talk.policy(), ticket, talk.at)
    if not await confirmed(talk, f"raid.remove:{ticket.id}", len(wave)):
        waits = in_desk("second_waits", by=talk.actor.name)
        await redraw(talk, ticket, (*ticket.words, waits), sure_buttons(len(wave)))
        return
    if not await is_first(talk, ticket, button.action):
        return
    await raids.remove(talk.unit, group_row(talk), ticket.decision_id or 0, wave, talk.at)
    undo = Button(phrase("button_undo"), "raid.undo", "leaders")
    said = phrase("outcome_raid_remove", by=talk.actor.name, n=len(wave))
    await settle(talk, ticket, button.action, said, ((undo,),), after={"people": len(wave)})


@press("raid.undo")
async def undo(talk: Talk, button: ButtonRow) -> None:
    """Whoever was removed may come back, whoever was not yet stays."""
    found = await behind(talk, button)
    if not found or found[0].group_id != group_row(talk).id:
        await alert(talk, phrase("card_answered"))
        return
    if await undo_one(talk, button.decision_id or 0):
        await redraw(talk, found[0], (*found[0].words, phrase("outcome_case_undo", by=talk.actor.name)))
