"""/why: what a decision saw, under which policy, what was done and by whom; for leaders alone."""

from bot.roles import roles_of
from bot.storage import acts, books
from bot.storage.acts import ActRow
from bot.storage.books import DecisionRow
from handlers.conduct.appeals import decided_by
from handlers.conduct.records import decision_line
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.decisions import meant
from handlers.reading.kept import explained, name_of
from handlers.reading.targets import group_row
from handlers.saying.answers import phrase, word
from handlers.saying.personal import About, show, view
from rules.conduct.effects import Mention, Phrase

UNSEEN = frozenset({"AnswerPress", "React", "Edit"})
REASONS = frozenset({"called_off", "predecessor", "restart", "unreadable"})


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
        *explained(talk, row),
        *([phrase("why_takes_back", number=str(row.reverses))] if row.reverses else []),
        *(act_line(talk, each) for each in done if each.kind not in UNSEEN),
        *(await fingerprints(talk, row)),
    ]


def act_line(talk: Talk, row: ActRow) -> Phrase:
    """What was done and how it went; Telegram's own words are for the log."""
    reason = row.reason.partition(":")[0]
    why = f"({word(talk, f'act_{reason}')})" if reason in REASONS else ""
    return phrase("why_act", act=word(talk, f"act_{row.kind}"), state=word(talk, f"act_{row.state}"), reason=why)


async def fingerprints(talk: Talk, row: DecisionRow) -> list[Phrase]:
    """For whoever looks after the installation, alone."""
    if not talk.private or "operator" not in await roles_of(talk.unit, talk.actor, group_row(talk).id):
        return []
    return [phrase("why_policy", policy=row.policy_fingerprint, rules=row.rules_version)]
