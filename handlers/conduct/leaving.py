"""What whoever was asked to leave answers: stay and keep to what was agreed, or go."""

from bot.conduct import closing
from bot.storage import acknowledgements, books
from bot.storage.buttons import ButtonRow
from handlers.conduct.measures import Make, decide
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import known
from handlers.saying.answers import alert, phrase, take_down
from rules.conduct import measures
from rules.conduct.effects import Phrase


@press("leave.stay")
async def stay(talk: Talk, button: ButtonRow) -> None:
    if button.decision_id:
        await acknowledgements.put(talk.unit, button.decision_id, talk.actor.user_id, talk.at)
    await decide_own(talk, button, "stay", measures.stay, "stayed")


@press("leave.go")
async def go(talk: Talk, button: ButtonRow) -> None:
    await decide_own(talk, button, "leave", measures.leave, "left")


async def decide_own(talk: Talk, button: ButtonRow, action: str, make: Make, said: str) -> None:
    target = await known(talk, talk.actor.user_id, talk.actor.name, Order(action))
    number = await decide(talk, target, action, make)
    await alert(talk, phrase(said if number else "no_question_open"))
    if number:
        await tell_leaders(talk, button, action)
        await take_down(talk)


async def tell_leaders(talk: Talk, button: ButtonRow, action: str) -> None:
    """The card that told them of the question says how it was answered, and asks nothing any more."""
    row = await books.decision(talk.unit, button.decision_id or 0)
    if row is not None:
        await closing.close(
            talk.unit, row, Phrase(f"notices.asked_{action}"), by=talk.actor.user_id, answer=f"leave.{action}",
            at=talk.at, key=f"leave:{row.id}", only="asked",
        )  # fmt: skip
