"""/undo and its button: takes a decision back, once, whoever asks how often; what went aside may come back."""

from bot import audit
from bot.conduct import closing, everywhere
from bot.protection import raids
from bot.roles import roles_of
from bot.storage import asides, blacklist, books, buttons
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from handlers.conduct.appeals import close_questions, in_appeals
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.protection.blacklist_words import in_list, is_above
from handlers.reading.decisions import in_force, meant
from handlers.reading.kept import facts_of, name_of
from handlers.reading.targets import group_row
from handlers.saying.answers import act_in_group, alert, answer, has_started, phrase, receipt, reply, word
from handlers.saying.personal import me
from rules.conduct.effects import Mention, Phrase, Repost
from rules.conduct.facts import Entity, Media
from rules.conduct.raids import RULE

Words = tuple[str, tuple[Entity, ...], tuple[Media, ...], int]


async def undo(talk: Talk, order: Order) -> None:
    found = await meant(talk, order, in_force)
    if found is not None:
        await undo_one(talk, found[0].id)


async def undo_one(talk: Talk, number: int) -> bool:
    """Of two leaders at once one is first; the other hears that it is done. What was taken back stays so.

    Of a shortening the decision goes that was shortened: the one is nothing without the other.
    """
    number = await shortened_by(talk, number) or number
    row = await books.decision(talk.unit, number)
    if row is not None and (row.reverses or row.step == "undo"):
        await reply(talk, phrase("undo_of_undo", number=str(number), before=str(row.reverses or "–")))
        return False
    if row is not None and await is_above(talk, row):
        await reply(talk, in_list("undo_officers", number=str(number)))
        return False
    if row is not None and await is_about_them(talk, row):
        await reply(talk, in_appeals("about_you"))
        return False
    by, moderator = talk.actor.user_id, talk.services.moderator
    if row is not None and (row.rule, row.step) == (RULE, "hold"):
        taken: object = await raids.take_back(talk.unit, moderator, row, group_row(talk), by, talk.at)
    else:
        taken = await everywhere.undo(talk.unit, moderator, number, by, talk.at)
    if not taken:
        await reply(talk, phrase("already_undone", number=str(number)))
        return False
    await audit.done(
        talk.unit, talk.actor, "undo", talk.at, group_id=group_row(talk).id, target_id=row.user_id if row else 0,
        after={"decision": number},
    )  # fmt: skip
    await closing.take_down(talk.unit, group_row(talk), number, talk.at)
    await closing.overtaken(talk.unit, number, by, talk.at)
    if row is not None:
        await close_questions(talk, row)
    await tell(talk, row, number)
    return True


async def is_about_them(talk: Talk, row: DecisionRow) -> bool:
    """What somebody else decided about whoever asks is not theirs to take back, but for who runs the program."""
    own = row.user_id == talk.actor.user_id and row.issuer_kind == "person" and row.issuer_id != row.user_id
    return own and "operator" not in await roles_of(talk.unit, talk.actor, group_row(talk).id)


async def shortened_by(talk: Talk, number: int) -> int:
    row = await books.decision(talk.unit, number)
    return int(row.key.partition(":")[2]) if row is not None and row.step == "shorten" else 0


@press("undo")
async def on_undo(talk: Talk, button: ButtonRow) -> None:
    await undo_one(talk, button.ref or button.decision_id or 0)


async def tell(talk: Talk, row: DecisionRow | None, number: int) -> None:
    """What was taken back, to the leader alone; where they cannot be written to, its number for a minute."""
    await receipt(talk, () if row is None else (taken_back(talk, row), *await still_out(talk, row)))
    if not (talk.private or talk.query_id or await has_started(talk, talk.actor.user_id)):
        await answer(talk, phrase("undone_here", number=str(number)))


async def still_out(talk: Talk, row: DecisionRow) -> tuple[Phrase, ...]:
    """Why somebody whose removal was taken back was not invited, and who may change that."""
    entry = await blacklist.beside(talk.unit, group_row(talk).owner_id, row.user_id, row.id, talk.at)
    if entry is None or row.step != "remove":
        return ()
    return (in_list("undone_listed", name=Mention(row.user_id, name_of(row)), number=str(entry.id)),)


def taken_back(talk: Talk, row: DecisionRow) -> Phrase:
    name, step = Mention(row.user_id, name_of(row)), word(talk, f"step_{row.step}")
    return phrase("undone_number", number=str(row.id), name=name, step=step)


@press("aside.repost")
async def post_again(talk: Talk, button: ButtonRow) -> None:
    """What was taken down by mistake comes back in its author's name, once, if they wish."""
    undoing = await books.decision(talk.unit, button.decision_id) if button.decision_id else None
    group = group_row(talk)
    kept = await words_of(talk, undoing.reverses) if undoing and undoing.reverses else []
    if not kept or undoing is None or undoing.group_id != group.id or not await buttons.use(talk.unit, button.id):
        await alert(talk, phrase("card_answered"))
        return
    for text, entities, media, thread in kept:
        again = Repost(
            author=me(talk), label=phrase("label_again"), language=group.language, text=text, entities=entities,
            media=media, thread=thread,
        )  # fmt: skip
        await act_in_group(talk, again)
    await alert(talk, phrase("done"))


async def words_of(talk: Talk, number: int) -> list[Words]:
    """What was set aside with that decision; else the message itself, as long as its text is kept."""
    aside = await asides.of_decision(talk.unit, number)
    if aside:
        return [(each.text, each.entities, each.media, each.thread) for each in aside]
    row = await books.decision(talk.unit, number)
    facts = facts_of(row) if row is not None else None
    if facts is None or not (facts.text or facts.media):
        return []
    return [(facts.text, facts.entities, facts.media, facts.thread_id)]
