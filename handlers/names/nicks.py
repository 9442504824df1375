"""/nick, [登记昵称] and [改好了]: the name a member goes by in this group; an exemption is a leader's to give."""

from bot import audit
from bot.roles import authorize
from bot.storage import members
from bot.storage.buttons import ButtonRow
from handlers.conduct.measures import decide
from handlers.frame.context import Talk
from handlers.frame.obey import refuse
from handlers.frame.orders import Order, one_of
from handlers.frame.presses import press
from handlers.reading.choosing import choose_group
from handlers.reading.homes import homes
from handlers.reading.targets import Target, find, group_row, known
from handlers.saying.answers import alert, phrase, receipt, reply, take_down
from rules.conduct import measures
from rules.conduct.checks import nickname_format
from rules.conduct.effects import Phrase
from rules.conduct.policy_rules import NicknameFormat

EXEMPT = ("exempt", "免")
LONGEST = 64


async def nick(talk: Talk, order: Order) -> None:
    if one_of(order.first(), EXEMPT):
        await exempt(talk, order.without_first())
        return
    if talk.group is None and not await settle_in(talk, order):
        return
    terms = (await talk.policy()).nickname_format
    name = " ".join(order.words.split())
    if talk.actor.anonymous or talk.actor.channel:
        await reply(talk, phrase("personal_needs_a_name"))
    elif not name or len(name) > LONGEST:
        await reply(talk, how(terms))
    elif not await fits(talk, name):
        await reply(talk, phrase("nick_does_not_fit", nick=name, example=terms.example, pattern=terms.words))
    else:
        await register(talk, name)


async def settle_in(talk: Talk, order: Order) -> bool:
    """In private: the group whose example the name is for, if there is only one that could be meant."""
    found = await homes(talk)
    for group in found:
        talk.group = group
        if len(found) == 1 or (order.words and await asks_for_names(talk) and await fits(talk, order.words.strip())):
            return True
    talk.group = None
    await reply(talk, phrase("nick_in_group" if found else "no_groups"))
    return False


async def asks_for_names(talk: Talk) -> bool:
    return (await talk.policy()).nickname_format.mode != "off"


async def fits(talk: Talk, name: str) -> bool:
    """Compared as the rule compares: width, dashes, spaces and traditional forms folded."""
    policy = await talk.policy()
    if policy.nickname_format.mode == "off":
        return True
    compiled = talk.services.scanner.compile_lists(policy)
    return compiled.names is None or compiled.names.fits(name)


async def register(talk: Talk, name: str) -> None:
    actor = talk.actor
    me = await known(talk, actor.user_id, actor.name, Order("nick"))
    await decide(talk, me, "nick", lambda c, p: measures.register_nick(c, p, name))
    await receipt(talk)


def how(terms: NicknameFormat) -> Phrase:
    if terms.mode == "off":
        return phrase("usage_nick_free")
    return phrase("usage_nick", example=terms.example, pattern=terms.words)


async def exempt(talk: Talk, order: Order) -> None:
    """A name of one character, a foreign one, any that shall stay as it is."""
    if talk.private:
        chosen = await choose_group(talk, order)
        if chosen is None:
            return
        order = chosen
    decision = await authorize(talk.unit, talk.actor, "command.nick.exempt", talk.place)
    if not decision.allowed:
        await refuse(talk, "command.nick.exempt", decision)
        return
    target: Target | None = await find(talk, order)
    if target is None:
        return
    group = group_row(talk)
    await members.update(talk.unit, group.id, target.user_id, nick_exempt=True)
    await decide(talk, target, "nick.exempt", measures.name_fixed)
    await audit.done(
        talk.unit, talk.actor, "nick.exempt", talk.at, group_id=group.id, target_id=target.user_id,
        after={"nick_exempt": True},
    )  # fmt: skip
    await receipt(talk)


@press("name.register")
async def how_to_register(talk: Talk, _: ButtonRow) -> None:
    await alert(talk, how((await talk.policy()).nickname_format))


@press("name.check")
async def check_name(talk: Talk, _: ButtonRow) -> None:
    """The name as Telegram has it now was asked for before the Unit opened."""
    group, fetched = group_row(talk), talk.fetched
    if not fetched.known or fetched.user_id != talk.actor.user_id:
        await alert(talk, phrase("name_unknown"))
        return
    await members.update(talk.unit, group.id, talk.actor.user_id, name=fetched.name, tag=fetched.tag)
    case = await talk.services.moderator.case_of(talk.unit, group, talk.actor.user_id, talk.at)
    terms = (await talk.policy()).nickname_format
    if nickname_format.check(case, await talk.policy()).hit:
        await alert(talk, phrase("name_not_yet", nick=fetched.name, example=terms.example))
        return
    target = await known(talk, talk.actor.user_id, fetched.name, Order("name"))
    if await decide(talk, target, "name.check", measures.name_fixed):
        await take_down(talk)
    await alert(talk, phrase("name_right"))
