"""The buttons of a card by its kind, so that /inbox can show again what nobody could be sent."""

from bot import letter, pinning, pinwatch
from bot.desks import observing
from bot.storage.tickets import TicketRow
from handlers.answers import Rows, phrase
from rules.conduct import care, hijack, impersonation, raids
from rules.conduct.effects import Button, Phrase

STEPS = ("warn", "ask_to_leave", "remove")
STEP = "conduct.card_step_"

BY_KIND: dict[str, tuple[tuple[tuple[str, str], ...], ...]] = {
    "ad": ((("open_fine", "case.fine"),), (("only_delete", "case.release"), ("ok", "case.ok"))),
    "scam": ((("remove_ban", "scam.remove"),), (("fine_free", "case.undo"),)),
    "hijack": hijack.BUTTONS,
    "channel": ((("ban_channel", "sender.ban"),), (("fine_free", "case.undo"),)),
    "observed": ((("delete", "case.delete"), ("is_ad", "case.fine")), (("ok", "case.ok"),)),
    "ladder": ((("release", "case.release"), ("ok", "case.ok")),),
    "person_brake": ((("release", "case.release"), ("ok", "case.ok")),),
    "unanswered": ((("step_remove", "ladder.remove"), ("let_stay", "ladder.stay")),),
    "brake": ((("brake_go_on", "brake.go_on"),), (("brake_stop", "brake.stop"),)),
}


def buttons_of(ticket: TicketRow) -> Rows:
    """As the card had them; what only has to be known can be put away."""
    if ticket.kind == "appeal":
        return appeal_buttons()
    if ticket.kind == letter.KIND:
        return ((observing.LOOK,),)
    if ticket.kind == pinning.KIND:
        return pinning.buttons()
    if ticket.kind == raids.RULE:
        return raids.buttons()
    if ticket.kind in care.RULES:
        return care.buttons()
    if ticket.kind == impersonation.RULE:
        return impersonation.buttons(impersonation.leader_of(ticket.words))
    if ticket.kind == pinwatch.OTHER:
        return pinwatch.buttons()
    if ticket.kind == "ladder_ask":
        step = asked_step(ticket.words)
        return ((for_leaders(f"step_{step}", f"ladder.{step}"), for_leaders("not_now", "case.not_now")),)
    if ticket.kind not in BY_KIND:
        return ((Button(label=phrase("button_seen"), action="ticket.seen", audience="leaders", ref=ticket.id),),)
    return tuple(tuple(for_leaders(*each) for each in row) for row in BY_KIND[ticket.kind])


def for_leaders(name: str, action: str) -> Button:
    return Button(label=Phrase(f"conduct.button_{name}"), action=action, audience="leaders")


def appeal_buttons() -> Rows:
    undo = Button(label=phrase("button_undo"), action="case.undo", audience="leaders")
    keep = Button(label=phrase("button_keep"), action="case.keep", audience="leaders")
    return ((undo, keep),)


def asked_step(words: tuple[Phrase, ...]) -> str:
    """Which step the card asks for: its sentence says so."""
    named = {each.key.removeprefix(STEP) for each in words if each.key.startswith(STEP)}
    return next((step for step in STEPS if step in named), STEPS[0])
