"""/privacy: what is kept, how long, whom to ask; and the two doors behind it."""

from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.saying.answers import Rows, answer, catalogue, phrase
from rules.conduct.effects import Button, Phrase

in_privacy = catalogue("privacy")

MINE, FORGET = "privacy.mine", "privacy.forget"


async def privacy(talk: Talk, _: Order) -> None:
    await answer(talk, what_is_kept(talk), doors())


def what_is_kept(talk: Talk) -> list[Phrase]:
    contact = talk.services.settings.operators.contact
    days = talk.services.settings.retention.text_days
    kept = [phrase("privacy_kept"), phrase("privacy_not_kept"), in_privacy("long", days=days), in_privacy("rights")]
    return [*kept, phrase("privacy_contact", contact=contact) if contact else phrase("privacy_ask")]


def doors() -> Rows:
    mine = Button(label=in_privacy("button_mine"), action=MINE)
    return ((mine, Button(label=in_privacy("button_forget"), action=FORGET)),)
