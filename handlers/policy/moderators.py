"""Where the cards of a group go: a leader names the leaders' own group, or takes it back."""

import re

from bot import audit
from bot.storage import groups
from handlers.frame.context import Talk
from handlers.reading.choosing import mine
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, phrase

KEY = "moderators"
NUMBER = re.compile(r"#?(\d{1,9})", re.ASCII)
OFF = frozenset({"off", "关", "关闭"})


async def set_desk(talk: Talk, text: str) -> None:
    """`#3`, another group that this person leads, or `off`: the cards then go to who set the group up."""
    group = group_row(talk)
    others = {row.id: row for row in await mine(talk) if row.id != group.id}
    number = NUMBER.fullmatch(text)
    chosen = others.get(int(number[1])) if number else None
    if chosen is None and text.lower() not in OFF:
        listed = (
            [phrase("group_line", group=row.id, title=row.title) for row in others.values()] if talk.private else []
        )
        await answer(talk, [phrase("desk_which"), *listed])
        return
    chat_id = chosen.chat_id if chosen else 0
    await groups.update(talk.unit, group.id, moderators_chat=chat_id)
    await audit.done(
        talk.unit, talk.actor, "policy.set", talk.at, group_id=group.id,
        before={KEY: group.moderators_chat}, after={KEY: chat_id},
    )  # fmt: skip
    await answer(talk, phrase("desk_set", title=chosen.title) if chosen else phrase("desk_off"))
