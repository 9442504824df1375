"""[查看], a confirmed order, a decision taken back: presses that show or carry out what was already asked for."""

from bot.roles import authorize
from bot.storage import buttons
from bot.storage.buttons import ButtonRow
from handlers.conduct.undoing import undo_one
from handlers.frame.context import Talk
from handlers.frame.obey import obey, place_of
from handlers.frame.orders import unpack
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.routing.commands import COMMANDS
from handlers.saying.answers import act, alert, phrase
from handlers.saying.personal import VIEWS, About
from rules.conduct.effects import Delete


@press("view")
async def show(talk: Talk, button: ButtonRow) -> None:
    name, _, user_id = button.note.partition(":")
    if name not in VIEWS:
        await alert(talk, phrase("press_unknown"))
        return
    await alert(talk, await VIEWS[name](talk, About(group_row(talk), int(user_id), button.ref)))


@press("undo")
async def undo(talk: Talk, button: ButtonRow) -> None:
    await undo_one(talk, button.ref or button.decision_id or 0)


@press("confirm.anonymous")
async def confirm(talk: Talk, button: ButtonRow) -> None:
    """Whoever presses gives the order in their own name; the question disappears, so it is given once."""
    order = unpack(button.note)
    decision = await authorize(talk.unit, talk.actor, COMMANDS[order.name].action, place_of(talk))
    if not decision.allowed:
        await alert(talk, phrase(f"press_{decision.why}"))
        return
    if not await buttons.use(talk.unit, button.id):
        await alert(talk, phrase("card_answered"))
        return
    await obey(talk, order, COMMANDS[order.name])
    await act(talk, Delete(message_ids=(talk.message_id,), own=True))
