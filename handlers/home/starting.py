"""/start in private: from now on the bot may write; what is open is shown first. A link orders nothing."""

from bot.storage import tickets, users
from handlers.frame import openers, payloads
from handlers.frame.context import Talk
from handlers.frame.openers import on_start
from handlers.frame.orders import Order
from handlers.joining.waits import how_it_stands
from handlers.reading.choosing import mine
from handlers.saying.answers import answer, phrase, whisper
from handlers.saying.personal import me


async def start(talk: Talk, order: Order) -> None:
    if not talk.private:
        return
    actor = talk.actor
    await users.started(talk.unit, actor.user_id, actor.name, actor.username, talk.language, talk.at)
    shown = await openers.opened(talk)
    if await payloads.answered(talk, order):
        return
    waiting, on = await how_it_stands(talk)
    if not waiting:
        await answer(talk, [phrase("hello", name=me(talk)), phrase("hello_how")])
    elif not shown:
        await answer(talk, waiting, on)


@on_start("cards")
async def cards(talk: Talk) -> bool:
    """Questions that could not be sent before: whoever set a group up may be written to from now on."""
    shown = False
    for group in await mine(talk):
        alone = group.set_up_by == talk.actor.user_id and not group.moderators_chat
        waiting = await tickets.pending(talk.unit, [group.id]) if alone else []
        if waiting:
            talk.group, shown = group, True
            await whisper(talk, (phrase("open_cards", title=group.title, n=len(waiting), group=group.id),))
    return shown
