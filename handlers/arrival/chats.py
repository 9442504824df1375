"""/chats: all groups of whoever asks, in private, page by page, with what each still needs; nobody else's."""

from bot.arrival import checkup
from bot.roles import led_groups
from bot.storage import groups, setups
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.arrival.setup import FRONT, in_setup
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.saying.answers import Rows, answer
from handlers.saying.pages import page_of
from handlers.saying.panels import Made, back, open_panel, panel, show
from rules.conduct.effects import Button, Phrase

ON_A_PAGE = 8
PAGE, OPEN = "chats.page", "chats.open"


async def chats(talk: Talk, _: Order) -> None:
    """Asked in a group, the list still comes in private."""
    talk.group = None if talk.private else talk.group
    await show(talk, *await listed(talk, 0), of_group=False)


@panel("chats", "setup.page_chats", "anyone")
async def first_page(talk: Talk) -> Made:
    words, rows = await listed(talk, 0)
    return words, (*rows, (back(),)) if talk.group is not None else rows


@press(PAGE)
async def turn(talk: Talk, button: ButtonRow) -> None:
    await show(talk, *await listed(talk, button.ref), of_group=False)


async def theirs(talk: Talk) -> list[GroupRow]:
    """The groups this person leads, and those they brought the bot to and lost again."""
    here = await groups.all_active(talk.unit)
    mine = await setups.of_person(talk.unit, talk.actor.user_id)
    brought = await groups.by_ids(talk.unit, [row.group_id for row in mine])
    away = [group for group in brought.values() if group.state == "inactive"]
    led = await led_groups(talk.unit, talk.actor, [group.id for group in (*here, *away)])
    return [group for group in (*here, *away) if group.id in led]


async def listed(talk: Talk, page: int) -> tuple[list[Phrase], Rows]:
    found = await theirs(talk)
    if not found:
        return [in_setup("chats_none")], ()
    open_ones = await unfinished(talk, found)
    fine = len([group for group in found if group.id not in open_ones])
    shown, steps = page_of(found, page, ON_A_PAGE, PAGE)
    rows = ((Button(label=label(group, group.id in open_ones), action=OPEN, ref=group.id),) for group in shown)
    return [in_setup("chats_head", fine=fine, all=len(found)), in_setup("chats_how")], (*rows, *steps)


async def unfinished(talk: Talk, found: list[GroupRow]) -> frozenset[int]:
    """Those that need something: a right, or somebody who chooses."""
    rows = await setups.of_groups(talk.unit, [group.id for group in found])
    waits = {number for number, row in rows.items() if not row.done_at}
    return frozenset(group.id for group in found if checkup.lacks(group) or group.id in waits)


def label(group: GroupRow, needs: bool) -> Phrase:
    return in_setup("chats_needs" if needs else "chats_fine", title=group.title)


@press(OPEN)
async def open_one(talk: Talk, button: ButtonRow) -> None:
    """The card of one group, if it is still theirs."""
    chosen = {group.id: group for group in await theirs(talk)}.get(button.ref)
    talk.group = chosen
    if chosen is None:
        await show(talk, *await listed(talk, 0), of_group=False)
    elif checkup.is_away(chosen):
        await answer(talk, in_setup("problem_gone", bot=talk.services.me.username))
    else:
        await open_panel(talk, FRONT)
