"""The card of a brake: what is held takes its course, or comes to nothing, all of it with one press."""

from bot.conduct import reversing
from bot.storage import lookups
from bot.storage.books import DecisionRow
from handlers.conduct.press_cards import on_card
from handlers.frame.context import Talk
from handlers.reading.targets import group_row


@on_card("brake.go_on")
async def go_on(talk: Talk, _: DecisionRow) -> None:
    """The moderator also lifts the brake for an hour: the ticket's answer says so."""
    for number in await lookups.held_for(talk.unit, group_row(talk).id, "brake"):
        await reversing.release(talk.unit, number, talk.at)


@on_card("brake.stop")
async def stop(talk: Talk, _: DecisionRow) -> None:
    for number in await lookups.held_for(talk.unit, group_row(talk).id, "brake"):
        await reversing.dismiss(talk.unit, talk.services.moderator, number, talk.actor.user_id, talk.at)
