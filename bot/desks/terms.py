"""The end of a role: at its second it is taken away and its holder hears it once; what it gave ended by itself."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bot.desks import cards
from bot.storage import audit, deadlines, roles, users
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.roles import RoleRow
from bot.storage.unit import Unit
from rules.conduct.effects import Deadline, Phrase, Planned

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

OVER: Literal["role_over"] = "role_over"
ENDED = "role.ended"


async def end_at(unit: Unit, group_id: int, user_id: int, until: int) -> None:
    await deadlines.add(unit, group_id, user_id, None, [Deadline(OVER, until)])


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    """A role that was lengthened meanwhile stays."""
    for role in await roles.ended(unit, group.id, row.user_id, now):
        await audit.add(
            unit, at=now, actor_kind="clock", actor_id=0, action=ENDED, group_id=group.id, target_id=role.user_id,
            before={"role": role.role, "until": role.until, "everywhere": not role.group_id},
        )  # fmt: skip
        await tell(unit, group, role, now)


async def tell(unit: Unit, group: GroupRow, role: RoleRow, now: int) -> None:
    person = (await users.reachable(unit, [role.user_id])).get(role.user_id)
    if person is None:
        return
    where = Phrase("team.ended_here", (("title", group.title),)) if role.group_id else Phrase("team.ended_all")
    words = (Phrase(f"team.ended_{role.role}"), where, Phrase("team.thanks"))
    said = replace(cards.private(group, person), words=words)
    key = f"role:{group.id}:{role.user_id}:{role.role}:{role.until}"
    await cards.send(unit, group, said, Planned(said), key=key, at=now)
