"""The button by which somebody says that they look after a question; a value, nothing else."""

from bot.powers import Audience
from rules.conduct.effects import Button, Card, Phrase

TAKE, LET_GO, OPEN_FILE = "ticket.take", "ticket.let_go", "decision.open"


def take(ticket_id: int, audience: Audience) -> Button:
    return Button(Phrase("desk.button_take"), TAKE, audience, ref=ticket_id)


def let_go(ticket_id: int, audience: Audience) -> Button:
    return Button(Phrase("desk.button_let_go"), LET_GO, audience, ref=ticket_id)


def file_of(decision_id: int | None, audience: Audience) -> tuple[Button, ...]:
    """What opens all that is known of the decision a card is about, in private."""
    return (Button(Phrase("decision.open"), OPEN_FILE, audience, ref=decision_id),) if decision_id else ()


def with_file(card: Card, decision_id: int | None, audience: Audience) -> Card:
    row = file_of(decision_id, audience)
    return card._replace(buttons=(*card.buttons, row)) if card.buttons and row else card


def with_button(card: Card, ticket_id: int, audience: Audience, decision_id: int | None = None) -> Card:
    """A card that people of one chat see together: who looks after it is seen there."""
    more = file_of(decision_id, audience)
    return card._replace(buttons=(*card.buttons, (take(ticket_id, audience), *more))) if card.buttons else card
