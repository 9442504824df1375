"""The card about defaults that a newer program would begin with: taken, or left as they are."""

from bot import audit
from bot.arrival import defaults
from bot.storage import tickets
from bot.storage.buttons import ButtonRow
from handlers.conduct.cards import close
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, phrase
from rules.conduct import pinned
from rules.conduct.effects import Phrase


@press("defaults.take", "defaults.keep")
async def answered(talk: Talk, button: ButtonRow) -> None:
    """Whoever is first decides; nobody takes anew what stood on no card before them."""
    group = group_row(talk)
    waiting = await defaults.waiting(talk.unit, group.id)
    if not waiting or button.note != pinned.mark_of_program():
        await alert(talk, phrase("card_answered"))
        return
    by = talk.actor.user_id
    if not any([await tickets.answer(talk.unit, each.id, by, talk.at, button.action) for each in waiting]):
        await alert(talk, phrase("card_answered"))
        return
    taken = await take(talk) if button.action == "defaults.take" else {}
    await audit.done(
        talk.unit, talk.actor, button.action, talk.at, group_id=group.id,
        before={"defaults": group.defaults}, after=taken,
    )  # fmt: skip
    said = Phrase(f"letter.{button.action.replace('.', '_')}", (("by", talk.actor.name),))
    # The last line of the question asks; what it listed stays.
    await close(talk, waiting[0].words[:-1], said)
    await alert(talk, phrase("done"))


async def take(talk: Talk) -> dict[str, object]:
    found = await defaults.take(talk.unit, talk.services.moderator, group_row(talk), talk.at)
    return {"defaults": pinned.mark_of_program(), **{each.key: str(each.after) for each in found}}
