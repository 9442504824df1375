"""昵称 in a reply: the person is asked for the group's name format, is registered under a name, or is exempt."""

from handlers.conduct.measures import decide, take
from handlers.frame.context import Talk
from handlers.frame.orders import Order, one_of
from handlers.names import nicks
from handlers.reading.targets import measurable
from handlers.saying.answers import phrase, receipt, reply
from handlers.saying.panels import in_menu
from rules.conduct import measures


async def askname(talk: Talk, order: Order) -> None:
    """Alone it asks; with a name it registers that one for the person; with 免 it leaves the name as it is."""
    if one_of(order.first(), nicks.EXEMPT):
        await nicks.exempt(talk, order.without_first())
        return
    target = await measurable(talk, order)
    if target is None:
        return
    terms, name = (await talk.policy()).nickname_format, " ".join(target.order.words.split())
    if not name and terms.mode == "off":
        await reply(talk, in_menu("no_name_format"))
    elif not name:
        await take(talk, target, "name.ask", measures.ask_name)
    elif len(name) > nicks.LONGEST or not await nicks.fits(talk, name):
        await reply(talk, phrase("nick_does_not_fit", nick=name, example=terms.example, pattern=terms.words))
    else:
        await decide(talk, target, "nick", lambda c, p: measures.register_nick(c, p, name))
        await receipt(talk)
