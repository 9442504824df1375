"""A request whose questions nobody answered within a day: leaders decide about it as it is, and nobody is declined."""

from typing import TYPE_CHECKING

from bot.joining import desk
from bot.joining.card import hints_of
from bot.storage import joinrequests
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.joinrequests import RequestRow
from bot.storage.unit import Unit
from rules.conduct.facts import Facts

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    request = await joinrequests.open_of(unit, group.id, row.user_id)
    if request is not None and request.state == "asking":
        await before_leaders(unit, moderator, group, request, now)


async def before_leaders(unit: Unit, moderator: "Moderator", group: GroupRow, request: RequestRow, now: int) -> None:
    policy = (await moderator.policy_of(unit, group)).joining
    hints = await hints_of(unit, group, request, await resembles(unit, moderator, group, request, now))
    await desk.bring(unit, group, policy, request, hints, now)


async def resembles(unit: Unit, moderator: "Moderator", group: GroupRow, request: RequestRow, at: int) -> str:
    """The leader for whom somebody of that name could be taken, "" for none."""
    facts = Facts(0, "join", group.chat_id, request.user_id, at, name=request.name, username=request.username)
    found = await moderator.staff.compare(unit, group, facts)
    return found[0].name if found else ""
