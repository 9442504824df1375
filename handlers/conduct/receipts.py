"""What a leader reads after a measure: its number, how often it was by now, until when, and how to take it back."""

from handlers.frame.context import Talk
from handlers.reading.targets import Target
from handlers.saying.answers import phrase, word
from handlers.saying.times import moment
from rules.conduct.case import Case
from rules.conduct.effects import Button, Phrase
from rules.conduct.verdict import Verdict


def details(
    talk: Talk, target: Target, case: Case, verdict: Verdict, number: int, code: str = ""
) -> tuple[Phrase, ...]:
    """For the leader alone."""
    step = word(talk, "state_held") if verdict.held else word(talk, f"step_{verdict.step}")
    said = phrase("receipt", number=str(number), name=target.mention, step=step)
    muted = next((entry.until for entry in verdict.entries if entry.kind == "mute"), 0)
    due = next((entry.due_at for entry in verdict.entries if entry.kind == "fine_opened"), 0)
    more = [
        *([Phrase("codes.receipt", (("code", code),))] if code else ()),
        *([phrase("receipt_until", until=moment(talk, muted))] if muted else ()),
        *([phrase("receipt_due", until=moment(talk, due))] if due else ()),
        *([phrase("receipt_count", n=case.member.standing.warnings + 1)] if counts(verdict) else ()),
    ]
    return (said, *more, phrase("receipt_undo", number=str(number)))


def undo_button(number: int) -> Button:
    """One press, wherever the receipt is read."""
    return Button(phrase("button_undo"), "undo", "leaders", ref=number)


def counts(verdict: Verdict) -> bool:
    return any(entry.kind == "warning" and entry.counted for entry in verdict.entries)
