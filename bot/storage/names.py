"""People of a group whose names may be looked at: there, no bot, no leader, neither registered nor exempt."""

from bot.storage import members
from bot.storage.members import GONE, LEADING, MemberRow
from bot.storage.tables import members as table
from bot.storage.unit import Unit


async def unregistered(unit: Unit, group_id: int) -> list[MemberRow]:
    there = (table.c.group_id == group_id, table.c.status.not_in((*GONE, *LEADING)), ~table.c.is_bot)
    return await members.some(unit, *there, table.c.nick == "", ~table.c.nick_exempt)
