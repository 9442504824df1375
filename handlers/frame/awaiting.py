"""Words that are waited for: a panel asks, and the next thing the person says in private is the answer, once."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from telegram import Message

from bot.roles import Place, authorize
from bot.storage import awaited, groups
from bot.storage.awaited import AwaitedRow
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.saying.answers import Rows, answer
from handlers.saying.panels import FRONT, in_menu, open_panel, show
from rules.conduct.effects import Button, Phrase

Answered = Callable[[Talk, str, str, Message], Awaitable[None]]

CANCEL = "menu.cancel"
# As the note: only a file answers, words are whatever they are.
FILE_ONLY = "file"
CAPTION = re.compile(r"/(roster|policy)(?:@\w+)?\s+#(\d{1,18})(?:\s+(?:import|导入|導入))?")


class Awaits(NamedTuple):
    """`action` is what the person must still be allowed to do when the words come; with `takes_files` a document
    that comes in their place is in `talk.fetched.document`."""

    answered: Answered
    action: str
    takes_files: bool = False


AWAITS: dict[str, Awaits] = {}


def awaits(kind: str, action: str = "lead", *, takes_files: bool = False) -> Callable[[Answered], Answered]:
    """Register what the words will be for; called with (talk, note, text, message) and `talk.group` set."""

    def registered(made: Answered) -> Answered:
        AWAITS[kind] = Awaits(made, action, takes_files)
        return made

    return registered


async def ask_for(
    talk: Talk, kind: str, note: str, words: Sequence[Phrase], rows: Rows = (), *, back_to: str = FRONT
) -> None:
    """Show the question with [算了]; the next words in private answer it, within half an hour."""
    cancel = Button(label=in_menu("cancel"), action=CANCEL, note=back_to)
    await show(talk, words, (*rows, (cancel,)))
    group_id = talk.group.id if talk.group else 0
    now = int(talk.services.clock.now())
    await awaited.put(talk.unit, AwaitedRow(talk.actor.user_id, kind, group_id, note, now))


def of_caption(caption: str, user_id: int) -> AwaitedRow | None:
    """What a file is for that has `/roster #7 import` below it."""
    found = CAPTION.fullmatch(caption.strip())
    return AwaitedRow(user_id, f"{found[1]}.import", int(found[2]), FILE_ONLY, 0) if found else None


async def expect_file(talk: Talk, kind: str) -> None:
    """A file may follow what was just shown; anything else that is said stays what it is."""
    group_id, now = talk.group.id if talk.group else 0, int(talk.services.clock.now())
    await awaited.put(talk.unit, AwaitedRow(talk.actor.user_id, kind, group_id, FILE_ONLY, now))


async def was_awaited(talk: Talk, message: Message) -> bool:
    """Give what was said in private to whoever waits for it; False where nobody does."""
    now = int(talk.services.clock.now())
    row = await awaited.get(talk.unit, talk.actor.user_id, now)
    if row is not None and row.note == FILE_ONLY and message.document is None:
        return False
    row = await awaited.take(talk.unit, talk.actor.user_id, now)
    row = (of_caption(message.caption or "", talk.actor.user_id) if message.document else None) or row
    if row is None or row.kind not in AWAITS:
        return False
    waiting = AWAITS[row.kind]
    if row.group_id:
        talk.group = (await groups.by_ids(talk.unit, [row.group_id])).get(row.group_id)
        if talk.group is None or talk.group.state != "active":
            await answer(talk, in_menu("group_away"))
            return True
    decision = await authorize(talk.unit, talk.actor, waiting.action, Place(row.group_id, private=True))
    if not decision.allowed:
        await answer(talk, Phrase(f"talk.refused_{decision.why}"))
        return True
    await waiting.answered(talk, row.note, message.text or message.caption or "", message)
    return True


async def forget(talk: Talk) -> None:
    """A command in private says that something else is wanted now."""
    if talk.private:
        await awaited.forget(talk.unit, talk.actor.user_id)


@press(CANCEL)
async def cancelled(talk: Talk, button: ButtonRow) -> None:
    await awaited.forget(talk.unit, talk.actor.user_id)
    await open_panel(talk, button.note or FRONT)
