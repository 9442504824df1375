"""What leaders hear of steps the bot took without asking them, and the special-care group among their answers."""

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.effects import Button, Card
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

Rows = tuple[tuple[Button, ...], ...]
# By the step that was taken: the kind of the card, and what may be pressed on it.
TOLD = {
    "ask_to_leave": ("asked", (("let_stay", "ladder.stay"), ("noted", "case.not_now"))),
    "remove": ("removed", (("fine_free", "case.undo"), ("noted", "case.not_now"))),
}


def told(case: Case, policy: Policy, verdict: Verdict) -> Verdict:
    """Somebody was asked to leave, or sent away, by a rule: never without a leader's knowing."""
    if verdict.held or verdict.step not in TOLD:
        return verdict
    kind, buttons = TOLD[verdict.step]
    row = tuple(words.for_leaders(*each) for each in buttons)
    rows = with_care(policy, (row,)) if verdict.step == "ask_to_leave" else (row,)
    said = (words.card_head(case, kind), words.about(verdict.rule, case))
    return verdict._replace(cards=(*verdict.cards, Card(kind, said, rows)))


def with_care(policy: Policy, rows: Rows) -> Rows:
    """[照顾营] only where there is one."""
    return (*rows, (words.for_leaders("care", "care.offer"),)) if policy.special_care.group else rows
