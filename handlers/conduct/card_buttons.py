"""The buttons of a card by its kind, so that /inbox can show again what nobody could be sent."""

from collections.abc import Callable, Mapping

from bot.arrival import defaults, letter
from bot.conduct import appeals, inviting
from bot.desks import observing
from bot.joining import card
from bot.speech import pinwatch
from bot.storage.tickets import TicketRow
from handlers.conduct import quarrels
from handlers.saying.answers import Rows, phrase
from rules.conduct import approvals, blacklist, care, gate, hijack, impersonation, leaders, raids
from rules.conduct.effects import Button, Phrase

STEPS = ("warn", "ask_to_leave", "remove")
STEP = "conduct.card_step_"

BY_KIND: dict[str, tuple[tuple[tuple[str, str], ...], ...]] = {
    "ad": ((("is_ad", "case.ad"),), (("only_delete", "case.release"), ("ok", "case.ok"))),
    "scam": ((("remove_ban", "scam.remove"),), (("fine_free", "case.undo"),)),
    "hijack": hijack.BUTTONS,
    "channel": ((("ban_channel", "sender.ban"),), (("fine_free", "case.undo"),)),
    "observed": ((("delete", "case.delete"), ("is_ad", "case.ad")), (("ok", "case.ok"),)),
    "ladder": ((("release", "case.release"), ("ok", "case.ok")),),
    "person_brake": ((("release", "case.release"), ("ok", "case.ok")),),
    "unanswered": ((("step_remove", "ladder.remove"), ("let_stay", "ladder.stay")),),
    **{kind: (row,) for kind, row in leaders.TOLD.values()},
    "care_unused": ((("step_remove", "ladder.remove"), ("let_stay", "case.undo")),),
    "care_ready": ((("care_back", "care.return"), ("care_keep", "care.keep")),),
    "brake": ((("brake_go_on", "brake.go_on"),), (("brake_stop", "brake.stop"),)),
}


def buttons_of(ticket: TicketRow) -> Rows:
    """As the card had them; what only has to be known can be put away."""
    if ticket.kind in OF_THEIR_OWN:
        return OF_THEIR_OWN[ticket.kind](ticket)
    if ticket.kind not in BY_KIND:
        return ((Button(label=phrase("button_seen"), action="ticket.seen", audience="leaders", ref=ticket.id),),)
    return tuple(tuple(for_leaders(*each) for each in row) for row in BY_KIND[ticket.kind])


def is_to_decide(ticket: TicketRow) -> bool:
    """Rather than only to be known."""
    return ticket.kind in OF_THEIR_OWN or ticket.kind in BY_KIND


def for_leaders(name: str, action: str) -> Button:
    return Button(label=Phrase(f"conduct.button_{name}"), action=action, audience="leaders")


def invited(ticket: TicketRow) -> Rows:
    seen = Button(label=phrase("button_seen"), action="ticket.seen", audience="leaders", ref=ticket.id)
    return ((inviting.SHOW_LINK, seen),)


def step_buttons(ticket: TicketRow) -> Rows:
    step = asked_step(ticket.words)
    return ((for_leaders(f"step_{step}", f"ladder.{step}"), for_leaders("not_now", "case.not_now")),)


def asked_step(words: tuple[Phrase, ...]) -> str:
    """Which step the card asks for: its sentence says so."""
    named = {each.key.removeprefix(STEP) for each in words if each.key.startswith(STEP)}
    return next((step for step in STEPS if step in named), STEPS[0])


OF_THEIR_OWN: Mapping[str, Callable[[TicketRow], Rows]] = {
    appeals.KIND: lambda _: appeals.buttons(),
    inviting.KIND: lambda ticket: invited(ticket),
    letter.KIND: lambda _: ((observing.LOOK,),),
    defaults.KIND: lambda _: defaults.buttons(),
    pinwatch.OTHER: lambda _: pinwatch.buttons(),
    raids.RULE: lambda _: raids.buttons(),
    blacklist.RULE: lambda ticket: blacklist.buttons(blacklist.number_in(ticket.words)),
    blacklist.SUGGESTION: lambda ticket: blacklist.judging(blacklist.number_in(ticket.words)),
    gate.RULE: lambda ticket: gate.buttons(ticket.id),
    care.DISTRESS: lambda _: care.buttons(),
    care.COMPLAINT: lambda _: care.buttons(),
    impersonation.RULE: lambda ticket: impersonation.buttons(impersonation.leader_of(ticket.words)),
    "ladder_ask": step_buttons,
    approvals.CARD: lambda _: approvals.buttons(),
    quarrels.KIND: quarrels.buttons_of,
    card.KIND: card.buttons_of,
}
