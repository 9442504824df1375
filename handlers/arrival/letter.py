"""/letter: what rules would have done, whenever a leader asks; whoever starts the bot is handed the one that waits."""

from bot.arrival import letter, letterpage
from bot.arrival.letterpage import Rows
from bot.roles import led_groups
from bot.storage import groups
from handlers.frame.context import Talk
from handlers.frame.openers import on_start
from handlers.frame.orders import Order
from handlers.reading.targets import group_row
from handlers.saying.panels import Made, back, open_panel, panel
from rules.conduct.effects import Phrase


async def show_letter(talk: Talk, _: Order) -> None:
    await open_panel(talk, "letter")


@panel("letter", "letter.title", "leaders")
async def letter_panel(talk: Talk) -> Made:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> tuple[tuple[Phrase, ...], Rows]:
    """In private there is a way back to the menu."""
    words, rows = await letterpage.page(talk.unit, talk.services.moderator, group_row(talk), number, now_of(talk))
    return words, (*rows, (back(),)) if talk.private else rows


@on_start("letter")
async def hand_over(talk: Talk) -> bool:
    """The letters that wait for this person."""
    found = False
    active = {group.id: group for group in await groups.all_active(talk.unit)}
    for group_id in sorted(await led_groups(talk.unit, talk.actor, frozenset(active))):
        for ticket in await letter.waiting(talk.unit, group_id):
            place = await letter.place_of(talk.unit, active[group_id])
            if place is not None and place.to_user == talk.actor.user_id:
                moderator = talk.services.moderator
                await letter.deliver(talk.unit, moderator, active[group_id], ticket.id, place, now_of(talk))
                found = True
    return found


def now_of(talk: Talk) -> int:
    return int(talk.services.clock.now())
