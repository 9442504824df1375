"""The set-up card as a panel: the present state of a group, and what is saved by one press on it."""

from collections.abc import Callable

from bot import audit
from bot.arrival import checkup, settingup, setupcard
from bot.roles import Place, authorize
from bot.storage import groups, setups
from bot.storage.buttons import ButtonRow
from handlers.frame.context import GONE, SILENT, Talk
from handlers.frame.openers import on_start
from handlers.frame.orders import Order
from handlers.frame.presses import Press, press
from handlers.policy.changing import fresh, locked
from handlers.reading.choosing import choose_group, mine
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, answer, catalogue
from handlers.saying.panels import Made, back, open_panel, opens, panel

in_setup = catalogue("setup")

FRONT = "setup"


async def setup(talk: Talk, order: Order) -> None:
    if not talk.private or await of_mine(talk, order):
        await open_panel(talk, FRONT)


async def of_mine(talk: Talk, order: Order) -> bool:
    """In private the only group one leads, or the one that is named; whoever leads several is asked which."""
    led = [] if order.words else await mine(talk)
    if len(led) == 1:
        talk.group = led[0]
        return True
    return await choose_group(talk, order) is not None


@panel(FRONT, "setup.page_setup")
async def front(talk: Talk) -> Made:
    words, rows = await setupcard.card(talk.unit, talk.services, group_row(talk), talk.language)
    return words, (*rows, (back(),))


@on_start("setup")
async def cards_that_waited(talk: Talk) -> bool:
    """Whoever added the bot before they started it sees now what it needs."""
    return await settingup.show(talk.unit, talk.services, talk.actor.user_id, talk.at) > 0


async def saved(talk: Talk, page: str = FRONT) -> None:
    """The card says what stands now, wherever it is; whoever pressed goes on with `page`."""
    group = await fresh(talk)
    pressed_one = (talk.chat_id, talk.message_id) if talk.private and talk.query_id else (0, 0)
    await settingup.refresh(talk.unit, talk.services, group, talk.at, pressed_one)
    if talk.private:
        await open_panel(talk, page)
    await confirmed(talk)


async def confirmed(talk: Talk, key: str = "saved") -> None:
    if talk.query_id:
        await alert(talk, in_setup(key))


async def change_group(talk: Talk, action: str, **columns: object) -> None:
    """Columns of the group, audited; then the card says so."""
    group = await locked(talk)
    before = {name: getattr(group, name) for name in columns}
    await groups.update(talk.unit, group.id, **columns)
    await audit.done(talk.unit, talk.actor, action, talk.at, group_id=group.id, before=before, after=columns)
    await saved(talk)


def press_here(*actions: str) -> Callable[[Press], Press]:
    """Register what a button of the card does, where the bot still is: elsewhere one sentence, and nothing is set."""

    def registered(made: Press) -> Press:
        async def unless_away(talk: Talk, button: ButtonRow) -> None:
            if checkup.is_away(group_row(talk)):
                await alert(talk, in_setup("looked_gone"))
            else:
                await made(talk, button)

        press(*actions)(unless_away)
        return made

    return registered


@press_here("setup.accept")
async def accept(talk: Talk, button: ButtonRow) -> None:
    """[就用默认的]: nothing changes but that somebody has chosen."""
    group = group_row(talk)
    row = await setups.get(talk.unit, group.id)
    if row is None or not row.done_at:
        await setups.chosen(talk.unit, group.id, "", talk.actor.user_id, talk.at)
        await audit.done(talk.unit, talk.actor, button.action, talk.at, group_id=group.id)
    await saved(talk)


@press_here("setup.again")
async def again(talk: Talk, _: ButtonRow) -> None:
    """Telegram was asked before; the card says what it told."""
    looked = talk.fetched.looked
    await saved(talk) if looked not in {GONE, SILENT} else await alert(talk, in_setup(f"looked_{looked}"))


async def may(talk: Talk, action: str, group_id: int) -> bool:
    """Whether this person may do that in another group than the one of the button."""
    return (await authorize(talk.unit, talk.actor, action, Place(group_id, talk.private))).allowed


async def asks_for_setup(talk: Talk) -> bool:
    """In /inbox: the set-up that nobody has finished yet."""
    group = group_row(talk)
    row = await setups.get(talk.unit, group.id)
    if row is None or setupcard.is_done(group, row):
        return False
    await answer(talk, in_setup("inbox", title=group.title), ((opens(FRONT, apart=True),),))
    return True
