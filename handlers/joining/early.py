"""Somebody still answers and a leader decides all the same: what is there so far, and the question once more."""

from bot.joining import card
from bot.joining.card import hints_of
from bot.joining.card import phrase as in_join
from bot.storage.joinrequests import RequestRow
from handlers.frame.context import Talk
from handlers.joining.questions import policy_of
from handlers.reading.targets import group_row
from handlers.saying.panels import back, show
from handlers.saying.times import moment
from rules.conduct.effects import Button
from rules.conduct.joining import owes

PANEL = "joining"
APPROVE, DECLINE, PAID = "join.approve_now", "join.decline_now", "join.paid"


async def once_more(talk: Talk, row: RequestRow) -> None:
    """To the leader alone: a name of somebody who only asks is nothing for a group."""
    policy, group = await policy_of(talk), group_row(talk)
    hints = await hints_of(talk.unit, group, row, "")
    known = card.words(policy, row, hints, moment(talk, hints.declined_at) if hints.declined_at else "")
    paid = ((Button(in_join("button_paid"), PAID, "leaders", ref=row.user_id),),) if owes(policy, row.answers) else ()
    now = (
        Button(in_join("button_approve_now"), APPROVE, "leaders", ref=row.id),
        Button(in_join("button_decline_now"), DECLINE, "leaders", ref=row.id),
    )
    await show(talk, [*known, in_join("still_asked", name=row.name)], (now, *paid, (back(PANEL),)))
