"""Every button there is, and the one way a press goes: known, from its place, by whom it is for, answered, once."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot import audit, tongues
from bot.powers import ASKS_FOR
from bot.roles import Decision, Why, authorize
from bot.storage import buttons, groups
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.saying.answers import alert, phrase

Press = Callable[[Talk, ButtonRow], Awaitable[None]]
PRESSES: dict[str, Press] = {}


def press(*actions: str) -> Callable[[Press], Press]:
    """Register what a button does; the names of actions are permanent, for buttons outlive a restart."""

    def registered(made: Press) -> Press:
        PRESSES.update(dict.fromkeys(actions, made))
        return made

    return registered


async def pressed(update: Update, talk: Talk) -> None:
    """Data from a client proves nothing: only the row of a button, its place and its audience do (S3)."""
    data = update.callback_query.data if update.callback_query else None
    button = await buttons.get(talk.unit, data or "")
    if button is None:
        await forged(talk, "press", "unknown")
        return
    why = await misplaced(talk, button)
    if why is not None:
        await forged(talk, f"press.{button.action}", why)
        return
    # Only now: power is asked for in the group that the button belongs to.
    decision = await allowed(talk, button)
    if not decision.allowed:
        await forged(talk, f"press.{button.action}", decision.why)
        return
    talk.language = await reader_of(talk)
    await PRESSES[button.action](talk, button)
    # Telegram shows the button as busy until its press is answered.
    await alert(talk, ())


async def reader_of(talk: Talk) -> str:
    """Whoever presses is answered alone, so in the language they read."""
    if talk.group is None or talk.private:
        return talk.language
    known = await tongues.of_person(talk.unit, talk.actor.user_id, "")
    return known or tongues.of_two(talk.group, talk.telegram_language)


async def misplaced(talk: Talk, button: ButtonRow) -> Why | None:
    """Set the group that the button belongs to; the key of what is wrong with where it was pressed."""
    if button.action not in PRESSES:
        return "unknown"
    if button.group_id is None:
        return None if talk.private else "elsewhere"
    group = (await groups.by_ids(talk.unit, [button.group_id])).get(button.group_id)
    pressed_in_group = talk.group is not None and group is not None and talk.group.id == group.id
    in_desk = group is not None and talk.chat_id == group.moderators_chat
    if group is None or not (pressed_in_group or in_desk or talk.private):
        return "elsewhere"
    talk.group = group
    return None


async def allowed(talk: Talk, button: ButtonRow) -> Decision:
    if button.audience == "member" and button.user_id != talk.actor.user_id:
        return Decision(False, "not_yours")
    if button.audience in ASKS_FOR:
        among = await authorize(talk.unit, talk.actor, ASKS_FOR[button.audience], talk.place)
        if not among.allowed:
            return among
    return await authorize(talk.unit, talk.actor, f"press.{button.action}", talk.place)


async def forged(talk: Talk, action: str, why: Why) -> None:
    """Kindly to whoever pressed, and kept for whoever asks later."""
    group_id = talk.group.id if talk.group else 0
    await audit.refused(talk.unit, talk.actor, action, talk.at, Decision(False, why), group_id)
    await alert(talk, phrase(f"press_{why}"))
