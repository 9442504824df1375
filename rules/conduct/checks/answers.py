"""What was asked for is no offence: answers to prompts, homework, 接龙 (fairness 8)."""

from rules.conduct.case import Case

_HANDED_IN = ("#作业", "#打卡", "#homework", "#接龙")


def is_answer(case: Case) -> bool:
    """Whether this answers a prompt of the bot or hands in homework."""
    facts = case.facts
    return facts.reply_to in case.group.prompts if facts.reply_to else case.view.folded.startswith(_HANDED_IN)


def is_chain(case: Case) -> bool:
    """接龙: everybody posts the list again with a line added, so equal texts are the point of it."""
    # It stands in the heading; further down somebody only speaks of one.
    return "接龙" in case.view.folded[:40]
