"""A change of a group's rules is announced in one post, and whoever had read the old ones is asked anew."""

from bot import tongues
from bot.storage import acts, occurrences
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.effects import Button, Phrase, Planned, Say

NAME = "rules"


async def changed(unit: Unit, group: GroupRow, version: int, at: int) -> None:
    """One post, counted like any other; what was announced and waits to be said is said once."""
    key = f"{group.id}:{NAME}:{version}"
    if not await occurrences.claim(unit, key, group.id, at, at):
        return
    show = Button(Phrase("programme.button_rules"), action="rules.show")
    accept = Button(Phrase("programme.button_accept"), action="rules.accept")
    said = (Phrase("quiet.rules_changed", (("title", group.title),)),)
    words, buttons = tongues.both(group, said), tongues.labels(group, ((show, accept),))
    post = Say(words=words, language=group.language, buttons=buttons)
    ids = await acts.write(unit, key=key, group_id=group.id, chat_id=group.chat_id, planned=[Planned(post)], at=at)
    await occurrences.mark(unit, key, "planned", ids[0])


async def last_change(unit: Unit, group_id: int) -> int:
    """When the rules were changed last; 0: never since they are announced."""
    return await occurrences.newest(unit, group_id, NAME)
