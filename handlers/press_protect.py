"""Presses that protect a group at once: closed for a while and opened again."""

from bot.storage import tickets
from bot.storage.buttons import ButtonRow
from handlers import lockdown
from handlers.card_buttons import buttons_of
from handlers.context import Talk
from handlers.durations import seconds_of
from handlers.panels import open_panel
from handlers.press_raids import show as show_raid
from handlers.presses import press
from handlers.targets import group_row
from handlers.times import moment
from rules.conduct import raids


@press(lockdown.BEGIN)
async def begin(talk: Talk, button: ButtonRow) -> None:
    """From a panel or from the card about many who joined, which stays with its other answers."""
    until = await lockdown.begin(talk, seconds_of(button.note) or 0)
    if not until:
        return
    if button.decision_id is None:
        await show_panel(talk)
        return
    found = await tickets.of_decision(talk.unit, button.decision_id)
    asked = next((each for each in found if each.kind == raids.RULE and each.state == "open"), None)
    if asked is not None and asked.group_id == group_row(talk).id:
        line = lockdown.said("outcome_lockdown", by=talk.actor.name, until=moment(talk, until))
        await show_raid(talk, asked, (*asked.words, line), buttons_of(asked))


@press(lockdown.OFF)
async def off(talk: Talk, button: ButtonRow) -> None:
    if await lockdown.end(talk):
        await show_panel(talk)


async def show_panel(talk: Talk) -> None:
    """A press in private stands in a panel or below what was said of the lockdown: either becomes the panel."""
    if talk.private:
        await open_panel(talk, "lockdown")
