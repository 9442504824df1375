"""The newcomer's gate, by choice: reading only until one press on [我已阅读]. It is no measure and never a removal."""

from typing import Literal

from rules.conduct.case import Case
from rules.conduct.effects import HOUR, Button, Deadline, Entry, Phrase, Restrict
from rules.conduct.plan import planned, restraint
from rules.conduct.policy import Policy
from rules.conduct.protection import protected
from rules.conduct.verdict import NOTHING, Verdict

RULE = "gate"
UNANSWERED: Literal["gate_unanswered"] = "gate_unanswered"
NAMES_SHOWN = 20


def closed(case: Case, policy: Policy) -> Verdict:
    """For whoever joined just now. Nobody is asked twice what they accepted, and nobody who is protected is asked."""
    if not policy.gate.enabled or case.group.kind != "supergroup" or case.facts.sender != "member":
        return NOTHING
    if case.member.rules_accepted_at is not None or protected(case, policy):
        return NOTHING
    return Verdict(
        rule=RULE,
        step="read_only",
        entries=(Entry("read_only", RULE),),
        # Somebody who has been here for an hour is a newcomer no longer.
        acts=(planned(case, Restrict(user_id=case.member.user_id))._replace(expires_at=case.now + HOUR),),
        deadlines=(Deadline(UNANSWERED, case.now + policy.gate.hours * HOUR),),
    )


def opened(case: Case) -> Verdict:
    """By the press, or a leader's; what else keeps somebody silent stays. NOTHING where the gate is open."""
    standing = case.member.standing
    if RULE not in standing.read_only:
        return NOTHING
    free = restraint(case, standing.without(RULE))
    return Verdict(rule=RULE, step="free", entries=(Entry("freed", RULE),), acts=(free,))


def said(names: tuple[str, ...], hours: int) -> tuple[Phrase, ...]:
    """Who has not pressed yet, for leaders to see when they look."""
    shown = tuple((f"name_{place}", name) for place, name in enumerate(names[:NAMES_SHOWN], 1))
    return (Phrase("protect.card_gate", (("n", len(names)), ("hours", hours), *shown)),)


def buttons(ticket: int) -> tuple[tuple[Button, ...], ...]:
    free = Button(Phrase("protect.button_gate_free"), "gate.free", "leaders", ref=ticket)
    return ((free, Button(Phrase("protect.button_gate_keep"), "gate.keep", "leaders", ref=ticket)),)
