"""What a group still lacks so that the bot can do there what was decided; it looks into the tables and asks nobody."""

from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.arrival import otherbots
from bot.arrival.links import NEEDED, WANTED
from bot.arrival.otherbots import OtherBot
from bot.desks import cards
from bot.services import Services
from bot.storage import Unit, groups
from bot.storage.groups import GroupRow
from bot.storage.members import GONE, LEADING
from rules.conduct.effects import Phrase
from rules.conduct.policy import Policy

INVITE = "can_invite_users"


class Problem(NamedTuple):
    """`words` say what does not work because of it and how to mend it; without what is `needed` rules cannot act."""

    key: str
    words: Phrase
    needed: bool = False


class Seen(NamedTuple):
    """A group as the tables have it, for one look."""

    group: GroupRow
    policy: Policy
    bots: Sequence[OtherBot] = ()
    reads_all: bool | None = None


async def look(unit: Unit, services: Services, group: GroupRow, reads_all: bool | None = None) -> Seen:
    """`reads_all`: what getMe says of privacy, None where it was not asked."""
    policy = await services.moderator.policy_of(unit, group)
    return Seen(group, policy, await otherbots.of_group(unit, group.id, services.me.id), reads_all)


async def problems(unit: Unit, services: Services, seen: Seen) -> list[Problem]:
    """The gravest first; nothing else matters where the bot is not."""
    if is_away(seen.group):
        return [problem("gone", needed=True, bot=services.me.username)]
    return [*of_rights(seen), *of_bots(seen), *await of_places(unit, seen.group, int(services.clock.now()))]


def is_away(group: GroupRow) -> bool:
    return group.state != "active" or group.bot_status in GONE


def lacks(group: GroupRow) -> bool:
    """Whether something that is needed is missing, as far as Telegram has told."""
    return is_away(group) or any(each.needed for each in of_rights(Seen(group, Policy())))


def of_rights(seen: Seen) -> list[Problem]:
    """A basic group is told of first: there nobody can be muted, whatever the bot may do."""
    group = seen.group
    if not group.bot_status:
        return []
    basic = [problem("basic_group", needed=True)] if group.kind == "group" else []
    if group.bot_status not in LEADING:
        blind = () if seen.reads_all else (problem("privacy"),)
        return [*basic, problem("no_admin", needed=True), *blind]
    needed = NEEDED[:1] if basic else NEEDED
    missing = [right for right in (*needed, *WANTED) if right not in group.bot_rights]
    if group.bot_status == "creator":
        missing = []
    shown = [right for right in missing if right in NEEDED or not basic]
    deaf = INVITE in missing and seen.policy.joining.mode != "off"
    unheard = [problem("deaf_to_requests")] if deaf else []
    return [*basic, *unheard, *(problem(f"lacks_{right}", needed=right in NEEDED) for right in shown)]


def of_bots(seen: Seen) -> list[Problem]:
    """Two who greet are one too many."""
    if not seen.policy.welcome.enabled:
        return []
    return [problem("two_greet", bot=bot.shown) for bot in seen.bots if otherbots.WELCOME in bot.jobs]


async def of_places(unit: Unit, group: GroupRow, at: int) -> list[Problem]:
    found = [] if knows_zone(group.zone) else [problem("zone", zone=group.zone)]
    if group.moderators_chat:
        desk = (await groups.by_chats(unit, [group.moderators_chat])).get(group.moderators_chat)
        if desk is None or is_away(desk):
            found.append(problem("desk_away"))
    elif await cards.reach(unit, group, at=at) is None:
        found.append(problem("no_reader"))
    return found


def knows_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def problem(key: str, *, needed: bool = False, **params: str) -> Problem:
    return Problem(key, Phrase(f"setup.problem_{key}", tuple(params.items())), needed)
