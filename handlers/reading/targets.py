"""Whom a leader means: by a reply, a tapped name, an @username or an id; it asks back rather than guess."""

from typing import NamedTuple

from bot.storage import members
from bot.storage.groups import GroupRow
from bot.storage.members import LEADING, MemberRow
from handlers.frame.context import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, Talk
from handlers.frame.orders import Order
from handlers.saying.answers import phrase, reply
from rules.conduct.effects import Mention

SHORTEST_ID = 5


class Target(NamedTuple):
    """`order` is what is left of the command once the person is taken out of it."""

    user_id: int
    name: str
    row: MemberRow | None
    order: Order

    @property
    def mention(self) -> Mention:
        return Mention(self.user_id, self.name)


async def find(talk: Talk, order: Order, nobody: str = "who") -> Target | None:
    """The person, or None after having said what is unclear; `nobody` is the sentence where no one was named."""
    target = await named(talk, order)
    if isinstance(target, str):
        await reply(talk, phrase(nobody if target == "who" else target, command=order.name, username=order.first()))
        return None
    return target


async def names_a_person(talk: Talk, word: str) -> bool:
    """Whether a number is the id of somebody who was seen in this group."""
    return word.isascii() and word.isdigit() and not isinstance(await by_id(talk, int(word), Order("")), str)


async def named(talk: Talk, order: Order) -> Target | str:
    """The person, or the key of what is unclear."""
    if order.mention is not None:
        return await known(talk, order.mention.user_id, order.mention.name, order)
    first = order.first()
    if first.startswith("@") and len(first) > 1:
        return await by_username(talk, first[1:], order.without_first())
    if first.isascii() and first.isdigit() and len(first) >= SHORTEST_ID:
        return await by_id(talk, int(first), order.without_first())
    if order.answered is not None:
        pointed = order.answered
        if pointed.kind in {"anonymous_admin", "channel"}:
            return f"protected_{pointed.kind}"
        return await known(talk, pointed.facts.user_id, pointed.facts.name, order)
    return "who"


async def by_username(talk: Talk, username: str, order: Order) -> Target | str:
    me = talk.services.me
    if username.lower() == me.username.lower():
        return Target(me.id, me.name, None, order)
    found = await members.find_username(talk.unit, group_row(talk).id, username)
    if len(found) != 1:
        return "who_several" if found else "who_unknown"
    return Target(found[0].user_id, found[0].name, found[0], order)


async def by_id(talk: Talk, user_id: int, order: Order) -> Target | str:
    if user_id >= 2**63:
        return "who_unknown"
    target = await known(talk, user_id, str(user_id), order)
    return target if target.row is not None else "who_unknown"


async def known(talk: Talk, user_id: int, name: str, order: Order) -> Target:
    key = (group_row(talk).id, user_id)
    row = (await members.load(talk.unit, [key])).get(key)
    return Target(user_id, (row.name if row else "") or name, row, order)


async def measurable(talk: Talk, order: Order) -> Target | None:
    """A person against whom a measure may be taken; otherwise the kind answer was given."""
    target = await find(talk, order)
    if target is None:
        return None
    shield = protection(talk, target)
    if shield:
        await reply(talk, phrase(shield, name=target.mention))
        return None
    return target


def protection(talk: Talk, target: Target) -> str:
    """The key of why nothing may be done to this person, "" if nothing forbids it."""
    if target.user_id == talk.services.me.id:
        return "protected_myself"
    if target.user_id == talk.actor.user_id:
        return "protected_yourself"
    if target.user_id == GROUP_ANONYMOUS_BOT:
        return "protected_anonymous_admin"
    if target.user_id == CHANNEL_BOT:
        return "protected_channel"
    pointed = target.order.answered
    if (target.row and target.row.is_bot) or (
        pointed and pointed.kind == "bot" and pointed.facts.user_id == target.user_id
    ):
        return "protected_bot"
    if target.row and target.row.status in LEADING:
        return "protected_admin"
    return ""


def group_row(talk: Talk) -> GroupRow:
    """The group a leader's command works in; such commands never run without one."""
    if talk.group is None:
        raise LookupError("this command needs a group")
    return talk.group
