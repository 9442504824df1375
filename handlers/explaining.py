"""/why: what a decision saw, under which policy, what was done and by whom; for leaders alone."""

from bot.storage import acts, books
from handlers.answers import phrase, word
from handlers.appeals import decided_by
from handlers.context import Talk
from handlers.decisions import meant
from handlers.kept import explained, name_of
from handlers.orders import Order
from handlers.personal import About, show, view
from handlers.records import decision_line
from handlers.targets import group_row
from rules.conduct.effects import Mention, Phrase


async def why(talk: Talk, order: Order) -> None:
    found = await meant(talk, order)
    if found is not None:
        await show(talk, "why", About(group_row(talk), found[0].user_id, found[0].id))


@view("why")
async def why_of(talk: Talk, about: About) -> list[Phrase]:
    row = await books.decision(talk.unit, about.ref)
    if row is None or row.group_id != about.group.id:
        return [phrase("no_such_decision", number=str(about.ref))]
    done = await acts.of_decision(talk.unit, row.id)
    return [
        phrase("why_head", name=Mention(row.user_id, name_of(row))),
        decision_line(talk, row),
        await decided_by(talk, row),
        *explained(row),
        *(phrase("why_act", act=each.kind, state=word(talk, f"act_{each.state}"), reason=each.reason) for each in done),
        phrase("why_policy", policy=row.policy_fingerprint, rules=row.rules_version),
    ]
