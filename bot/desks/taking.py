"""The button by which somebody says that they look after a question; a value, nothing else."""

from bot.powers import Audience
from rules.conduct.effects import Button, Card, Phrase

TAKE, LET_GO = "ticket.take", "ticket.let_go"


def take(ticket_id: int, audience: Audience) -> Button:
    return Button(Phrase("desk.button_take"), TAKE, audience, ref=ticket_id)


def let_go(ticket_id: int, audience: Audience) -> Button:
    return Button(Phrase("desk.button_let_go"), LET_GO, audience, ref=ticket_id)


def with_button(card: Card, ticket_id: int, audience: Audience) -> Card:
    """A card that people of one chat see together: who looks after it is seen there."""
    return card._replace(buttons=(*card.buttons, (take(ticket_id, audience),))) if card.buttons else card
