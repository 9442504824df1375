"""What whoever was asked to leave answers: stay and keep to what was agreed, or go."""

from bot.storage import acknowledgements
from bot.storage.buttons import ButtonRow
from handlers.conduct.measures import Make, decide
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import known
from handlers.saying.answers import alert, phrase, take_down
from rules.conduct import measures


@press("leave.stay")
async def stay(talk: Talk, button: ButtonRow) -> None:
    if button.decision_id:
        await acknowledgements.put(talk.unit, button.decision_id, talk.actor.user_id, talk.at)
    await decide_own(talk, "stay", measures.stay, "stayed")


@press("leave.go")
async def go(talk: Talk, _: ButtonRow) -> None:
    await decide_own(talk, "leave", measures.leave, "left")


async def decide_own(talk: Talk, action: str, make: Make, said: str) -> None:
    target = await known(talk, talk.actor.user_id, talk.actor.name, Order(action))
    number = await decide(talk, target, action, make)
    await alert(talk, phrase(said if number else "no_question_open"))
    if number:
        await take_down(talk)
