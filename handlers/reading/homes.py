"""The groups a person is in, as far as the bot has seen them there."""

from bot.roles import PRESENT
from bot.storage import groups, members
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk


async def homes(talk: Talk) -> list[GroupRow]:
    found = await groups.all_active(talk.unit)
    keys = {(group.id, talk.actor.user_id) for group in found}
    rows = await members.load(talk.unit, keys)
    return [group for group in found if is_in(rows.get((group.id, talk.actor.user_id)))]


async def once_homes(talk: Talk) -> list[GroupRow]:
    """Those as well that the person was in before: whoever left may still read what is kept about them."""
    found = await groups.all_active(talk.unit)
    rows = await members.load(talk.unit, {(group.id, talk.actor.user_id) for group in found})
    return [group for group in found if (group.id, talk.actor.user_id) in rows]


def is_in(row: members.MemberRow | None) -> bool:
    return row is not None and row.status in PRESENT
