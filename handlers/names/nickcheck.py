"""/nickcheck: whose names do not fit the group's format, for leaders alone and never in the group."""

from bot.conduct import namecheck
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, has_started, receipt, whisper
from rules.conduct.effects import Mention, Phrase

MOST_SHOWN = 40


async def nickcheck(talk: Talk, _: Order) -> None:
    group, terms = group_row(talk), (await talk.policy()).nickname_format
    if terms.mode == "off":
        await answer(talk, Phrase("quiet.nickcheck_off"))
        return
    if not await has_started(talk, talk.actor.user_id):
        await answer(talk, Phrase("quiet.nickcheck_private", (("bot", talk.services.me.username),)))
        return
    found = await namecheck.offenders(talk.unit, talk.services.moderator, group)
    if not found:
        await whisper(talk, [Phrase("quiet.nickcheck_none", (("title", group.title),))])
    else:
        names = tuple((f"name_{n}", Mention(row.user_id, row.name)) for n, row in enumerate(found[:MOST_SHOWN], 1))
        head = Phrase("quiet.nickcheck_head", (("title", group.title), ("n", len(found)), ("example", terms.example)))
        await whisper(talk, [head, Phrase("quiet.nickcheck_names", names)])
    if not talk.private:
        await receipt(talk)
