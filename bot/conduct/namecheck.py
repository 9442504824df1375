"""Names that do not fit, as a list for leaders; and one friendly post to those who were here before the format was."""

from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.storage import acts, members, names, occurrences
from bot.storage.groups import GroupRow
from bot.storage.members import MemberRow
from bot.storage.unit import Unit
from rules.conduct.effects import Button, Phrase, Planned, Say
from rules.conduct.policy import Policy

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

RULE = "nickname_format"
DAY = 86_400
STAYS = 2 * DAY


async def offenders(unit: Unit, moderator: "Moderator", group: GroupRow) -> list[MemberRow]:
    """Whose name, and tag where the group uses tags, does not fit; nobody where no format is asked for."""
    pattern = (await moderator.ruled(unit, group)).lists.names
    if pattern is None:
        return []
    found = await names.unregistered(unit, group.id)
    return [row for row in found if not any(pattern.fits(name) for name in (row.name, row.tag) if name)]


def key_of(group: GroupRow, policy: Policy) -> str:
    """One post for each format: a new one is asked for anew."""
    form = blake2b(policy.nickname_format.pattern.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{group.id}:names:{form}"


def wanted(group: GroupRow, policy: Policy) -> bool:
    return policy.nickname_format.mode == "enforce" and RULE in group.rule_began


async def ask_all(unit: Unit, moderator: "Moderator", group: GroupRow, policy: Policy, at: int) -> str:
    """Once, in one post with one button, and nothing follows where it is not answered (fairness 2 and 9). The key: it
    is settled.

    Where the format is enforced for long, as after an update of the program, nobody is asked.
    """
    key = key_of(group, policy)
    new = await occurrences.claim(unit, key, group.id, at, at)
    if not new or group.rule_began[RULE] < at - DAY or not await somebody(unit, moderator, group):
        return key
    ids = await acts.write(
        unit, key=key, group_id=group.id, chat_id=group.chat_id,
        planned=[Planned(post(group, policy))], at=at,
    )  # fmt: skip
    await occurrences.mark(unit, key, "planned", ids[0])
    return key


async def somebody(unit: Unit, moderator: "Moderator", group: GroupRow) -> bool:
    """Somebody seen whose name does not fit, or people the bot has not seen yet."""
    unseen = group.member_count - await members.count(unit, group.id)
    return unseen > 1 or bool(await offenders(unit, moderator, group))


def post(group: GroupRow, policy: Policy) -> Say:
    terms = policy.nickname_format
    params = (("example", terms.example), ("pattern", terms.words), ("group_goal", policy.notices.group_goal))
    button = Button(Phrase("conduct.button_name_register"), action="name.register")
    words = (Phrase("quiet.names_all", params),)
    return Say(words=words, language=group.language, buttons=((button,),), delete_after=STAYS)
