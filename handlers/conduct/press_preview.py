"""[发送] [改一改] [不发了] under a preview: the measure is taken once, by whoever presses, as it stands then."""

import json
from collections.abc import Mapping

from telegram import Message

from bot.roles import authorize
from bot.storage import buttons
from bot.storage.buttons import ButtonRow
from handlers.conduct import measures
from handlers.conduct.previewing import DROP, GOOD, SEND, in_notices, noted, praise
from handlers.conduct.previewing import buttons as rows_of
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.obey import Run
from handlers.frame.orders import unpack
from handlers.frame.presses import press
from handlers.saying.answers import act, alert, answer, phrase
from rules.conduct.effects import Delete

RUN: Mapping[str, Run] = {"warn": measures.warn, "mute": measures.mute, "remove": measures.remove}
LONGEST_PRAISE = 60


@press(SEND)
async def send(talk: Talk, button: ButtonRow) -> None:
    packed, good = json.loads(button.note)
    order = unpack(packed)
    decision = await authorize(talk.unit, talk.actor, f"command.{order.name}", talk.place)
    if not decision.allowed:
        await alert(talk, phrase(f"press_{decision.why}"))
        return
    if not await buttons.use(talk.unit, button.id):
        await alert(talk, phrase("card_answered"))
        return
    said = praise.set(good)
    try:
        await RUN[order.name](talk, order)
    finally:
        praise.reset(said)
    await act(talk, Delete(message_ids=(talk.message_id,), own=True))


@press(DROP)
async def drop(talk: Talk, _: ButtonRow) -> None:
    await alert(talk, in_notices("preview_dropped"))
    await act(talk, Delete(message_ids=(talk.message_id,), own=True))


@press(GOOD)
async def ask(talk: Talk, button: ButtonRow) -> None:
    await ask_for(talk, "preview", button.note, [in_notices("preview_ask")])


@awaits("preview")
async def answered(talk: Talk, note: str, text: str, message: Message) -> None:
    """Shown once more, with what was good in it."""
    packed, _ = json.loads(note)
    good = " ".join(text.split())[:LONGEST_PRAISE]
    if not good:
        await ask_for(talk, "preview", note, [in_notices("preview_ask")])
        return
    await answer(talk, in_notices("preview_good", good=good), rows_of(noted(unpack(packed), good)))
