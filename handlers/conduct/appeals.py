"""An appeal: asked once about a decision, what its card says, what its author hears, how questions end with it."""

from bot.desks import cards
from bot.storage import acts, members, tickets
from bot.storage.books import DecisionRow
from handlers.conduct.card_buttons import appeal_buttons
from handlers.conduct.records import decision_line
from handlers.frame.context import Talk
from handlers.reading.homes import is_in
from handlers.reading.kept import facts_of, issuer
from handlers.reading.targets import group_row
from handlers.saying.answers import phrase, write
from handlers.saying.personal import me
from rules.conduct import care, plan, words
from rules.conduct.effects import Card, Edit, Mention, Phrase, Say

# The brake's question is about all that it holds, not about the one decision it stands at.
STAYS = frozenset({"brake"})
EXCERPT = 300
APPEAL = "appeal"


async def ask(talk: Talk, row: DecisionRow, words: str = "") -> Phrase:
    """Ask the leaders to look again, once about a decision; what its author is told at once."""
    if row.state == "reversed":
        return phrase("appeal_undone")
    before = next((each for each in await tickets.of_decision(talk.unit, row.id) if each.kind == APPEAL), None)
    if before is not None:
        return phrase("appeal_noted" if before.state == "open" else "appeal_answered")
    await cards.ask(
        talk.unit, group_row(talk), Card(APPEAL, await asked(talk, row, words), appeal_buttons()),
        key=f"appeal:{row.id}:{talk.update_id}", at=talk.at, decision_id=row.id, user_id=talk.actor.user_id,
    )  # fmt: skip
    return phrase("appeal_noted")


async def asked(talk: Talk, row: DecisionRow, words: str = "") -> tuple[Phrase, ...]:
    """The card: who asks and with what words, about what, who decided it and why, and the text that was judged."""
    head = phrase("card_appeal", name=me(talk), number=str(row.id))
    facts = facts_of(row)
    quote = (Phrase("conduct.card_quote", (("text", facts.text[:EXCERPT]),)),) if facts and facts.text else ()
    said = (phrase("card_appeal_words", text=words[:EXCERPT]),) if words else ()
    return head, *said, decision_line(talk, row), await decided_by(talk, row), *quote


async def decided_by(talk: Talk, row: DecisionRow) -> Phrase:
    by = await issuer(talk, row)
    return phrase("why_by_for", by=by, reason=row.reason) if row.reason else phrase("why_by", by=by)


async def tell_kept(talk: Talk, row: DecisionRow) -> None:
    """Looked at again, and it stands: the person hears it, unless they are gone and cannot be written to."""
    group = group_row(talk)
    case = await talk.services.moderator.case_of(talk.unit, group, row.user_id, talk.at)
    known = (await members.load(talk.unit, [(group.id, row.user_id)])).get((group.id, row.user_id))
    if row.user_id < 0 or not (case.member.started_bot or is_in(known)):
        return
    policy = await talk.policy()
    said = phrase("appeal_kept", name=Mention(row.user_id, case.member.name), number=str(row.id))
    closing = words.aim(policy, (("group_goal", policy.notices.group_goal),))
    told = plan.alone(case, policy, (said, closing), (said,), (), line="talk.line_message")
    await write(talk, told, group.chat_id, group.id, row.id)


async def close_questions(talk: Talk, row: DecisionRow) -> None:
    """What was taken back is no question any more, neither in /inbox nor on a card."""
    waiting = [each for each in await tickets.of_decision(talk.unit, row.id) if each.state == "open"]
    # Somebody who may need help does so even where it was no fraud that they wrote beside it.
    apart = [each for each in waiting if each.kind in care.RULES and each.kind != row.rule]
    for ticket in waiting:
        if ticket.kind not in STAYS and ticket not in apart:
            await tickets.answer(talk.unit, ticket.id, talk.actor.user_id, talk.at, "case.undo")
    outcome = phrase("outcome_case_undo", by=talk.actor.name)
    for act in await acts.of_decision(talk.unit, row.id):
        is_card = isinstance(act.act, Say) and act.act.purpose == "card" and act.state == "done"
        posted = acts.message_of(act.result) if is_card else 0
        if not isinstance(act.act, Say) or not posted or is_pressed(talk, act.chat_id, posted):
            continue
        if any(set(each.words) <= set(act.act.words) for each in apart):
            continue
        answered = Edit(
            words=(*act.act.words, outcome), language=act.act.language, message_id=posted, to_chat=act.chat_id
        )
        await write(talk, answered, act.chat_id, None)


def is_pressed(talk: Talk, chat_id: int, message_id: int) -> bool:
    """The card that was pressed says its outcome itself."""
    return bool(talk.query_id) and (chat_id, message_id) == (talk.chat_id, talk.message_id)
